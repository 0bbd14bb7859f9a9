import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { PlanCase, PlannedMessage } from '../../protocols/case.ts'
import { plan } from '../../protocols/plan.ts'
import { type Protocol, protocolSchema } from '../../protocols/schema.ts'
import { dayAfter, everyDay, monthsAfter, smallCase, smallProtocol, wallClock } from './small-protocol.ts'

const targets = (anchors: Record<string, string>) =>
  Object.fromEntries(plan(smallProtocol, smallCase({ anchors })).assignments.map(({ wave, target }) => [wave, target]))
const mailsOf = (facts: Partial<PlanCase>, participant = 'p', wave = 'T0', protocol = smallProtocol) =>
  plan(protocol, smallCase(facts)).messages.filter((one) => one.participant === participant && one.wave === wave)
const clockOf = ({ kind, at }: PlannedMessage) => `${kind} ${wallClock(at)}`
const withMessages = (messages: Partial<Protocol['messages']>): Protocol => ({
  ...smallProtocol,
  messages: { ...smallProtocol.messages, ...messages },
})
const withWaves = (timeZone: string, waves: object[]): Protocol =>
  protocolSchema.parse({
    ...smallProtocol,
    timeZone,
    waves: waves.map((wave, index) => ({ id: `T${index}`, title: { nl: 'golf', en: 'wave' }, anchors: ['referral'], offset: {}, ...wave })),
    schedule: [{ instrument: 'veo@1.0.0', role: 'parent', waves: waves.map((_, index) => `T${index}`) }],
  })

describe('on every date of four years', () => {
  const plans = everyDay.map((day) => ({ day, made: plan(smallProtocol, smallCase({ anchors: { referral: day, conference: day } })) }))
  const months: Record<string, number> = { T0: 0, FU3: 3, FU9: 9 }
  const opens: Record<string, number> = { T0: 0, FU3: -7, FU9: 0 }
  const closes: Record<string, number> = { T0: 27, FU3: 34, FU9: 41 }

  test('a wave falls so many months after its anchor, on the same day of the month or on the last', () => {
    for (const { day, made } of plans)
      for (const { wave, target } of made.assignments) assert.equal(target, monthsAfter(day, months[wave] as number), `${day} ${wave}`)
  })

  test('a window runs from midnight of its first day to midnight after its last', () => {
    for (const { made } of plans)
      for (const { wave, target, opensAt, closesAt } of made.assignments) {
        assert.equal(wallClock(opensAt), `${dayAfter(target, opens[wave] as number)} 00:00`)
        assert.equal(wallClock(closesAt), `${dayAfter(target, (closes[wave] as number) + 1)} 00:00`)
        assert.ok(opensAt < closesAt)
      }
  })

  test('mail goes out at the local hour of the protocol, on the first day of the window and so many days later', () => {
    const days: Record<string, number> = { invitation: 0, 'reminder-1': 7, 'reminder-2': 14 }
    for (const { made } of plans) {
      assert.equal(made.messages.length, 15)
      for (const { wave, kind, at, participant } of made.messages) {
        const { target, opensAt, closesAt } =
          made.assignments.find((one) => one.wave === wave && one.participant === participant) ?? assert.fail()
        assert.equal(wallClock(at), `${dayAfter(target, (opens[wave] as number) + (days[kind] as number))} 09:00`)
        assert.ok(opensAt < at && at < closesAt)
      }
    }
  })

  test('moments are written so that text order is time order, and the order that wall clocks show', () => {
    for (const { made } of plans) {
      const moments = [...made.assignments.flatMap(({ opensAt, closesAt }) => [opensAt, closesAt]), ...made.messages.map(({ at }) => at)]
      for (const moment of moments) assert.equal(new Date(moment).toISOString(), moment)
      const shown = moments.toSorted().map((moment) => wallClock(moment))
      assert.deepEqual(shown, shown.toSorted())
      assert.deepEqual(
        made.messages.map(({ at }) => at),
        made.messages.map(({ at }) => at).toSorted(),
      )
    }
  })

  test('a window that closes on the day before another opens leaves no gap and no overlap', () => {
    const weeks = withWaves('Europe/Amsterdam', [{ window: { opens: 0, closes: 6 } }, { window: { opens: 7, closes: 13 } }])
    for (const day of everyDay) {
      const [first, second] = plan(weeks, smallCase({ anchors: { referral: day } })).assignments
      assert.equal(first?.closesAt, second?.opensAt)
    }
  })
})

describe('on the days on which the clock changes', () => {
  const spring = ['2024-03-31', '2025-03-30', '2026-03-29', '2027-03-28']
  const autumn = ['2024-10-27', '2025-10-26', '2026-10-25', '2027-10-31']
  const day = withWaves('Europe/Amsterdam', [{ window: { opens: 0, closes: 0 } }])
  const hoursOpen = (referral: string) => {
    const [only] = plan(day, smallCase({ anchors: { referral } })).assignments
    return (Date.parse(only?.closesAt ?? '') - Date.parse(only?.opensAt ?? '')) / 3_600_000
  }

  test('a window of one day lasts 23 hours in spring and 25 in autumn', () => {
    for (const referral of spring) assert.equal(hoursOpen(referral), 23)
    for (const referral of autumn) assert.equal(hoursOpen(referral), 25)
    assert.equal(hoursOpen('2026-03-28'), 24)
  })

  test('a reminder keeps its local hour across the change', () => {
    for (const changed of [...spring, ...autumn])
      for (const before of [1, 3, 6]) {
        const referral = dayAfter(changed, -before)
        assert.deepEqual(mailsOf({ anchors: { referral } }).map(clockOf), [
          `invitation ${referral} 09:00`,
          `reminder-1 ${dayAfter(referral, 7)} 09:00`,
          `reminder-2 ${dayAfter(referral, 14)} 09:00`,
        ])
      }
  })

  test('a local time that the change skips moves an hour forward, and the next day it is itself again', () => {
    const atNight = withMessages({ hour: '02:30' })
    for (const referral of spring)
      assert.equal(wallClock(mailsOf({ anchors: { referral } }, 'p', 'T0', atNight)[0]?.at ?? ''), `${referral} 03:30`)
    for (const referral of spring)
      assert.equal(wallClock(mailsOf({ anchors: { referral } }, 'p', 'T0', atNight)[1]?.at ?? ''), `${dayAfter(referral, 7)} 02:30`)
  })

  test('a local time that occurs twice is the first of the two', () => {
    const atNight = withMessages({ hour: '02:30' })
    for (const referral of autumn) assert.equal(mailsOf({ anchors: { referral } }, 'p', 'T0', atNight)[0]?.at, `${referral}T00:30:00.000Z`)
  })

  test('where the change skips midnight, a window opens at the first moment of its day', () => {
    // Chile: clocks went from 5 September 2026, 24:00, to 6 September, 01:00.
    const chile = withWaves('America/Santiago', [{ window: { opens: 0, closes: 0 } }])
    const [only] = plan(chile, smallCase({ anchors: { referral: '2026-09-06' } })).assignments
    assert.equal(wallClock(only?.opensAt ?? '', 'America/Santiago'), '2026-09-06 01:00')
  })
})

describe('who is asked what', () => {
  const asked = (facts: Partial<PlanCase>) =>
    plan(smallProtocol, smallCase(facts)).assignments.map(
      ({ participant, wave, instrument }) => `${wave} ${participant} ${instrument.id}@${instrument.version}`,
    )

  test('every instrument that the schedule gives to a role, in the order of time and then of the schedule', () => {
    assert.deepEqual(asked({}), [
      'T0 p nosik@1.0.0',
      'T0 p veo@1.0.0',
      'FU3 p veo@1.0.0',
      'FU3 r succint@1.0.0',
      'FU9 p veo@1.0.0',
      'FU9 r succint@1.0.0',
    ])
  })

  test('31 May and nine months is the last day of February, three months 31 August: never counted from the wave before', () => {
    assert.deepEqual(targets({ conference: '2026-05-31' }), { FU3: '2026-08-31', FU9: '2027-02-28' })
    assert.deepEqual(targets({ conference: '2027-05-31' }), { FU3: '2027-08-31', FU9: '2028-02-29' })
    // From 28 February, FU3 of a conference on 30 November, six months would be 28 August.
    assert.deepEqual(targets({ conference: '2025-11-30' }), { FU3: '2026-02-28', FU9: '2026-08-30' })
  })

  test('a wave without a date for any of its anchors is not planned, and the first anchor that has one counts', () => {
    assert.deepEqual(targets({ referral: '2026-01-05' }), { T0: '2026-01-05' })
    assert.deepEqual(targets({ decision: '2026-02-10' }), { FU3: '2026-05-10', FU9: '2026-11-10' })
    assert.deepEqual(targets({ decision: '2026-02-10', conference: '2026-03-10' }), { FU3: '2026-06-10', FU9: '2026-12-10' })
  })

  test('rows for another arm or cohort are left out', () => {
    assert.deepEqual(asked({ arm: 'non-conference', cohort: 'retrospective' }), ['T0 p veo@1.0.0', 'FU3 p veo@1.0.0', 'FU9 p veo@1.0.0'])
  })

  test('each of two participants in a role is asked', () => {
    const participants = [
      { id: 'r1', role: 'referrer' },
      { id: 'r2', role: 'referrer' },
    ]
    assert.deepEqual(asked({ participants }), [
      'FU3 r1 succint@1.0.0',
      'FU3 r2 succint@1.0.0',
      'FU9 r1 succint@1.0.0',
      'FU9 r2 succint@1.0.0',
    ])
  })

  test('a case that does not fit the protocol is refused with what there is', () => {
    const refused = (facts: Partial<PlanCase>, message: RegExp) =>
      assert.throws(() => plan(smallProtocol, smallCase(facts)), { name: 'RangeError', message })
    refused({ arm: 'confrence' }, /no arm "confrence"; it has: conference, non-conference/)
    refused({ cohort: 'constructor' }, /no cohort "constructor"; it has: prospective, retrospective/)
    refused({ participants: [{ id: 'x', role: 'uncle' }] }, /no role "uncle"; it has: parent, referrer/)
    refused({ anchors: { birth: '2026-01-01' } }, /no anchor "birth"; it has: referral, conference, decision/)
    for (const date of ['2026-02-30', '2026-2-3', '20260203', '2026-02-03T10:00', '0206-05-31', ''])
      refused({ anchors: { referral: date } }, /anchor referral: .* write YYYY-MM-DD/)
  })
})

describe('what is sent', () => {
  const veo = (at: string, wave = 'T0') => ({ participant: 'p', wave, instrument: 'veo', at })
  const nosik = (at: string) => ({ participant: 'p', wave: 'T0', instrument: 'nosik', at })
  const all = ['invitation 2026-01-05 09:00', 'reminder-1 2026-01-12 09:00', 'reminder-2 2026-01-19 09:00']

  test('one invitation and one set of reminders for a packet, however many instruments it holds', () => {
    assert.deepEqual(mailsOf({}).map(clockOf), all)
  })

  test('a reminder that would come after the window is not planned', () => {
    const late = withMessages({
      reminders: smallProtocol.messages.reminders.map((reminder, index) => ({ ...reminder, days: [27, 28][index] as number })),
    })
    assert.deepEqual(mailsOf({}, 'p', 'T0', late).map(clockOf), [all[0], 'reminder-1 2026-02-01 09:00'])
  })

  test('nothing once everything in the packet is completed, all of it while one instrument is left', () => {
    assert.deepEqual(mailsOf({ completed: [nosik('2026-01-06T10:00:00.000Z')] }).map(clockOf), all)
    const both = [nosik('2026-01-06T10:00:00.000Z'), veo('2026-01-13T10:00:00.000Z')]
    assert.deepEqual(mailsOf({ completed: both }).map(clockOf), all.slice(0, 2))
    assert.equal(mailsOf({ completed: both }, 'p', 'FU3').length, 3)
  })

  test('nothing from the moment at which a participant stopped; what they completed stays, the rest is not asked', () => {
    const participants = [
      { id: 'p', role: 'parent', stoppedAt: '2026-01-12T08:00:00.000Z' },
      { id: 'r', role: 'referrer' },
    ]
    const made = plan(smallProtocol, smallCase({ participants, completed: [nosik('2026-01-06T10:00:00.000Z')] }))
    // 09:00 in January is 08:00 in UTC: the reminder of that very moment is not sent any more.
    assert.deepEqual(made.messages.filter(({ participant }) => participant === 'p').map(clockOf), all.slice(0, 1))
    assert.deepEqual(
      made.assignments.filter(({ participant }) => participant === 'p').map(({ wave, instrument }) => `${wave} ${instrument.id}`),
      ['T0 nosik'],
    )
    assert.equal(made.assignments.filter(({ participant }) => participant === 'r').length, 2)
    assert.deepEqual(made.stopped, ['p'])
  })

  test('a wave that was over when a participant stopped stays: nobody answered it, and that is data', () => {
    const participants = [{ id: 'p', role: 'parent', stoppedAt: '2026-03-01T08:00:00.000Z' }]
    assert.deepEqual(
      plan(smallProtocol, smallCase({ participants })).assignments.map(({ wave }) => wave),
      ['T0', 'T0'],
    )
  })

  test('a case registered after its window opened is invited at the next hour for mail, and reminders count from that day', () => {
    assert.deepEqual(mailsOf({ registeredAt: '2026-01-15T14:12:00.000Z' }).map(clockOf), [
      'invitation 2026-01-16 09:00',
      'reminder-1 2026-01-23 09:00',
      'reminder-2 2026-01-30 09:00',
    ])
    // In the Netherlands this is half past midnight of the 16th.
    assert.deepEqual(mailsOf({ registeredAt: '2026-01-15T23:30:00.000Z' }).map(clockOf).slice(0, 2), [
      'invitation 2026-01-16 09:00',
      'reminder-1 2026-01-23 09:00',
    ])
  })

  test('a case registered on the day its window opens waits for the hour', () => {
    assert.deepEqual(mailsOf({ registeredAt: '2026-01-05T06:00:00.000Z' }).map(clockOf), all)
  })

  test('whatever is completed and whoever stops whenever, nothing is sent at or after that moment or outside the window', () => {
    const moment = fc
      .date({ min: new Date('2025-12-01'), max: new Date('2027-02-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
    fc.assert(
      fc.property(moment, moment, moment, fc.option(moment, { nil: undefined }), (registeredAt, first, second, stoppedAt) => {
        const completed = [nosik(first), veo(second), veo(second, 'FU3')]
        const made = plan(smallProtocol, smallCase({ registeredAt, completed, participants: [{ id: 'p', role: 'parent', stoppedAt }] }))
        for (const { wave, at } of made.messages) {
          assert.ok(at >= registeredAt)
          assert.ok(stoppedAt === undefined || at < stoppedAt)
          if (wave === 'T0') assert.ok(at < first || at < second)
          if (wave === 'FU3') assert.ok(at < second)
        }
        for (const { wave, instrument, opensAt, closesAt } of made.assignments) {
          assert.ok(
            completed.some((done) => done.wave === wave && done.instrument === instrument.id) ||
              stoppedAt === undefined ||
              closesAt <= stoppedAt,
          )
          for (const { at } of made.messages.filter((one) => one.wave === wave)) assert.ok(opensAt <= at && at < closesAt)
        }
      }),
    )
  })
})

/** Lives of cases at random: what re-planning may never do, whatever happens in whatever order. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PlanCase, Recorded } from '../../protocols/case.ts'
import { plan } from '../../protocols/plan.ts'
import { apply, changesOf, noChanges, nothingRecorded, tick } from './case-history.ts'
import { everyDay, smallCase, smallProtocol, wallClock } from './small-protocol.ts'

/** One thing that happens, so many hours after the one before. */
interface Happening {
  hours: number
  what: 'answer' | 'begin' | 'stop' | 'return' | 'lose mail' | 'get mail' | 'move anchor' | 'drop anchor' | 'arm' | 'nothing'
  pick: number
  day: string
}

interface State {
  now: string
  planCase: PlanCase
  recorded: Recorded
}

const day = fc.constantFrom(...everyDay)
const happening: fc.Arbitrary<Happening> = fc.record({
  hours: fc.oneof(fc.integer({ min: 0, max: 48 }), fc.integer({ min: 0, max: 60 * 24 })),
  what: fc.constantFrom(
    'answer',
    'answer',
    'begin',
    'stop',
    'return',
    'lose mail',
    'get mail',
    'move anchor',
    'move anchor',
    'drop anchor',
    'arm',
    'nothing',
  ),
  pick: fc.nat(1000),
  day,
})

/** What the world, not the plan, does to a case. */
function happen({ now, planCase, recorded }: State, { what, pick, day: anchorDay }: Happening): State {
  const participant = planCase.participants[pick % 2]?.id
  const setStop = (stoppedAt?: string) => planCase.participants.map((one) => (one.id === participant ? { ...one, stoppedAt } : one))
  const setMail = (withoutMail?: true) =>
    planCase.participants.map(({ withoutMail: before, ...one }) => ({
      ...one,
      ...((one.id === participant ? withoutMail : before) && { withoutMail: true as const }),
    }))
  const pending = recorded.assignments.filter(({ state }) => state === 'open' || state === 'in progress')
  const chosen = pending[pick % (pending.length || 1)]
  const become = (state: 'completed' | 'in progress') => ({
    ...recorded,
    assignments: recorded.assignments.map((one) => (one === chosen ? { ...one, state, startedAt: one.startedAt ?? now } : one)),
  })
  const anchor = ['referral', 'conference', 'decision'][pick % 3] as string
  const { [anchor]: _, ...others } = planCase.anchors
  // A date within two months of today: the mistakes and delays that occur.
  const near = new Date(Date.parse(now) + ((pick % 120) - 60) * 86_400_000).toISOString().slice(0, 10)
  switch (what) {
    case 'answer': {
      if (!chosen) return { now, planCase, recorded }
      const done = { participant: chosen.participant, wave: chosen.wave, instrument: chosen.instrumentId, at: now }
      return { now, planCase: { ...planCase, completed: [...planCase.completed, done] }, recorded: become('completed') }
    }
    case 'begin':
      return { now, planCase, recorded: chosen ? become('in progress') : recorded }
    case 'stop':
      return { now, planCase: { ...planCase, participants: setStop(now) }, recorded }
    case 'return':
      return { now, planCase: { ...planCase, participants: setStop() }, recorded }
    case 'lose mail':
      return { now, planCase: { ...planCase, participants: setMail(true) }, recorded }
    case 'get mail':
      return { now, planCase: { ...planCase, participants: setMail() }, recorded }
    case 'move anchor':
      return { now, planCase: { ...planCase, anchors: { ...others, [anchor]: pick % 5 === 0 ? anchorDay : near } }, recorded }
    case 'drop anchor':
      return { now, planCase: { ...planCase, anchors: others }, recorded }
    case 'arm':
      return { now, planCase: { ...planCase, arm: pick % 2 ? 'conference' : 'non-conference' }, recorded }
    case 'nothing':
      return { now, planCase, recorded }
  }
}

/** Lives through the happenings; `check` sees each re-planning. */
function live(first: string, happenings: Happening[], check: (before: State, after: State) => void): State {
  const start = `${first}T11:00:00.000Z`
  let state: State = { now: start, planCase: smallCase({ registeredAt: start, anchors: { referral: first } }), recorded: nothingRecorded }
  for (const one of [{ hours: 0, what: 'nothing', pick: 0, day: first } as const, ...happenings]) {
    const now = new Date(Date.parse(state.now) + one.hours * 3_600_000).toISOString()
    const before = happen({ ...state, now, recorded: tick(state.recorded, state.now, now) }, one)
    const todo = changesOf(before.planCase, before.recorded, now)
    const after = { ...before, recorded: apply(before.recorded, todo) }
    check(before, after)
    // What is due at this very moment goes out now, before anything else happens.
    state = { ...after, recorded: tick(after.recorded, now, now) }
  }
  return state
}

const holds = (check: (before: State, after: State) => void, atEnd: (state: State) => void = () => {}) =>
  fc.assert(
    fc.property(day, fc.array(happening, { maxLength: 14 }), (first, happenings) => atEnd(live(first, happenings, check))),
    { numRuns: 200 },
  )

test('changes applied once leave nothing to change', () => {
  holds((_, { planCase, recorded, now }) => assert.deepEqual(changesOf(planCase, recorded, now), noChanges))
})

test('completed assignments and mail that went out are never touched', () => {
  holds((before, after) => {
    for (const one of before.recorded.assignments.filter(({ state }) => state === 'completed'))
      assert.deepEqual(
        after.recorded.assignments.find(({ id }) => id === one.id),
        one,
      )
    for (const one of before.recorded.messages.filter(({ state }) => state === 'sent'))
      assert.deepEqual(
        after.recorded.messages.filter(({ id }) => id === one.id),
        [one],
      )
  })
})

test('nothing is recorded twice, and nothing is lost', () => {
  holds((before, after) => {
    for (const kind of ['assignments', 'messages'] as const) {
      const ids = after.recorded[kind].map(({ id }) => id)
      assert.equal(new Set(ids).size, ids.length)
      for (const { id } of before.recorded[kind]) assert.ok(ids.includes(id))
    }
  })
})

test('afterwards every assignment of the plan is recorded in its window, unless it has ended, and no other is pending', () => {
  holds((_, { planCase, recorded, now }) => {
    const planned = plan(smallProtocol, planCase).assignments
    const idOf = (one: (typeof planned)[number]) => `${one.participant} ${one.wave} ${one.instrument.id}`
    for (const one of planned) {
      const found = recorded.assignments.find(({ id }) => id === idOf(one)) ?? assert.fail()
      assert.notEqual(found.state, 'cancelled')
      if (found.state === 'completed' || (found.state === 'expired' && one.closesAt <= now)) continue
      assert.notEqual(found.state, 'expired')
      assert.deepEqual([found.target, found.opensAt, found.closesAt], [one.target, one.opensAt, one.closesAt])
      if (found.state === 'open') assert.ok(found.opensAt <= now)
    }
    const ids = planned.map(idOf)
    for (const { id, state } of recorded.assignments)
      if (state === 'scheduled' || state === 'open' || state === 'in progress') assert.ok(ids.includes(id))
  })
})

test('no mail is planned for somebody who stopped or has no address, for a packet that is completed, or outside its window', () => {
  holds((_, { planCase, recorded, now }) => {
    for (const message of recorded.messages.filter(({ state }) => state === 'planned')) {
      const { stoppedAt, withoutMail } = planCase.participants.find(({ id }) => id === message.participant) ?? assert.fail()
      assert.deepEqual([stoppedAt, withoutMail], [undefined, undefined])
      const packet = recorded.assignments.filter(
        ({ participant, wave, state }) => participant === message.participant && wave === message.wave && state !== 'cancelled',
      )
      assert.ok(packet.some(({ state }) => state !== 'completed' && state !== 'expired'))
      const pending = packet.find(({ state }) => state !== 'completed') ?? assert.fail()
      assert.ok(pending.opensAt <= message.dueAt && message.dueAt < pending.closesAt && now < pending.closesAt)
    }
  })
})

test('no packet gets two mails on one day, and no reminder within its days of the invitation', () => {
  const days: Record<string, number> = { 'reminder-1': 7, 'reminder-2': 14 }
  holds(
    () => {},
    ({ recorded }) => {
      const sent = recorded.messages.filter(({ state }) => state === 'sent')
      for (const packet of Map.groupBy(sent, ({ participant, wave }) => `${participant} ${wave}`).values()) {
        const onDays = packet.map(({ settledAt }) => wallClock(settledAt ?? '').slice(0, 10))
        assert.equal(new Set(onDays).size, onDays.length)
        const invited = packet.findIndex(({ kind }) => kind === 'invitation')
        for (const [index, { kind }] of packet.entries()) {
          const apart = (Date.parse(onDays[index] as string) - Date.parse(onDays[invited] as string)) / 86_400_000
          assert.ok(invited >= 0 && apart >= (days[kind] ?? 0), `${kind} ${apart} days after the invitation`)
        }
      }
    },
  )
})

test('an anchor that moves leaves every other wave as it is', () => {
  fc.assert(
    fc.property(day, fc.array(happening, { maxLength: 8 }), day, (first, happenings, conference) => {
      const { planCase, recorded, now } = live(first, happenings, () => {})
      const moved = { ...planCase, anchors: { ...planCase.anchors, conference } }
      const { add, move, cancel } = changesOf(moved, recorded, now)
      const touched = [...move.assignments, ...move.messages, ...cancel.assignments, ...cancel.messages].map(({ id }) => id.split(' ')[1])
      assert.ok(![...touched, ...add.assignments.map(({ wave }) => wave), ...add.messages.map(({ wave }) => wave)].includes('T0'))
    }),
    { numRuns: 200 },
  )
})

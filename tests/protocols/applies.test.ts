import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PlanCase, PlanParticipant } from '../../protocols/case.ts'
import { changes } from '../../protocols/changes.ts'
import { plan } from '../../protocols/plan.ts'
import { type Protocol, protocolSchema } from '../../protocols/schema.ts'
import { smallCase, smallProtocol, wallClock } from './small-protocol.ts'

const text = { nl: 'tekst', en: 'text' }
const role = { title: text, introduction: text }

const protocolWith = (more: object): Protocol =>
  protocolSchema.parse({
    ...smallProtocol,
    roles: { ...smallProtocol.roles, interviewer: role, youth: { ...role, mail: false } },
    samples: { interviews: { title: text, size: 10 } },
    consents: [{ purpose: 'contact-later', version: '1.0.0', roles: ['parent', 'referrer'], required: false, statement: text }],
    ...more,
  })
const only = (row: object): Protocol =>
  protocolWith({ schedule: [{ instrument: 'list@1.0.0', role: 'interviewer', waves: ['FU9'], ...row }] })
const people = (...all: PlanParticipant[]): PlanParticipant[] => [{ id: 'i', role: 'interviewer' }, ...all]
const asked = (protocol: Protocol, facts: Partial<PlanCase>): string[] =>
  plan(protocol, smallCase(facts)).assignments.map(({ participant, about, instrument }) =>
    [participant, instrument.id, ...(about ? [about] : [])].join(' '),
  )

describe('a row about a role', () => {
  const row = only({ about: 'parent' })

  test('is asked once about each participant in that role', () => {
    assert.deepEqual(asked(row, { participants: people({ id: 'p1', role: 'parent' }, { id: 'p2', role: 'parent' }) }), [
      'i list p1',
      'i list p2',
    ])
    assert.deepEqual(asked(row, { participants: people({ id: 'r', role: 'referrer' }) }), [])
  })

  test('is not asked about somebody who stopped before the window closes, but is about one who handed over', () => {
    const stopped = { id: 'p1', role: 'parent', stoppedAt: '2026-06-01T12:00:00.000Z' }
    assert.deepEqual(asked(row, { participants: people(stopped, { id: 'p2', role: 'parent' }) }), ['i list p2'])
    assert.deepEqual(asked(row, { participants: people({ ...stopped, handedOver: true }) }), ['i list p1'])
  })

  test('keeps what was completed about somebody who stopped afterwards', () => {
    const stopped = { id: 'p1', role: 'parent', stoppedAt: '2026-12-01T12:00:00.000Z' }
    const done = { participant: 'i', wave: 'FU9', instrument: 'list', about: 'p1', at: '2026-11-28T12:00:00.000Z' }
    assert.deepEqual(asked(row, { participants: people(stopped), completed: [done] }), ['i list p1'])
  })

  test('is mailed about until all of it is done', () => {
    const participants = people({ id: 'p1', role: 'parent' }, { id: 'p2', role: 'parent' })
    const done = (about: string, at: string) => ({ participant: 'i', wave: 'FU9', instrument: 'list', about, at })
    const until = (completed: PlanCase['completed']): string | undefined =>
      plan(row, smallCase({ participants, completed })).messages.at(-1)?.until
    const closes = '2027-01-08 00:00'
    assert.equal(wallClock(until([done('p1', '2026-11-28T12:00:00.000Z')]) ?? ''), closes)
    const both = [done('p1', '2026-11-28T12:00:00.000Z'), done('p2', '2026-12-02T12:00:00.000Z')]
    assert.equal(until(both), '2026-12-02T12:00:00.000Z')
  })
})

describe('a condition on consent', () => {
  const word = (id: string, of: string, given?: boolean): PlanParticipant => ({
    id,
    role: of,
    ...(given !== undefined && { consents: { 'contact-later': given } }),
  })

  test('of the one it is about, holds for each by their own word', () => {
    const row = only({ about: 'parent', when: { consent: { purpose: 'contact-later', of: 'parent' } } })
    assert.deepEqual(asked(row, { participants: people(word('p1', 'parent', true), word('p2', 'parent', false), word('p3', 'parent')) }), [
      'i list p1',
    ])
  })

  test('of the one who answers, holds for that one', () => {
    const row = only({ role: 'parent', when: { consent: { purpose: 'contact-later', of: 'parent' } } })
    assert.deepEqual(asked(row, { participants: [word('p1', 'parent', true), word('p2', 'parent')] }), ['p1 list'])
  })

  test('of another role, holds when somebody gave it and nobody refused', () => {
    const row = only({ when: { consent: { purpose: 'contact-later', of: 'parent' } } })
    const outcomes = [[], [undefined], [true], [true, undefined], [true, false], [false]].map(
      (words) => asked(row, { participants: people(...words.map((given, index) => word(`p${index}`, 'parent', given))) }).length,
    )
    assert.deepEqual(outcomes, [0, 0, 1, 1, 0, 0])
  })
})

test('a row for a sample is asked of the cases that were drawn', () => {
  const row = only({ when: { sample: 'interviews' } })
  assert.deepEqual(asked(row, { participants: people() }), [])
  assert.deepEqual(asked(row, { participants: people(), samples: ['interviews'] }), ['i list'])
})

describe('a row that depends on answers', () => {
  const when = (answers: object) =>
    only({ when: { answers: { instrument: 'outcome', condition: '{held} = 1 and {plan} = 1', ...answers } } })
  const answered = (held: number, wave = 'T0') => [{ instrument: 'outcome', wave, answers: { held, plan: 1 } }]

  test('is asked once they were given, and only those', () => {
    const row = when({})
    assert.deepEqual(asked(row, { participants: people() }), [])
    assert.deepEqual(asked(row, { participants: people(), answered: answered(0) }), [])
    assert.deepEqual(asked(row, { participants: people(), answered: answered(1, 'FU3') }), ['i list'])
  })

  test('of one wave, is not asked for those of another', () => {
    assert.deepEqual(asked(when({ wave: 'T0' }), { participants: people(), answered: answered(1, 'FU3') }), [])
    assert.deepEqual(asked(when({ wave: 'T0' }), { participants: people(), answered: answered(1) }), ['i list'])
  })
})

test('a hypothetical case shows every row of its arm and cohort, whatever it depends on', () => {
  const row = only({ about: 'parent', when: { sample: 'interviews', consent: { purpose: 'contact-later', of: 'parent' } } })
  const participants = people({ id: 'p', role: 'parent' })
  assert.deepEqual(asked(row, { participants, hypothetical: true }), ['i list p'])
  const others = only({ when: { cohorts: ['retrospective'] } })
  assert.deepEqual(asked(others, { participants, hypothetical: true }), [])
})

describe('a role', () => {
  test('without mail gets none', () => {
    const protocol = protocolWith({ schedule: [{ instrument: 'list@1.0.0', role: 'youth', waves: ['FU9'] }] })
    const made = plan(protocol, smallCase({ participants: [{ id: 'y', role: 'youth' }] }))
    assert.deepEqual([made.assignments.length, made.messages.length], [1, 0])
  })

  test('with a window of its own has it in every wave, counted from registration for dates that lie in the past', () => {
    const window = { opens: 0, closes: 365, fromRegistration: true }
    const protocol = protocolWith({
      roles: { ...smallProtocol.roles, coder: { ...role, window } },
      schedule: [{ instrument: 'file@1.0.0', role: 'coder', waves: ['T0', 'FU3', 'FU9'] }],
    })
    const windows = (registeredAt: string): string[] =>
      plan(
        protocol,
        smallCase({
          registeredAt,
          anchors: { referral: '2005-03-01', conference: '2005-05-10' },
          participants: [{ id: 'c', role: 'coder' }],
        }),
      ).assignments.map(({ wave, target, opensAt, closesAt }) => `${wave} ${target} ${wallClock(opensAt)} ${wallClock(closesAt)}`)
    assert.deepEqual(windows('2007-01-15T12:00:00.000Z'), [
      'T0 2005-03-01 2005-03-01 00:00 2008-01-16 00:00',
      'FU3 2005-08-10 2005-08-10 00:00 2008-01-16 00:00',
      'FU9 2006-02-10 2006-02-10 00:00 2008-01-16 00:00',
    ])
    assert.deepEqual(windows('2005-01-15T12:00:00.000Z')[2], 'FU9 2006-02-10 2006-02-10 00:00 2007-02-11 00:00')
  })
})

describe('a hand-over', () => {
  const at = '2026-06-10T12:00:00.000Z'
  const protocol = protocolWith({ schedule: [{ instrument: 'succint@1.0.0', role: 'referrer', waves: ['FU3', 'FU9'] }] })
  const participants = [
    { id: 'r1', role: 'referrer', stoppedAt: at, handedOver: true as const },
    { id: 'r2', role: 'referrer', joinedAt: at, succeeds: 'r1' },
  ]
  const waves = (facts: Partial<PlanCase>): string[] =>
    plan(protocol, smallCase({ participants, ...facts })).assignments.map(({ participant, wave }) => `${participant} ${wave}`)

  test('gives the successor what was open, and what is to come', () => {
    assert.deepEqual(waves({}), ['r2 FU3', 'r2 FU9'])
  })

  test('leaves with the first what that one completed, and asks it of nobody else', () => {
    const completed = [{ participant: 'r1', wave: 'FU3', instrument: 'succint', at: '2026-06-01T12:00:00.000Z' }]
    assert.deepEqual(waves({ completed }), ['r1 FU3', 'r2 FU9'])
  })

  test('after a window is over leaves it with the first', () => {
    const late = '2026-09-01T12:00:00.000Z'
    const [first, second] = participants as [PlanParticipant, PlanParticipant]
    assert.deepEqual(
      waves({
        participants: [
          { ...first, stoppedAt: late },
          { ...second, joinedAt: late },
        ],
      }),
      ['r1 FU3', 'r2 FU9'],
    )
  })
})

test('what staff called off for a reason stays so, and is not added anew', () => {
  const protocol = only({})
  const at = '2026-11-28T12:00:00.000Z'
  const facts = smallCase({ participants: people() })
  const [planned] = plan(protocol, facts).assignments
  assert.ok(planned)
  const { instrument, about, ...rest } = planned
  const row = { ...rest, id: 'a', about, instrumentId: instrument.id, instrumentVersion: instrument.version, state: 'cancelled' as const }
  const calledOff = [{ participant: 'i', wave: 'FU9', instrument: 'list', at }]
  const change = (reason: string | null) =>
    changes(plan(protocol, { ...facts, calledOff: reason ? calledOff : [] }), { assignments: [{ ...row, reason }], messages: [] }, at)
  assert.deepEqual(change('file-not-found').add.assignments, [])
  assert.deepEqual(change('file-not-found').move.assignments, [])
  assert.deepEqual(change('file-not-found').add.messages, [])
  assert.equal(change(null).move.assignments.length, 1)
})

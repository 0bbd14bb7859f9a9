/** Cases that are handed over at random: what may not be asked twice, and what may not get lost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PlanCase, PlannedAssignment, PlanParticipant, Recorded } from '../../protocols/case.ts'
import { plan } from '../../protocols/plan.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { apply, changesOf, noChanges, nothingRecorded, tick } from './case-history.ts'
import { dayAfter, everyDay, smallCase, smallProtocol } from './small-protocol.ts'

const interviewer = { ...smallProtocol.roles.parent, mail: true } as Protocol['roles'][string]

/** Several lists for a referrer, and interviews with parents and referrers. */
const protocol: Protocol = {
  ...smallProtocol,
  roles: { ...smallProtocol.roles, interviewer },
  schedule: [
    ...smallProtocol.schedule,
    { instrument: 'cvc@1.0.0', role: 'referrer', waves: ['T0', 'FU3'] },
    { instrument: 'interview-referrer@1.0.0', role: 'interviewer', about: 'referrer', waves: ['FU3'] },
    { instrument: 'interview-parent@1.0.0', role: 'interviewer', about: 'parent', waves: ['FU3', 'FU9'] },
  ],
}

/** One thing that happens, so many hours after the one before. */
interface Happening {
  hours: number
  what: 'answer' | 'hand over' | 'stop' | 'move anchor' | 'nothing'
  pick: number
}

interface State {
  now: string
  planCase: PlanCase
  recorded: Recorded
}

const happening: fc.Arbitrary<Happening> = fc.record({
  hours: fc.oneof(fc.integer({ min: 0, max: 48 }), fc.integer({ min: 0, max: 60 * 24 })),
  what: fc.constantFrom('answer', 'answer', 'hand over', 'hand over', 'stop', 'move anchor', 'nothing'),
  pick: fc.nat(1000),
})

function happen({ now, planCase, recorded }: State, { what, pick }: Happening): State {
  const active = planCase.participants.filter(({ stoppedAt }) => stoppedAt === undefined)
  const chosen = active[pick % (active.length || 1)]
  const change = (facts: Partial<PlanParticipant>) => planCase.participants.map((one) => (one === chosen ? { ...one, ...facts } : one))
  switch (what) {
    case 'answer': {
      const open = recorded.assignments.filter(({ state }) => state === 'open')
      const done = open[pick % (open.length || 1)]
      if (!done) return { now, planCase, recorded }
      const { participant, wave, instrumentId: instrument, about } = done
      const assignments = recorded.assignments.map((one) => (one === done ? { ...one, state: 'completed' as const, startedAt: now } : one))
      return {
        now,
        planCase: { ...planCase, completed: [...planCase.completed, { participant, wave, instrument, about: about ?? null, at: now }] },
        recorded: { ...recorded, assignments },
      }
    }
    case 'hand over': {
      if (!chosen) return { now, planCase, recorded }
      const next = { id: `${chosen.id}+`, role: chosen.role, joinedAt: now, succeeds: chosen.id }
      return { now, planCase: { ...planCase, participants: [...change({ stoppedAt: now, handedOver: true }), next] }, recorded }
    }
    case 'stop':
      // Seldom: of three who stop two go on.
      return { now, planCase: { ...planCase, participants: pick % 3 ? planCase.participants : change({ stoppedAt: now }) }, recorded }
    case 'move anchor': {
      const conference = dayAfter(now.slice(0, 10), (pick % 120) - 90)
      return { now, planCase: { ...planCase, anchors: { ...planCase.anchors, conference } }, recorded }
    }
    case 'nothing':
      return { now, planCase, recorded }
  }
}

const people: PlanParticipant[] = [
  { id: 'p', role: 'parent' },
  { id: 'r', role: 'referrer' },
  { id: 'i', role: 'interviewer' },
]

/** Lives through the happenings; `check` sees what was recorded before and after each re-planning. */
function live(first: string, happenings: Happening[], check: (before: State, after: State) => void): void {
  const start = `${first}T11:00:00.000Z`
  const anchors = { referral: first, conference: first }
  let state: State = { now: start, planCase: smallCase({ registeredAt: start, anchors, participants: people }), recorded: nothingRecorded }
  for (const one of [{ hours: 0, what: 'nothing', pick: 0 } as const, ...happenings]) {
    const now = new Date(Date.parse(state.now) + one.hours * 3_600_000).toISOString()
    const before = happen({ ...state, now, recorded: tick(state.recorded, state.now, now) }, one)
    const after = { ...before, recorded: apply(before.recorded, changesOf(before.planCase, before.recorded, now, protocol)) }
    check(before, after)
    state = { ...after, recorded: tick(after.recorded, now, now) }
  }
}

const holds = (check: (before: State, after: State) => void) =>
  fc.assert(
    fc.property(fc.constantFrom(...everyDay), fc.array(happening, { maxLength: 12 }), (first, happenings) =>
      live(first, happenings, check),
    ),
    { numRuns: 120 },
  )

/** A list that one of several who follow each other is asked: the same for all of them. */
const listOf = ({ participant, wave, instrument, about }: PlannedAssignment): string =>
  JSON.stringify([participant.replaceAll('+', ''), wave, instrument.id, about])

const isCompleted = (planCase: PlanCase, { participant, wave, instrument, about }: PlannedAssignment): boolean =>
  planCase.completed.some(
    (done) => done.participant === participant && done.wave === wave && done.instrument === instrument.id && (done.about ?? null) === about,
  )

const isUnfinished = ({ state }: Recorded['assignments'][number]): boolean =>
  state === 'scheduled' || state === 'open' || state === 'in progress'

test('of several who followed each other one is asked a list: the first who completed it, or whose time it was', () => {
  holds((_, { planCase }) => {
    const byList = Map.groupBy(plan(protocol, planCase).assignments, listOf)
    for (const [list, asked] of byList)
      assert.equal(asked.length, 1, `${list} is asked of ${asked.map((one) => one.participant).join(' and ')}`)
  })
})

test('nothing that was completed is lost, asked of the next one, or touched', () => {
  holds((before, after) => {
    const planned = plan(protocol, after.planCase).assignments
    const done = before.recorded.assignments.filter(({ state }) => state === 'completed')
    for (const one of done) {
      assert.deepEqual(
        after.recorded.assignments.find(({ id }) => id === one.id),
        one,
      )
      const same = planned.filter(
        (other) =>
          listOf(other) === listOf({ ...other, ...one, about: one.about ?? null, instrument: { id: one.instrumentId, version: '' } }),
      )
      assert.deepEqual(
        same.map(({ participant }) => participant),
        [one.participant],
      )
    }
  })
})

test('what is open when a case is handed over goes to the next one, in the same window; nobody else notices', () => {
  fc.assert(
    fc.property(fc.constantFrom(...everyDay), fc.array(happening, { maxLength: 10 }), fc.nat(1000), (first, happenings, pick) => {
      live(first, happenings, (_, { planCase, recorded, now }) => {
        const before = plan(protocol, planCase)
        const handedOver = happen({ planCase, recorded, now }, { hours: 0, what: 'hand over', pick })
        const next = handedOver.planCase.participants.at(-1)
        if (handedOver.planCase === planCase || next?.succeeds === undefined) return
        const after = plan(protocol, handedOver.planCase)
        const goesOn = before.assignments.filter(
          (one) => one.participant === next.succeeds && now < one.closesAt && !isCompleted(planCase, one),
        )
        const of = (id: string | undefined, { assignments }: typeof after) => assignments.filter(({ participant }) => participant === id)
        assert.deepEqual(
          of(next.id, after),
          goesOn.map((one) => ({ ...one, participant: next.id })),
        )
        assert.deepEqual(
          of(next.succeeds, after),
          of(next.succeeds, before).filter((one) => !goesOn.includes(one)),
        )
        // An interviewer is to see the new one, too; nothing else changes for others.
        const others = ({ assignments }: typeof after) =>
          assignments.filter(({ participant, about }) => participant !== next.id && participant !== next.succeeds && about !== next.id)
        assert.deepEqual(others(after), others(before))
        assert.ok(after.messages.every(({ participant, at }) => participant !== next.id || at >= now))
      })
    }),
    { numRuns: 60 },
  )
})

test('applying a hand-over once leaves nothing to change, and nothing pending with one who handed over', () => {
  holds((_, { planCase, recorded, now }) => {
    assert.deepEqual(changesOf(planCase, recorded, now, protocol), noChanges)
    const gone = planCase.participants.flatMap(({ id, stoppedAt }) => (stoppedAt === undefined ? [] : [id]))
    assert.deepEqual(
      recorded.assignments.filter((one) => isUnfinished(one) && gone.includes(one.participant)),
      [],
    )
    assert.deepEqual(
      recorded.messages.filter(({ state, participant }) => state === 'planned' && gone.includes(participant)),
      [],
    )
  })
})

test('an interview with one who handed over stays planned, and one with whoever withdrew does not', () => {
  const at = '2026-05-20T12:00:00.000Z'
  const interviews = (referrer: Partial<PlanParticipant>) =>
    plan(protocol, smallCase({ participants: [{ id: 'r', role: 'referrer', stoppedAt: at, ...referrer }, people[2] as PlanParticipant] }))
      .assignments.filter(({ instrument }) => instrument.id === 'interview-referrer')
      .map(({ participant, about }) => [participant, about])
  assert.deepEqual(interviews({ handedOver: true }), [['i', 'r']])
  assert.deepEqual(interviews({}), [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { type FlowAssignment, type FlowCase, familyFlow } from '../../server/workflow/family-flow.ts'
import { type Outcomes, outcomeOf, tally } from '../../server/workflow/outcomes.ts'
import { completeProtocol } from '../harness/complete-protocol.ts'

const protocol = loadDefinitions().protocols.get(completeProtocol) ?? assert.fail(completeProtocol)
const at = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`

type Person = FlowCase['participants'][number]
const parent = (state: Person['state'], day = 1, stateReason: string | null = null): Person => ({
  role: 'parent',
  state,
  stateAt: at(day),
  stateReason,
})
const of = (...participants: Person[]): FlowCase => ({
  arm: 'conference',
  cohort: 'prospective',
  mistaken: false,
  participants,
  assignments: [],
})

test('a family refused when all its parents declined, withdrew when none is left and one had begun, and takes part while one does', () => {
  const counted = (...participants: Person[]): string => {
    const { registered: _, reasons: __, mistakes: ___, ...numbers } = familyFlow([protocol], [of(...participants)]).all
    return Object.entries(numbers)
      .flatMap(([name, count]) => (count > 0 ? [`${name} ${count}`] : []))
      .join()
  }
  assert.equal(counted(parent('active')), 'active 1')
  assert.equal(counted(parent('declined')), 'refused 1')
  assert.equal(counted(parent('withdrawn')), 'withdrew 1')
  assert.equal(counted(parent('declined'), parent('active')), 'active 1')
  assert.equal(counted(parent('declined'), parent('declined')), 'refused 1')
  assert.equal(counted(parent('declined'), parent('withdrawn')), 'withdrew 1')
  assert.equal(counted(parent('handed over'), parent('declined')), 'refused 1')
  assert.equal(counted(parent('handed over'), parent('active')), 'active 1')
  assert.equal(counted({ ...parent('declined'), role: 'referrer' }), 'nobody 1')
  assert.equal(counted(), 'nobody 1')
})

test('the reason of a family is that of the one who stopped last; without one it is counted too', () => {
  const { reasons } = familyFlow(
    [protocol],
    [
      of(parent('withdrawn', 9, 'withdrew'), parent('declined', 2, 'refused-at-once')),
      of(parent('declined', 2, 'refused-at-once')),
      of(parent('declined', 3)),
    ],
  ).all
  assert.deepEqual(reasons, [
    { state: 'refused', reason: 'refused-at-once', families: 1 },
    { state: 'withdrew', reason: 'withdrew', families: 1 },
    { state: 'refused', reason: null, families: 1 },
  ])
})

const made = (state: FlowAssignment['state'], reason: string | null = null, day = 1): FlowAssignment => ({
  instrumentId: 'zap-kort',
  wave: 'T0',
  state,
  reason,
  endedAt: at(day),
})

test('of several assignments the best outcome counts, and of several reasons the one recorded last', () => {
  assert.deepEqual(outcomeOf([made('expired'), made('completed'), made('open')], true), { is: 'completed' })
  assert.deepEqual(outcomeOf([made('expired'), made('in progress')], true), { is: 'to come' })
  assert.deepEqual(outcomeOf([made('expired'), made('cancelled', 'no-show', 4), made('cancelled', 'no-time', 3)], true), {
    is: 'called off',
    reason: 'no-show',
  })
  assert.deepEqual(outcomeOf([made('cancelled'), made('expired')], true), { is: 'expired' })
  assert.deepEqual(outcomeOf([made('cancelled')], true), { is: 'stopped' })
  assert.deepEqual(outcomeOf([made('cancelled')], false), { is: 'by design' })
  assert.deepEqual(outcomeOf([], false), { is: 'by design' })
  assert.deepEqual(outcomeOf([], true), { is: 'not asked' })
  assert.deepEqual(outcomeOf([made('completed')], false), { is: 'completed' })
})

test('reasons are counted, the most frequent first', () => {
  const { calledOff, reasons } = tally(['b', 'a', 'c', 'c'].map((reason) => ({ is: 'called off' as const, reason })))
  assert.equal(calledOff, 4)
  assert.deepEqual(reasons, [
    { reason: 'c', count: 2 },
    { reason: 'a', count: 1 },
    { reason: 'b', count: 1 },
  ])
})

test('what a cohort is not asked by the schedule is by design, in the waves that it is not asked', () => {
  const rest: FlowCase = { ...of(parent('active')), cohort: 'rest' }
  const { instruments } = familyFlow([protocol], [rest, of(parent('active'))])
  const waves = (id: string) =>
    instruments.find(({ instrument }) => instrument === id)?.waves.map(({ wave, families }) => [wave, families.byDesign])
  assert.deepEqual(waves('veo'), [
    ['T0', 0],
    ['FU3', 0],
    ['FU9', 1],
  ])
  assert.deepEqual(waves('zap-kort'), [
    ['T0', 1],
    ['FU3', 1],
    ['FU9', 1],
  ])
})

const person = fc.record({
  role: fc.constantFrom('parent', 'parent', 'referrer'),
  state: fc.constantFrom<Person['state'][]>('active', 'declined', 'withdrawn', 'handed over'),
  stateAt: fc.integer({ min: 1, max: 28 }).map(at),
  stateReason: fc.constantFrom('refused-at-once', 'withdrew', 'a-reason-of-an-earlier-version', null),
})
const assignment = fc.record({
  instrumentId: fc.constantFrom('zap-kort', 'nosik', 'fufrek', 'no-longer-scheduled'),
  wave: fc.constantFrom('T0', 'FU3', 'FU9', 'FU18'),
  state: fc.constantFrom<FlowAssignment['state'][]>('scheduled', 'open', 'in progress', 'completed', 'expired', 'cancelled'),
  reason: fc.constantFrom('no-show', 'no-time', null, null),
  endedAt: fc.option(fc.integer({ min: 1, max: 28 }).map(at)),
})
const place = fc.constantFrom(
  ...Object.entries(protocol.cohorts).flatMap(([cohort, { arms = [] }]) => arms.map((arm) => ({ cohort, arm }))),
)
const family: fc.Arbitrary<FlowCase> = fc
  .tuple(place, fc.array(person, { maxLength: 4 }), fc.array(assignment, { maxLength: 8 }), fc.nat(5))
  .map(([where, participants, assignments, luck]) => ({
    ...where,
    mistaken: luck === 0,
    participants,
    // Only what is called off has a reason.
    assignments: assignments.map((one) => ({ ...one, reason: one.state === 'cancelled' ? one.reason : null })),
  }))

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)

test('every family is counted once in each line, whatever happened in it', () => {
  const addsUp = (counted: Outcomes, all: number): void => {
    const { byDesign, notAsked, asked, completed, toCome, expired, calledOff, stopped, reasons } = counted
    assert.equal(counted.all, all)
    assert.equal(byDesign + notAsked + asked, all)
    assert.equal(completed + toCome + expired + calledOff + stopped, asked)
    assert.equal(sum(reasons.map(({ count }) => count)), calledOff)
  }
  fc.assert(
    fc.property(fc.array(family, { maxLength: 30 }), (families) => {
      const { all, groups, instruments } = familyFlow([protocol], families)
      const counting = families.filter(({ mistaken }) => !mistaken)
      for (const { registered, refused, withdrew, active, nobody, reasons } of [all, ...groups]) {
        assert.equal(refused + withdrew + active + nobody, registered)
        assert.equal(sum(reasons.map((one) => one.families)), refused + withdrew)
      }
      assert.deepEqual([all.registered, all.registered + all.mistakes], [counting.length, families.length])
      assert.equal(sum(groups.map(({ registered }) => registered)), counting.length)
      assert.equal(sum(groups.map(({ mistakes }) => mistakes)), all.mistakes)
      for (const { instrument, families: counted, groups: ofGroups, waves } of instruments) {
        addsUp(counted, counting.length)
        assert.equal(sum(ofGroups.map((group) => group.families.completed)), counted.completed)
        for (const { wave, families: ofWave, assignments } of waves) {
          addsUp(ofWave, counting.length)
          const recorded = counting.flatMap((one) => one.assignments.filter((a) => a.instrumentId === instrument && a.wave === wave))
          addsUp(assignments, recorded.length)
          assert.equal(assignments.asked, recorded.length)
          assert.ok(ofWave.completed <= counted.completed)
        }
      }
    }),
  )
})

test('the order of the families changes nothing', () => {
  fc.assert(
    fc.property(fc.array(family, { maxLength: 20 }), (families) => {
      assert.deepEqual(familyFlow([protocol], families.toReversed()), familyFlow([protocol], families))
    }),
  )
})

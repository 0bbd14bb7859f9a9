/** FREK, CVC, FUFREK and the outcome of a conference: each scale with an example worked out by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerChecker } from '../../instruments/answers.ts'
import { readCondition } from '../../instruments/condition.ts'
import { all, asked, itemsOfScale, scored, standIn } from './scored.ts'

const oldest = { sex: 2, age: 14, ethnicity: 1, residence: 2 }
const youngest = { sex: 1, age: 0, ethnicity: 9, residence: 4 }

test('FREK: problems, children, minutes and people present', () => {
  const answers = { problems: [1, 4, 7], children: [oldest, youngest], held: 1, conference_minutes: 300, private_minutes: 120, present: 13 }
  assert.deepEqual(scored('frek', { ...answers, referrer_present: 1, plan_made: 1 }), {
    problems_number: 3,
    children_number: 2,
    duration: 300,
    private_time: 120,
    participants: 13,
  })
})

test('FREK: none of the problems is 0; not known is not, nor is a list without children', () => {
  assert.equal(scored('frek', { problems: [0] }).problems_number, 0)
  assert.equal(scored('frek', { problems: [9] }).problems_number, 'no-answer')
  assert.equal(scored('frek', {}).problems_number, 'no-answer')
  assert.equal(scored('frek', { children: [] }).children_number, 'no-answer')
})

test('FREK: of a family without a conference nothing about one is asked', () => {
  const { duration, private_time, participants } = scored('frek', { held: 0, problems: [2] })
  assert.deepEqual([duration, private_time, participants], ['not-asked', 'not-asked', 'not-asked'])
  assert.deepEqual(asked('frek', { held: 0 }).at(-1), 'held')
})

test('FREK: a child of 40, or a conference of two days, is refused', () => {
  const { problems } = answerChecker(standIn('frek'))({ children: [{ age: 40 }], held: 1, conference_minutes: 2880 })
  assert.deepEqual(
    problems.map(({ item }) => item),
    ['children[0].age', 'conference_minutes'],
  )
})

const childReasons = itemsOfScale('cvc', 'reasons_child')
const familyReasons = itemsOfScale('cvc', 'reasons_family')

test('CVC: reasons are counted for child and family, and the chance is its step', () => {
  const reasons = { ...all([...childReasons, ...familyReasons], 0), ...all(childReasons.slice(0, 2), 1), ...all(familyReasons.slice(1), 1) }
  assert.deepEqual(scored('cvc', { ...reasons, acute_crisis: 1, placement_chance: 4 }), { reasons_child: 2, reasons_family: 5, chance: 4 })
})

test('CVC: an unknown chance has no score, and a reason left open is no "no"', () => {
  const reasons = all([...childReasons.slice(1), ...familyReasons], 0)
  assert.deepEqual(scored('cvc', { ...reasons, placement_chance: 9 }), {
    reasons_child: 'too-many-missing',
    reasons_family: 0,
    chance: 'no-answer',
  })
})

const wasted = { agreement: 'Voorbeeld', done: 0, why: 3 }
const begun = { agreement: 'Voorbeeld', done: 1, why: 2 }

test('FUFREK: how far the plan was carried out, and which agreements were not', () => {
  const evaluated = { evaluated_referrer: 1, evaluated_family: 0 }
  assert.deepEqual(scored('fufrek', { carried_out: 2, ...evaluated }), { extent: 2, unrealised: 0, not_done: 0 })
  const partly = { carried_out: 1, agreements: [wasted, begun, begun], ...evaluated }
  assert.deepEqual(scored('fufrek', partly), { extent: 1, unrealised: 3, not_done: 1 })
  assert.deepEqual(scored('fufrek', { carried_out: 0, agreements: [wasted, wasted] }), { extent: 0, unrealised: 2, not_done: 2 })
})

test('FUFREK: not known and no plan are no extent, and an agreement of which it is not known is not counted as done', () => {
  const notAsked = { unrealised: 'not-asked', not_done: 'not-asked' }
  assert.deepEqual(scored('fufrek', { carried_out: 9 }), { extent: 'no-answer', ...notAsked })
  assert.deepEqual(scored('fufrek', { carried_out: 8 }), { extent: 'no-answer', ...notAsked })
  const unsure = { carried_out: 1, agreements: [wasted, { ...begun, done: 9 }] }
  assert.deepEqual(scored('fufrek', unsure), { extent: 1, unrealised: 2, not_done: 'too-many-missing' })
  assert.deepEqual(scored('fufrek', { carried_out: 1 }), { extent: 1, unrealised: 'no-answer', not_done: 'no-answer' })
})

test('FUFREK: evaluations are asked unless there was no plan', () => {
  const evaluations = ['evaluated_referrer', 'evaluated_family']
  for (const carried_out of [0, 1, 2, 9]) assert.deepEqual(asked('fufrek', { carried_out }).slice(-2), evaluations)
  assert.deepEqual(asked('fufrek', {}).slice(-2), evaluations)
  assert.deepEqual(asked('fufrek', { carried_out: 8 }), ['carried_out'])
})

test('the outcome: held with a plan, an order averted for two of three children', () => {
  const order = { order_threatened: 1, children_threatened: 3, order_averted: 0, children_averted: 2 }
  const answers = { held: 1, held_on: '2026-02-01', plan_made: 1, ...order }
  assert.deepEqual(scored('conference-outcome', answers), { conference: 1, plan: 1, threatened: 3, averted: 0, averted_children: 2 })
})

test('the outcome: what was not the case is not asked, and what is not known is not 0', () => {
  const notHeld = { held: 0, not_held_on: '2026-02-01', not_held_reason: 8, not_held_other: 'Voorbeeld', order_threatened: 0 }
  const notAsked = { threatened: 'not-asked', averted: 'not-asked', averted_children: 'not-asked' }
  assert.deepEqual(scored('conference-outcome', notHeld), { conference: 0, plan: 'not-asked', ...notAsked })
  assert.deepEqual(scored('conference-outcome', { held: 1, plan_made: 9, order_threatened: 9 }), {
    conference: 1,
    plan: 'no-answer',
    ...notAsked,
  })
  assert.equal(scored('conference-outcome', { order_threatened: 1, order_averted: 9 }).averted, 'no-answer')
})

test('the outcome: a plan and an averted order are asked only where they can be', () => {
  const of = (answers: Record<string, unknown>) => asked('conference-outcome', answers)
  assert.deepEqual(of({ held: 1, order_threatened: 0 }), ['held', 'held_on', 'plan_made', 'order_threatened'])
  assert.deepEqual(of({ held: 0, not_held_reason: 1 }), ['held', 'not_held_on', 'not_held_reason', 'order_threatened'])
  assert.ok(of({ held: 0, not_held_reason: 8 }).includes('not_held_other'))
  assert.deepEqual(of({ order_threatened: 1 }).slice(-3), ['children_threatened', 'order_averted', 'children_averted'])
})

// What a protocol asks before it sends somebody a list about the plan.
test('the outcome: "held and a plan made" is true of exactly those answers, and never of dropped ones', () => {
  const isMet = readCondition('{held} = 1 and {plan_made} = 1')
  const answer = fc.option(fc.constantFrom(0, 1), { nil: undefined })
  fc.assert(
    fc.property(answer, fc.option(fc.constantFrom(0, 1, 9), { nil: undefined }), (held, plan_made) => {
      const { answers } = answerChecker(standIn('conference-outcome'))({ held, plan_made })
      assert.equal(isMet(answers), held === 1 && plan_made === 1)
    }),
  )
})

/** The lists of the Rotterdam study and the randomised trial: each scale with an example worked out by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerChecker } from '../../instruments/answers.ts'
import type { Answers } from '../../instruments/schema.ts'
import { scoreInstrument } from '../../instruments/score.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'

const { instruments, norms } = readDefinitions([shippedDirectory]).definitions
const prices = norms.priceTables.need('service-prices-nl@0.1.0-standin')

/** Raw scores by scale, or why there is none. The list was completed on 2 March 2026. */
function scored(id: string, given: Answers, table: { id: string; prices: Record<string, number> } | null = prices) {
  const instrument = instruments.need(`${id}@0.1.0-standin`)
  const { answers, notApplicable, problems } = answerChecker(instrument)(given)
  assert.deepEqual(problems, [])
  const circumstances = { completedOn: '2026-03-02', prices: new Map(table ? [[table.id, table.prices]] : []) }
  const scores = scoreInstrument(instrument, answers, notApplicable, circumstances)
  return Object.fromEntries(scores.map(({ scale, raw, reason }) => [scale, raw ?? reason]))
}

const without = (answers: Answers, ...names: string[]): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([name]) => !names.includes(name)))

const itemsOfScale = (id: string, scale: string): string[] =>
  instruments.need(`${id}@0.1.0-standin`).scales.find((one) => one.id === scale)?.items ?? []

const all = (names: string[], answer: number): Answers => Object.fromEntries(names.map((name) => [name, answer]))

test('problems at the start are the yeses of fifteen; up to two that are not known are as the others are, not noes', () => {
  const none = all(itemsOfScale('problems-at-start', 'total'), 0)
  const six = { ...none, prob_money: 1, prob_housing: 1, prob_mind: 1, prob_conflict: 1, prob_parenting: 1, prob_school: 1 }
  assert.deepEqual(scored('problems-at-start', six), { total: 6 })
  assert.deepEqual(scored('problems-at-start', none), { total: 0 })
  // 6 of 13 known ones, times 15 / 13.
  const twoUnknown = { ...without(six, 'prob_care'), prob_violence: 9 }
  assert.deepEqual(scored('problems-at-start', twoUnknown), { total: 90 / 13 })
  assert.deepEqual(scored('problems-at-start', { ...twoUnknown, prob_police: 9 }), { total: 'too-many-missing' })
})

test('who was asked to think along: when nobody of the circle was, only the others are asked about', () => {
  const asked = { circle_asked: 1, family_asked: 1, friends_asked: 0, neighbours_asked: 0, professionals_asked: 1, plan_made: 1 }
  assert.deepEqual(scored('asked-to-think-along', asked), { circle: 1, kinds: 2, plan: 1 })
  const nobody = { circle_asked: 0, neighbours_asked: 0, professionals_asked: 1, plan_made: 0 }
  assert.deepEqual(scored('asked-to-think-along', nobody), { circle: 0, kinds: 1, plan: 0 })
})

test('who was asked to think along: not known is neither a no nor a 0', () => {
  const rest = { neighbours_asked: 1, professionals_asked: 1, plan_made: 9 }
  const unknown = { kinds: 'too-many-missing', plan: 'no-answer' }
  assert.deepEqual(scored('asked-to-think-along', { ...rest, circle_asked: 9 }), { circle: 'no-answer', ...unknown })
  assert.deepEqual(scored('asked-to-think-along', rest), { circle: 'no-answer', ...unknown }, 'left open')
  const half = { ...rest, circle_asked: 1, family_asked: 1, friends_asked: 9 }
  assert.deepEqual(scored('asked-to-think-along', half), { circle: 1, ...unknown })
})

test('support is counted by source and added up, with and without school and professionals', () => {
  const support = { sup_partner: 0, sup_family: 3, sup_inlaws: 0, sup_friends: 2, sup_neighbours: 1, sup_club: 0 }
  const others = { sup_school: 1, sup_professional: 3 }
  // Five sources give any; 3 + 2 + 1 = 6, and 1 + 3 more.
  assert.deepEqual(scored('support-sources', { ...support, ...others }), { sources: 5, all_support: 10, own_circle: 6 })
  assert.deepEqual(scored('support-sources', support), { sources: 'too-many-missing', all_support: 'too-many-missing', own_circle: 6 })
})

test('confidence is the mean of what is answered, with doubt and confusion the other way round', () => {
  const answers = { conf1: 4, conf2: 5, conf3: 2, conf4: 3, conf5: 4, conf6: 1, conf7: 4, conf8: 3 }
  // 4 + 5 + (6 - 2) + 3 + 4 + (6 - 1) + 4 + 3 = 32, over 8.
  assert.deepEqual(scored('parent-confidence', answers), { total: 4 })
  // Without 2 and 6: 32 - 5 - 5 = 22, over 6.
  assert.deepEqual(scored('parent-confidence', without(answers, 'conf2', 'conf6')), { total: 22 / 6 })
  assert.deepEqual(scored('parent-confidence', without(answers, 'conf2', 'conf6', 'conf7')), { total: 'too-many-missing' })
})

test('safety is a sum in which fear and quarrels count the other way round; one sentence may be not known', () => {
  const answers = { safe1: 4, safe2: 1, safe3: 4, safe4: 2, safe5: 3, safe6: 2, safe_mark: 7 }
  // 4 + (4 - 1) + 4 + (4 - 2) + 3 + 2.
  assert.deepEqual(scored('child-safety', answers), { safety: 18, mark: 7 })
  // Without the fear 15 over five sentences: 15 x 6 / 5.
  assert.deepEqual(scored('child-safety', { ...answers, safe2: 9 }), { safety: 18, mark: 7 })
  assert.deepEqual(scored('child-safety', { ...answers, safe2: 9, safe3: 9 }), { safety: 'too-many-missing', mark: 7 })
  assert.deepEqual(scored('child-safety', all(['safe2', 'safe4'], 0)), { safety: 'too-many-missing', mark: 'no-answer' })
})

test('empowerment is a sum of ten, two of which count the other way round and two of which may be open', () => {
  const answers = all(itemsOfScale('family-empowerment', 'total'), 4)
  // 8 x 4 + 2 x (6 - 4).
  assert.deepEqual(scored('family-empowerment', answers), { total: 36 })
  // Without 4 and 10: 36 - 2 - 4 = 30, times 10 / 8.
  assert.deepEqual(scored('family-empowerment', without(answers, 'empower4', 'empower10')), { total: 37.5 })
  assert.deepEqual(scored('family-empowerment', without(answers, 'empower1', 'empower4', 'empower10')), { total: 'too-many-missing' })
})

const provisional = { kind: 1, started_on: '2025-01-10', ended: 1, ended_on: '2025-04-10' }
const supervision = { kind: 2, started_on: '2025-04-10', ended: 0 }
const placement = { kind: 3, started_on: '2025-06-01', ended: 1, ended_on: '2025-12-01' }
const protection = (...measures: Record<string, number | string>[]) => scored('protection-duration', { any_measure: 1, measures })

test('protection: what runs side by side counts once, and what still goes on counts until the day of sending', () => {
  // 10 January 2025 to 2 March 2026: a year and 51 days, 13 whole months. The placement lies within it.
  const expected = { number: 3, running: 1, days: 416, months: 13, supervision: 416 }
  assert.deepEqual(protection(provisional, supervision, placement), expected)
  assert.deepEqual(protection(placement, supervision, provisional), expected, 'in another order')
})

test('protection: a time in between counts for nothing, and only supervision is supervision', () => {
  const first = { kind: 2, started_on: '2024-01-01', ended: 1, ended_on: '2024-03-01' }
  const later = { kind: 3, started_on: '2024-05-01', ended: 1, ended_on: '2024-06-01' }
  // 60 days (2024 is a leap year) and 31; two months and one.
  assert.deepEqual(protection(first, later), { number: 2, running: 0, days: 91, months: 3, supervision: 60 })
})

test('protection: no measure is 0, not known is not 0', () => {
  assert.deepEqual(new Set(Object.values(scored('protection-duration', { any_measure: 0 }))), new Set([0]))
  assert.deepEqual(new Set(Object.values(scored('protection-duration', { any_measure: 9 }))), new Set(['not-asked']))
  const open = 'too-many-missing'
  const perhapsOver = { kind: 3, started_on: '2025-06-01', ended: 9 }
  assert.deepEqual(protection(provisional, perhapsOver), { number: 2, running: open, days: open, months: open, supervision: 90 })
  const { kind: _, ...ofSomeKind } = placement
  assert.deepEqual(protection(provisional, ofSomeKind), { number: 2, running: 0, days: 273, months: 9, supervision: open })
  const { ended_on: __, ...withoutItsEnd } = placement
  assert.deepEqual(protection(provisional, withoutItsEnd), { number: 2, running: 0, days: open, months: open, supervision: 90 })
  assert.equal(protection({ ...placement, ended_on: '2025-05-01' }).days, 'end-before-start')
})

const talks = { use_gp: 2, use_team: 1, use_guardian: 3, use_home_help: 10, use_therapy: 0, use_police: 1 }
const away = { use_day_care: 5, use_foster: 0, use_crisis: 2, use_residential: 0 }

test('costs are use times the price of one, by the invented table', () => {
  // 2 x 10 + 1 x 20 + 3 x 30 + 10 x 40 + 1 x 60 = 590; 5 x 70 + 2 x 90 = 530.
  assert.deepEqual(scored('service-use', { ...talks, ...away }), { cost: 1120, cost_talks: 590, cost_away: 530 })
  const nothing = all(itemsOfScale('service-use', 'cost'), 0)
  assert.deepEqual(scored('service-use', nothing), { cost: 0, cost_talks: 0, cost_away: 0 })
})

test('costs are exact to the cent', () => {
  const cents = { ...prices, prices: { ...all(Object.keys(prices.prices), 0), gp_talk: 33.35, team_talk: 0.07, guardian_talk: 1.1 } }
  const used = { ...talks, ...away, use_gp: 3, use_team: 100, use_guardian: 3 }
  // 100.05 + 7.00 + 3.30; in binary fractions 0.07 x 100 is more than 7 and 1.1 x 3 more than 3.3.
  assert.deepEqual(scored('service-use', used, cents as typeof prices), { cost: 110.35, cost_talks: 110.35, cost_away: 0 })
})

test('an amount that is not known leaves no cost, and neither does a study without prices', () => {
  const open = 'too-many-missing'
  assert.deepEqual(scored('service-use', { ...without(talks, 'use_therapy'), ...away }), { cost: open, cost_talks: open, cost_away: 530 })
  assert.deepEqual(scored('service-use', {}), { cost: 'no-answer', cost_talks: 'no-answer', cost_away: 'no-answer' })
  assert.equal(scored('service-use', { ...talks, ...away }, null).cost, 'no-price')
})

test('whatever was used at whatever prices: the costs are those of whole cents, and the parts make the whole', () => {
  const names = itemsOfScale('service-use', 'cost')
  const keys = Object.keys(prices.prices)
  const ten = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: 10, maxLength: 10 })
  fc.assert(
    fc.property(ten(999), ten(100_000), (amounts, cents) => {
      const table = { ...prices, prices: Object.fromEntries(keys.map((key, index) => [key, (cents[index] ?? 0) / 100])) }
      const answers = Object.fromEntries(names.map((name, index) => [name, amounts[index] ?? 0]))
      const each = amounts.map((amount, index) => amount * (cents[index] ?? 0))
      const sum = (parts: number[]) => parts.reduce((total, part) => total + part, 0) / 100
      const expected = { cost: sum(each), cost_talks: sum(each.slice(0, 6)), cost_away: sum(each.slice(6)) }
      assert.deepEqual(scored('service-use', answers, table), expected)
    }),
  )
})

test('uptake: what was held has no drop-out, and what was not has its stage and reason', () => {
  const held = { held: 1, held_on: '2026-02-14' }
  assert.deepEqual(scored('uptake', held), { held: 1, drop_stage: 'not-asked', drop_reason: 'not-asked' })
  const dropped = { held: 0, stopped_on: '2026-01-20', drop_stage: 2, drop_reason: 7, drop_text: 'Liever een gesprek thuis' }
  assert.deepEqual(scored('uptake', dropped), { held: 0, drop_stage: 2, drop_reason: 7 })
  assert.deepEqual(scored('uptake', without(dropped, 'drop_reason')), { held: 0, drop_stage: 2, drop_reason: 'no-answer' })
})

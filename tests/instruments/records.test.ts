import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerChecker } from '../../instruments/answers.ts'
import { checkElements } from '../../instruments/check-elements.ts'
import { checkScales } from '../../instruments/check-scales.ts'
import { compareInstruments } from '../../instruments/compare.ts'
import { itemsOf } from '../../instruments/items.ts'
import { inRecord, placeInRecord } from '../../instruments/records.ts'
import { instrumentSchema } from '../../instruments/schema.ts'
import { readNorms } from '../../norms/catalogue.ts'
import { checkCosts } from '../../norms/check-prices.ts'
import { randomOf } from '../../server/demo/random.ts'
import { simulateAnswers } from '../../server/demo/simulate-answers.ts'
import { placements, prices } from '../harness/records-study.ts'

type Json = Record<string, unknown>
const instrument = instrumentSchema.parse(placements)
const check = answerChecker(instrument)

test('a group of records is one item, with the items of each record in it', () => {
  const [, group] = itemsOf(instrument)
  assert.ok(group?.kind === 'records')
  assert.deepEqual(
    group.items.map(({ name }) => name),
    ['kind', 'start', 'ended', 'end', 'nights', 'company'],
  )
})

test('each record is checked by itself: what is wrong, open, required and not applicable is told with its place', () => {
  const { problems, answers, open, required, notApplicable } = check({
    placed: 1,
    placements: [
      { kind: 1, start: '2026-01-01', ended: 1, end: '2026-02-01', nights: 30, company: [2, 1] },
      { kind: 7, ended: 0, end: '2026-02-01', lost: 1 },
      {},
    ],
  })
  assert.deepEqual(
    problems.map(({ item }) => item),
    ['placements[1].lost', 'placements[1].kind'],
  )
  assert.deepEqual(answers.placements, [
    { kind: 1, start: '2026-01-01', ended: 1, end: '2026-02-01', nights: 30, company: [1, 2] },
    { ended: 0 },
    {},
  ])
  assert.deepEqual(required, [{ item: 'placements[2].kind', page: 'only' }])
  assert.deepEqual(notApplicable, ['placements[1].end', 'placements[2].end'])
  assert.equal(open.length, 8)
})

test('records are a list of objects, no more than there may be; anything else is told and never thrown', () => {
  const reason = 'This item takes a list of at most 5 records.'
  for (const wrong of ['x', 3, {}, [1], [[]], [null], Array(6).fill({})])
    assert.deepEqual(check({ placed: 1, placements: wrong }).problems, [{ item: 'placements', reason }])
  assert.deepEqual(check({ placed: 1, placements: [] }).open, [{ item: 'placements', page: 'only' }])
  assert.deepEqual(check({ placed: 0, placements: [{ kind: 9 }] }), {
    ...{ problems: [], answers: { placed: 0 }, asked: ['placed'], notApplicable: ['placements'], open: [], required: [] },
  })
})

test('the place of an item in a record is read as it is written', () => {
  assert.deepEqual(placeInRecord(inRecord('placements', 12, 'start')), { group: 'placements', index: 12, item: 'start' })
  assert.equal(placeInRecord('start'), undefined)
})

test('invented answers fit, records too', () => {
  for (let seed = 0; seed < 30; seed++) {
    const { answers } = simulateAnswers(instrument, randomOf('records', seed), { aims: {}, leaveOpen: 0.1 })
    assert.deepEqual([check(answers).problems, check(answers).required], [[], []])
  }
})

/** Mistakes after a change to the group, its questions or the scales. */
function mistakes(change: (group: Json, questions: Json[], scales: Json[]) => void): string[] {
  const changed = structuredClone(placements) as unknown as { survey: { pages: { elements: Json[] }[] }; scales: Json[] }
  const group = changed.survey.pages[0]?.elements[1] as Json
  change(group, group.templateElements as Json[], changed.scales)
  const parsed = instrumentSchema.safeParse(changed)
  if (!parsed.success) return parsed.error.issues.map(({ path }) => path.join('/'))
  return [...checkElements(parsed.data), ...checkScales(parsed.data)].map(({ reason }) => reason)
}

test('the definition itself is sound', () =>
  assert.deepEqual(
    mistakes(() => {}),
    [],
  ))

for (const [what, change, expected] of [
  ['records in records', (group, questions) => questions.push({ ...group, name: 'inner' }), /templateElements\/6\/type/],
  ['a name outside taken again inside', (_, questions) => put(questions, 0, { name: 'placed' }), /the name placed is already taken/],
  ['an item called panel', (_, questions) => put(questions, 4, { name: 'panel' }), /"panel" is the record itself/],
  ['an item called as the number of records', (_, questions) => put(questions, 5, { name: 'placements_n' }), /number of records/],
  ['fewest above most', (group) => Object.assign(group, { minPanelCount: 9 }), /at least 9 records, and at most 5/],
  ['more than 50', (group) => Object.assign(group, { maxPanelCount: 51 }), /maxPanelCount/],
  [
    'a heading with what is not filled in',
    (group) => Object.assign(group, { templateTitle: { nl: '{x}', en: 'x' } }),
    /\{x\} is not filled in/,
  ],
  [
    'a condition that calls an inner item by its bare name',
    (_, questions) => put(questions, 3, { visibleIf: '{ended} = 1' }),
    /within a record it is \{panel.ended\}/,
  ],
  ['a condition that looks ahead in the record', (_, questions) => put(questions, 0, { visibleIf: '{panel.ended} = 1' }), /asked later/],
  ['a condition on the group around it', (_, questions) => put(questions, 0, { visibleIf: '{placements} notempty' }), /asked later|circle/],
  [
    'a sum over records',
    (_, __, scales) => {
      const { none, ...rest } = scales[0] as Json
      scales.push({ ...rest, id: none ? 'x' : 'y', method: 'sum', itemRange: [0, 1] })
    },
    /is a group of records/,
  ],
  ['an unknown inner item', (_, __, scales) => put(scales, 1, { where: { lost: [1] } }), /there is no item lost/],
  ['an answer that nobody can give', (_, __, scales) => put(scales, 1, { where: { kind: [8] } }), /kind has no answer 8/],
  ['a duration from what is no date', (_, __, scales) => put(scales, 2, { start: 'nights' }), /nights is no date/],
  ['a duration without its end', (_, __, scales) => put(scales, 2, { end: undefined }), /scales\/2\/end/],
  ['a duration over records that says not how', (_, __, scales) => put(scales, 2, { over: undefined }), /say with `over`/],
  ['a day as of which it goes on that is no date', (_, __, scales) => put(scales, 2, { asOf: 'placed' }), /placed is no date/],
  [
    'such a day where nothing goes on',
    (_, __, scales) => put(scales, 2, { asOf: 'placed', running: undefined }),
    /without `running` nothing still goes on/,
  ],
  [
    'an answer that says it is not known and that nobody can give',
    (_, __, scales) => put(scales, 1, { missing: { allowed: 0, prorate: false, answers: [9] } }),
    /no item that this scale looks at has the answer 9/,
  ],
  [
    'an answer that fits and says that it is not known',
    (_, __, scales) => put(scales, 1, { missing: { allowed: 0, prorate: false, answers: [1] } }),
    /1 cannot both fit and say that it is not known/,
  ],
  ['a share without what is shared', (_, __, scales) => put(scales, 3, { where: undefined }), /scales\/3\/where/],
  ['a cost without an amount', (_, __, scales) => put(scales, 4, { amount: undefined }), /need both `kind` and `amount`/],
  ['an amount that is no number', (_, __, scales) => put(scales, 4, { amount: 'start' }), /must be a number/],
  ['a range that cannot be', (_, __, scales) => put(scales, 0, { range: [0, 6] }), /0 to 5, not 0 to 6/],
] as [string, (group: Json, questions: Json[], scales: Json[]) => void, RegExp][])
  test(`check tells: ${what}`, () => assert.match(mistakes(change).join('\n'), expected))

function put(list: Json[], index: number, more: Json): void {
  Object.assign(list[index] as Json, more)
}

test('costs need a price table that has each price; its stand-in shows', () => {
  const read = (table: Json) => readNorms([{ path: 'norms/x/1.json', text: JSON.stringify(table) }])
  const reasons = (table: Json) => checkCosts(instrument, read(table).priceTables.catalogue).map(({ reason }) => reason)
  assert.deepEqual(reasons(prices), [])
  assert.deepEqual(reasons({ ...prices, id: 'others' }), ['there is no price table care-prices; there is: others'])
  assert.deepEqual(reasons({ ...prices, prices: { foster_day: 1 } }), ['care-prices@0.1.0-standin has no price for residential_day'])
  assert.match(read({ ...prices, prices: { foster_day: 1.005 } }).problems[0]?.reason ?? '', /at most two decimals/)
})

test('another question in the records is a difference between versions', () => {
  const other = structuredClone(placements)
  const group = other.survey.pages[0]?.elements[1] as unknown as { templateElements: Json[] }
  put(group.templateElements, 4, { max: 10 })
  const found = compareInstruments(instrument, instrumentSchema.parse(other))
  assert.deepEqual(
    found.map(({ name }) => name),
    ['placements'],
  )
})

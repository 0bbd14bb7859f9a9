import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerChecker } from '../../instruments/answers.ts'
import { type AnswerRecord, scaleSchema } from '../../instruments/schema.ts'
import { type Circumstances, scoreInstrument } from '../../instruments/score.ts'
import { placements, prices } from '../harness/records-study.ts'
import { exampleInstrument, text } from './example.ts'

const { survey, scales } = placements
const ofPlacements = exampleInstrument([survey.pages[0]?.elements ?? []] as Record<string, unknown>[][])
const instrument = { ...ofPlacements, scales: scales.map((scale) => factScale(scale)) }

function factScale(more: Record<string, unknown>) {
  const rest = { title: text('x'), missing: { allowed: 0, prorate: false }, range: [0, 1000], worse: null }
  return scaleSchema.parse({ ...rest, ...more })
}

const known: Circumstances = { completedOn: '2026-03-02', prices: new Map([[prices.id, prices.prices]]) }

/** Raw scores (or reasons) by scale. */
function scored(answers: unknown, circumstances = known): Record<string, number | string | null> {
  const { answers: checked, notApplicable } = answerChecker(instrument)(answers)
  const scores = scoreInstrument(instrument, checked, notApplicable, circumstances)
  return Object.fromEntries(scores.map(({ scale, raw, reason }) => [scale, raw ?? reason]))
}

const ended = { kind: 1, start: '2026-01-01', ended: 1, end: '2026-01-31', nights: 30 }
const running = { kind: 2, start: '2026-02-28', ended: 0, nights: 2 }

// The worked example of docs/scoring.md.
test('two placements, one of which still goes on: number, days until completion, share and cost', () => {
  assert.deepEqual(scored({ placed: 1, placements: [ended, running] }), { number: 2, foster: 1, days: 32, ended_share: 0.5, cost: 503 })
})

test('none is 0, and not known is not 0', () => {
  assert.deepEqual(scored({ placed: 0 }), { number: 0, foster: 0, days: 0, ended_share: 'not-asked', cost: 0 })
  const unknown = { number: 'not-asked', foster: 'not-asked', days: 'not-asked', ended_share: 'not-asked', cost: 'not-asked' }
  assert.deepEqual(scored({ placed: 2 }), unknown, 'file insufficient')
  assert.deepEqual(Object.values(scored({ placed: 1 })), Array(5).fill('no-answer'))
})

test('what is needed and left open in a record counts as missing', () => {
  assert.deepEqual(scored({ placed: 1, placements: [ended, { start: '2026-02-01' }] }), {
    number: 2,
    foster: 'too-many-missing',
    days: 'too-many-missing',
    ended_share: 'too-many-missing',
    cost: 'too-many-missing',
  })
})

test('an end before its start, a day that nobody gave and a price that is not there leave no score', () => {
  assert.equal(scored({ placed: 1, placements: [{ ...ended, end: '2025-12-31' }] }).days, 'end-before-start')
  assert.equal(scored({ placed: 1, placements: [running] }, { ...known, completedOn: null }).days, 'no-completion-day')
  assert.equal(scored({ placed: 1, placements: [running] }, { ...known, prices: new Map() }).cost, 'no-price')
  assert.equal(scored({ placed: 1, placements: [{ ...running, kind: 0 }] }).cost, 0, 'a kind without a price costs nothing')
})

const date = (name: string) => ({ type: 'text', inputType: 'date', name, title: text(name) })
const number = (name: string) => ({ type: 'text', inputType: 'number', name, title: text(name), min: 0, max: 100, step: 1 })
const yesNo = (name: string) => ({
  type: 'radiogroup',
  name,
  title: text(name),
  choices: [0, 1].map((value) => ({ value, text: text(`${value}`) })),
})

test('between questions: whole calendar months, the part of the answered ones, and what was used at its price', () => {
  const asked = exampleInstrument([[date('start'), date('until'), yesNo('a'), yesNo('b'), yesNo('c'), number('talks'), number('nights')]])
  const none = { allowed: 1, prorate: false }
  const all = {
    ...asked,
    scales: [
      factScale({ id: 'months', items: ['start', 'until'], method: 'duration', start: 'start', end: 'until', unit: 'months' }),
      factScale({ id: 'part', items: ['a', 'b', 'c'], method: 'share', where: { a: [1], b: [1], c: [0] }, range: [0, 1], missing: none }),
      factScale({
        id: 'spent',
        items: ['talks', 'nights'],
        method: 'cost',
        priceTable: 'p',
        unitPrices: { talks: 'talk', nights: 'night' },
      }),
    ],
  }
  const answers = { start: '2026-01-31', until: '2026-04-30', a: 1, b: 0, talks: 3, nights: 2 }
  const scores = scoreInstrument(all, answers, [], { completedOn: null, prices: new Map([['p', { talk: 0.1, night: 100 }]]) })
  assert.deepEqual(
    scores.map(({ raw, missing }) => [raw, missing]),
    [
      [2, 0],
      [0.5, 1],
      [200.3, 0],
    ],
  )
})

const unsure = [0, 1, 9].map((value) => ({ value, text: text(`${value}`) }))
const stays = {
  type: 'paneldynamic',
  name: 'stays',
  title: text('stays'),
  maxPanelCount: 5,
  templateElements: [
    date('from'),
    { type: 'radiogroup', name: 'is_over', title: text('is_over'), choices: unsure },
    { ...date('to'), visibleIf: '{panel.is_over} = 1' },
  ],
}
const notKnown = { missing: { allowed: 1, prorate: false, answers: [9] } }
const days = { items: ['stays'], method: 'duration', start: 'from', end: 'to', unit: 'days', over: 'sum', running: { is_over: [0] } }
const ofStays = {
  ...exampleInstrument([[date('seen_on'), stays]]),
  scales: [
    factScale({ id: 'now', items: ['stays'], method: 'records', where: { is_over: [0] }, range: [0, 5], ...notKnown }),
    factScale({ id: 'part', items: ['stays'], method: 'share', where: { is_over: [0] }, range: [0, 1], ...notKnown }),
    factScale({ id: 'until_seen', ...days, asOf: 'seen_on', ...notKnown }),
    factScale({ id: 'until_completed', ...days, ...notKnown }),
  ],
}

function scoredStays(answers: Record<string, unknown>) {
  const { answers: checked, notApplicable, problems } = answerChecker(ofStays)(answers)
  assert.deepEqual(problems, [])
  const scores = scoreInstrument(ofStays, checked, notApplicable, known)
  return Object.fromEntries(scores.map(({ scale, raw, missing, reason }) => [scale, raw === null ? reason : [raw, missing]]))
}

test('of a record of which it is not known whether it fits, nothing is counted: it is missing', () => {
  const two = [
    { from: '2026-01-01', is_over: 1, to: '2026-01-31' },
    { from: '2026-02-01', is_over: 9 },
  ]
  assert.deepEqual(scoredStays({ seen_on: '2026-02-20', stays: two }), {
    now: [0, 1],
    part: [0, 1],
    until_seen: [30, 1],
    until_completed: [30, 1],
  })
  const both = scoredStays({ seen_on: '2026-02-20', stays: [...two, { from: '2026-02-01', is_over: 9 }] })
  assert.deepEqual(new Set(Object.values(both)), new Set(['too-many-missing']))
})

// Seen on 20 February: 30 + 19 days. Completed on 2 March: 30 + 29.
test('what still goes on counts until the day that the list asks for; without that day it is missing', () => {
  const two = [
    { from: '2026-01-01', is_over: 1, to: '2026-01-31' },
    { from: '2026-02-01', is_over: 0 },
  ]
  const seen = scoredStays({ seen_on: '2026-02-20', stays: two })
  assert.deepEqual(
    [seen.until_seen, seen.until_completed],
    [
      [49, 0],
      [59, 0],
    ],
  )
  assert.deepEqual(scoredStays({ stays: two }).until_seen, [30, 1])
  assert.equal(scoredStays({ seen_on: '2026-01-31', stays: two }).until_seen, 'end-before-start')
})

test('whatever the records, an answer which says that it is not known is as good as none', () => {
  const stay = fc.record({ from: fc.constantFrom('2026-01-01', '2026-02-01'), is_over: fc.constantFrom(0, 9), to: fc.constant(undefined) })
  fc.assert(
    fc.property(fc.array(stay, { minLength: 1, maxLength: 5 }), (stays) => {
      const open = stays.map(({ is_over, ...stay }) => (is_over === 9 ? stay : { ...stay, is_over }))
      const seen_on = '2026-03-01'
      assert.deepEqual(scoredStays({ seen_on, stays }), scoredStays({ seen_on, stays: open }))
    }),
  )
})

test('a cost of a kind that is not known is missing, and an amount is never taken for an answer that says so', () => {
  const kind = { type: 'radiogroup', name: 'used', title: text('used'), choices: unsure }
  const group = { type: 'paneldynamic', name: 'uses', title: text('uses'), maxPanelCount: 5, templateElements: [kind, number('times')] }
  const cost = { id: 'cost', items: ['uses'], method: 'cost', priceTable: 'p', kind: 'used', amount: 'times', unitPrices: { 1: 'talk' } }
  const all = { ...exampleInstrument([[group]]), scales: [factScale({ ...cost, ...notKnown })] }
  const uses = [
    { used: 1, times: 9 },
    { used: 9, times: 3 },
  ]
  const [score] = scoreInstrument(all, { uses }, [], { completedOn: null, prices: new Map([['p', { talk: 10 }]]) })
  assert.deepEqual(score, { scale: 'cost', raw: 90, missing: 1, reason: null })
})

const day = fc.integer({ min: 0, max: 3000 })
const dayText = (days: number) => new Date(Date.UTC(2018, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)
const placement = fc.record({ kind: fc.constantFrom(0, 1, 2), from: day, days: day, nights: fc.integer({ min: 0, max: 5000 }) })

test('whatever the records: days, number and cost agree with plain arithmetic, and their order does not matter', () => {
  fc.assert(
    fc.property(fc.array(placement, { minLength: 1, maxLength: 5 }), (all) => {
      const records = all.map(
        ({ kind, from, days, nights }): AnswerRecord => ({ kind, start: dayText(from), ended: 1, end: dayText(from + days), nights }),
      )
      const cents = [0, 1010, 10_000]
      const expected = {
        number: all.length,
        foster: all.filter(({ kind }) => kind === 1).length,
        days: all.reduce((sum, { days }) => sum + days, 0),
        ended_share: 1,
        cost: all.reduce((sum, { kind, nights }) => sum + (cents[kind] ?? 0) * nights, 0) / 100,
      }
      assert.deepEqual(scored({ placed: 1, placements: records }), expected)
      assert.deepEqual(scored({ placed: 1, placements: records.toReversed() }), expected)
    }),
  )
})

test('a union is the time in which at least one went on: the days that are in any of the records', () => {
  const inDays = { id: 'days', items: ['placements'], method: 'duration', start: 'start', end: 'end', over: 'union' }
  const union = { ...instrument, scales: [factScale({ ...inDays, unit: 'days' }), factScale({ ...inDays, id: 'months', unit: 'months' })] }
  const of = (...periods: [string, string][]) =>
    scoreInstrument(union, { placed: 1, placements: periods.map(([start, end]) => ({ start, ended: 1, end })) }).map(({ raw }) => raw)
  // 15 January to 15 March and on to 20 April is 95 days and three whole months; the one in May is 10 days, no month.
  assert.deepEqual(of(['2026-05-01', '2026-05-11'], ['2026-03-15', '2026-04-20'], ['2026-01-15', '2026-03-15']), [105, 3])
  assert.deepEqual(of(['2026-01-01', '2026-12-31'], ['2026-02-01', '2026-03-01']), [364, 11])

  const period = fc.record({ from: fc.integer({ min: 0, max: 300 }), days: fc.integer({ min: 0, max: 60 }) })
  fc.assert(
    fc.property(fc.array(period, { minLength: 1, maxLength: 5 }), (all) => {
      const covered = new Set(all.flatMap(({ from, days }) => Array.from({ length: days }, (_, index) => from + index)))
      assert.equal(of(...all.map(({ from, days }): [string, string] => [dayText(from), dayText(from + days)]))[0], covered.size)
    }),
  )
})

test('a share is a part: between 0 and 1 however many are known', () => {
  const one = fc.record({ ended: fc.constantFrom(0, 1) }, { requiredKeys: [] })
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), (records) => {
      const share = scored({ placed: 1, placements: records }).ended_share
      const open = records.filter((record) => record.ended === undefined).length
      if (open > 0) assert.equal(share, open === records.length ? 'no-answer' : 'too-many-missing')
      else assert.equal(share, records.filter((record) => record.ended === 1).length / records.length)
    }),
  )
})

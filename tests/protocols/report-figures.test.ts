/** What a figure of a report may not be. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkReport } from '../../protocols/check-report.ts'
import type { ReportFigure } from '../../protocols/report-schema.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'

const { protocols, instruments, norms } = loadDefinitions(undefined)
const protocol = protocols.need('familie-aan-zet@0.3.0-standin')
const sections = protocol.report?.sections ?? []
const agreement = sections.flatMap(({ figures }) => figures).find(({ kind }) => kind === 'agreement') ?? assert.fail()

/** The mistakes of a report with this figure alone. */
const mistakesOf = (figure: ReportFigure) =>
  checkReport(
    { ...protocol, report: { alpha: 0.05, groups: {}, sections: [{ id: 'one', title: agreement.title, tables: [], figures: [figure] }] } },
    { instruments, tables: norms.tables },
  )

test('a figure of agreement is sound as it ships', () => {
  assert.deepEqual(mistakesOf(agreement), [])
})

test('agreement is of two sources about a case', () => {
  const [first] = agreement.series
  assert.ok(first)
  assert.deepEqual(mistakesOf({ ...agreement, series: [first] }), [
    { path: '/report/sections/0/figures/0/series', reason: 'agreement is of two sources: name two' },
  ])
  assert.deepEqual(mistakesOf({ ...agreement, unit: 'list' }), [
    { path: '/report/sections/0/figures/0/unit', reason: 'two sources agree about a case: count cases' },
  ])
})

test('only means have an interval that can be chosen', () => {
  assert.deepEqual(mistakesOf({ ...agreement, interval: 'bootstrap-interval' }), [
    { path: '/report/sections/0/figures/0/interval', reason: 'agreement has no means with an interval' },
  ])
  assert.deepEqual(mistakesOf({ ...agreement, kind: 'intervals', interval: 'bootstrap-interval' }), [])
})

test('response tells by the day or the week how fast lists come in', () => {
  const [first] = agreement.series
  assert.ok(first)
  const response: ReportFigure = { ...agreement, kind: 'response', measure: { list: 'came' }, series: [first], step: 'day' }
  assert.deepEqual(mistakesOf(response), [])
  assert.deepEqual(mistakesOf({ ...response, kind: 'bars' }), [
    { path: '/report/sections/0/figures/0/step', reason: 'bars does not go by the day or the week' },
  ])
  const [wrong] = mistakesOf({ ...response, measure: { scale: 'safety', part: 'raw' } })
  assert.equal(wrong?.reason, 'response tells how fast lists come in: give the measure { "list": "came" }')
})

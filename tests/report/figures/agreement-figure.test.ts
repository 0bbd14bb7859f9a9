/** Two sources about the same families, held beside sums done here. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { reportSchema } from '../../../protocols/report-schema.ts'
import { loadDefinitions } from '../../../server/definitions/load.ts'
import type { ReportContext } from '../../../server/report/context.ts'
import { agreementDrawn, agreementFigure } from '../../../server/report/figures/agreement-figure.ts'
import type { ReportCase, ReportList } from '../../../server/report/report-case.ts'

const definitions = loadDefinitions(undefined)
const sources = ['succint-referrer', 'succint-informant'] as const
const both = (text: string) => ({ nl: text, en: text })
const definition = reportSchema.parse({
  sections: [
    {
      id: 'one',
      title: both('One'),
      figures: [
        {
          id: 'agreement',
          title: both('Agreement'),
          kind: 'agreement',
          unit: 'case',
          measure: { scale: 'safety' },
          series: sources.map((id) => ({ title: both(id), of: { instruments: [id] } })),
          waves: ['FU3'],
        },
      ],
    },
  ],
})

const listOf = (instrument: string, raw: number | null): ReportList => ({
  instrument,
  version: '0.1.0-standin',
  wave: 'FU3',
  role: instrument,
  person: instrument,
  completed: true,
  answers: {},
  notApplicable: new Set(),
  scores: new Map([['safety', { raw, z: null, band: null, reason: raw === null ? 'missing' : null }]]) as ReportList['scores'],
  weights: new Map(),
})

/** What both said of each family; null: nothing. */
function figureOf(said: readonly (readonly [number | null, number | null])[]) {
  const cases = said.map((values, index): ReportCase => {
    const code = `A-${String(index).padStart(3, '0')}`
    const lists = sources.flatMap((id, place) => (values[place] === undefined ? [] : [listOf(id, values[place])]))
    return { id: code, code, arm: 'conference', cohort: 'prospective', region: null, groups: new Set(), lists }
  })
  const context = {
    definition,
    cases,
    known: new Map(),
    options: { percentages: 'plain', maskBelow: null },
    plan: {
      protocol: definitions.protocols.need('familie-aan-zet@0.3.0-standin'),
      prices: [],
      instruments: sources.map((id) => {
        const latest = definitions.instruments.need(`${id}@0.1.0-standin`)
        return { id, versions: [latest], latest, norms: [], variables: [] }
      }),
    },
  } as unknown as ReportContext
  return agreementFigure(context, definition.sections[0]?.figures[0] ?? assert.fail())
}

const score = fc.option(fc.integer({ min: 0, max: 30 }))

test('only families of whom both gave a score are counted, and the limits are those of their differences', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(score, score), { maxLength: 30 }), (said) => {
      const { figure } = figureOf(said)
      const pairs = said.filter((pair): pair is [number, number] => pair.every((one) => one !== null))
      const [row] = figure.table.rows
      assert.ok(row?.kind === 'cells')
      const [n, bias, sd] = row.cells.map((cell) => ('value' in cell ? cell.value : null))
      assert.equal(n, pairs.length)
      assert.equal(row.cells[0]?.cases.length, pairs.length)
      if (pairs.length < 2) return assert.equal(figure.series[0]?.limits, null)
      const differences = pairs.map(([first, second]) => first - second)
      const mean = differences.reduce((sum, one) => sum + one, 0) / differences.length
      const spread = Math.sqrt(differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (differences.length - 1))
      const near = (found: number | null | undefined, wanted: number) =>
        assert.ok(typeof found === 'number' && Math.abs(found - wanted) < 1e-3, `${found} ${wanted}`)
      near(bias, mean)
      near(sd, spread)
      near(figure.series[0]?.limits?.low, mean - 1.96 * spread)
      near(figure.series[0]?.limits?.high, mean + 1.96 * spread)
    }),
    { numRuns: 50 },
  )
})

test('points say nothing of who is who: they lie in the order of their values', () => {
  const { figure } = figureOf([
    [9, 1],
    [3, 8],
    [3, 2],
  ])
  assert.deepEqual(figure.series[0]?.pairs, [
    [3, 2],
    [3, 8],
    [9, 1],
  ])
})

test('where small numbers are left out no family is drawn, and nothing at all of few', () => {
  const { figure } = figureOf([
    [9, 1],
    [3, 8],
  ])
  assert.deepEqual(agreementDrawn(figure, true).series[0]?.pairs, [])
  const [row] = figure.table.rows
  assert.ok(row?.kind === 'cells')
  const masked = {
    ...figure,
    table: { ...figure.table, rows: [{ ...row, cells: row.cells.map((cell) => ({ ...cell, masked: true as const })) }] },
  }
  assert.equal(agreementDrawn(masked, true).series[0]?.limits, null)
})

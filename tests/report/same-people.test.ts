/** Change is of the same person, also where two parents of a family answer: worked out by hand. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { reportSchema } from '../../protocols/report-schema.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import type { ReportContext } from '../../server/report/context.ts'
import { buildFigure } from '../../server/report/figures/figure.ts'
import { observe } from '../../server/report/observe.ts'
import { testSentence } from '../../server/report/output/sentences.ts'
import type { ReportCase, ReportList } from '../../server/report/report-case.ts'
import { asOnePerson } from '../../server/report/same-people.ts'
import { buildTable } from '../../server/report/table.ts'

const definitions = loadDefinitions(undefined)
const both = (text: string) => ({ nl: text, en: text })
const waves = ['T0', 'FU3', 'FU9']
const change = (wave: string, since: string) => ({
  title: both(`${since} to ${wave}`),
  of: { wave },
  describe: { scale: 'total', since },
})
const figure = (kind: 'trajectories' | 'transitions') => ({
  id: kind,
  title: both(kind),
  kind,
  unit: 'case',
  of: { instruments: ['veo'] },
  measure: kind === 'transitions' ? { scale: 'total', part: 'band' } : { scale: 'total' },
  series: [{ title: both('all'), of: {} }],
  waves,
})
const paired = (...[from, to]: string[]) => ({ kind: 'paired-t', sides: 'two', describe: { scale: 'total' }, waves: [from, to] })
const definition = reportSchema.parse({
  sections: [
    {
      id: 'one',
      title: both('One'),
      tables: [
        {
          id: 'change',
          title: both('Change'),
          unit: 'case',
          of: { instruments: ['veo'] },
          columns: [{ title: both('All'), of: {} }],
          statistics: ['n', 'mean'],
          rows: [change('FU3', 'T0'), change('FU9', 'T0'), change('FU9', 'FU3')],
          tests: [paired('T0', 'FU3'), paired('T0', 'FU9'), { kind: 'repeated-anova', sides: 'two', describe: { scale: 'total' }, waves }],
        },
      ],
      figures: [figure('trajectories'), figure('transitions')],
    },
  ],
})

/** Of each family its parents in their order, each with what they gave at the three waves. Of the first no parent has all three. */
const families: (number | null)[][][] = [
  [
    [null, 14, 15],
    [10, 9, null],
  ],
  [
    [8, 9, 12],
    [20, 20, 20],
  ],
  [[5, 9, 6]],
]
const bandOf = (raw: number | null) => raw && (raw < 11 ? 'low' : 'high')

const listOf = (wave: string, person: string, raw: number | null): ReportList => ({
  instrument: 'veo',
  version: '0.1.0-standin',
  wave,
  role: 'parent',
  person,
  completed: true,
  answers: {},
  notApplicable: new Set(),
  scores: new Map([['total', { raw, z: null, band: bandOf(raw), reason: raw === null ? 'missing' : null }]]) as ReportList['scores'],
  weights: new Map(),
})

const cases = families.map((parents, index): ReportCase => {
  const code = `S-${index}`
  const lists = waves.flatMap((wave, at) => parents.map((values, place) => listOf(wave, `${code} ${place}`, values[at] ?? null)))
  return { id: code, code, arm: 'conference', cohort: 'prospective', region: null, groups: new Set(), lists }
})
const latest = definitions.instruments.need('veo@0.1.0-standin')
const bands = ['low', 'high'].map((value) => ({ value, label: both(value) }))
const variables = [{ members: [{ column: { origin: { scale: { id: 'total' }, part: 'band' }, values: bands } }] }]
const context = {
  definition,
  cases,
  known: new Map(),
  knownItems: new Map(),
  options: { percentages: 'plain', maskBelow: null },
  plan: {
    protocol: definitions.protocols.need('familie-aan-zet@0.3.0-standin'),
    prices: [],
    instruments: [{ id: 'veo', versions: [latest], latest, norms: [], variables }],
  },
} as unknown as ReportContext
const [{ tables: [table] = [], figures = [] } = { tables: [] }] = definition.sections

describe('with two parents', () => {
  const built = buildTable(context, table ?? assert.fail()).table
  const near = (found: number, wanted: number) => assert.ok(Math.abs(found - wanted) < 1e-9, `${found} ${wanted}`)

  test('the change is of the first parent with a value in both waves, and a family without one has none', () => {
    const found = built.rows.map((row) => (row.kind === 'cells' ? row.cells.map((cell) => ('value' in cell ? cell.value : null)) : []))
    // The father of the first family, and the mothers of the others: -1, 1, 4. Since nobody of the first has both: 4, 1. Its mother: 1, 3, -3.
    assert.deepEqual(found, [
      [3, 4 / 3],
      [2, 5 / 2],
      [3, 1 / 3],
    ])
  })

  test('paired tests are of the same pairs, and families without one are counted as left out', () => {
    const [first, second, all] = built.tests.map(({ outcome }) => ('refused' in outcome ? assert.fail(outcome.refused) : outcome))
    // Earlier less later is 1, -1, -4: mean -4/3, variance 19/3.
    near(first?.value ?? 0, -4 / Math.sqrt(19))
    assert.deepEqual([first?.n, first?.dropped], [[3], 0])
    const [sentence] = built.tests.map((one) => testSentence(one).en)
    assert.match(sentence ?? '', /t\(2\) = -0\.92, .* Difference \(Start less After 3 months\): -1\.33 \(95%/)
    near(second?.value ?? 0, -5 / 3)
    assert.deepEqual([second?.n, second?.dropped], [[2], 1])
    assert.deepEqual([all?.n, all?.dropped], [[2], 1])
  })

  test('who answered in more waves is the same person, too', () => {
    const asked = { measure: { scale: 'total', part: 'raw' }, unit: 'case' } as const
    const at = (wave: string, ...answeredIn: string[]) =>
      observe(context, { ...asked, place: { groups: [], instruments: ['veo'], wave, answeredIn } }).values.map(({ value }) => value)
    assert.deepEqual(at('FU3', 'T0'), [9, 9, 9])
    assert.deepEqual(at('FU3', 'FU9'), [14, 9, 9])
    assert.deepEqual(at('FU3', 'T0', 'FU9'), [9, 9])
  })

  test('a line is of one parent: who has the most waves, and of those whoever began first', () => {
    const drawn = buildFigure(context, figures[0] ?? assert.fail()).figure
    assert.deepEqual(
      drawn.series[0]?.lines.map(({ values }) => values),
      [
        [10, 9, null],
        [8, 9, 12],
        [5, 9, 6],
      ],
    )
  })

  test('from band to band goes one parent', () => {
    const { rows } = buildFigure(context, figures[1] ?? assert.fail()).figure.table
    // From the start to three months the father of the first family, low twice; from then on its mother, high twice.
    assert.deepEqual(
      rows.flatMap((row) => (row.kind === 'cells' ? [row.cells.map((cell) => ('value' in cell ? cell.value : null))] : [])),
      [
        [3, 0, 3],
        [0, 0, 0],
        [1, 1, 2],
        [0, 1, 1],
      ],
    )
  })
})

test('who took the place of another is another person, but a file that somebody else goes on with is the same file', () => {
  const seat = (role: string) => [
    { id: `${role} 1`, role, succeedsId: null },
    { id: `${role} 2`, role, succeedsId: `${role} 1` },
  ]
  const people = asOnePerson(['referrer', 'file-researcher'].flatMap(seat), definitions.protocols.need('familie-aan-zet@0.5.2-standin'))
  assert.deepEqual([...people.values()], ['referrer 1', 'referrer 2', 'file-researcher 1', 'file-researcher 1'])
})

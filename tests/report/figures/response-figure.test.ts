/** Response over time: what may still come is not counted as what did not. Worked out by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reportSchema } from '../../../protocols/report-schema.ts'
import { loadDefinitions } from '../../../server/definitions/load.ts'
import type { ReportContext } from '../../../server/report/context.ts'
import { buildFigure, drawn } from '../../../server/report/figures/figure.ts'
import { maskedTables } from '../../../server/report/masking/masked-table.ts'
import type { ReportCase, ReportList } from '../../../server/report/report-case.ts'

const definitions = loadDefinitions(undefined)
const both = (text: string) => ({ nl: text, en: text })
const definition = (unit: 'case' | 'list') =>
  reportSchema.parse({
    sections: [
      {
        id: 'one',
        title: both('One'),
        tables: [],
        figures: [
          {
            ...{ id: 'response', title: both('Response'), kind: 'response', unit, of: { instruments: ['veo'] }, measure: { list: 'came' } },
            ...{ series: [{ title: both('all'), of: {} }], waves: ['T0'], note: both('Own note.') },
          },
        ],
      },
    ],
  })

/** `came`: after how many days, or null. */
type Sent = { came: number | null; isOpen?: boolean }
const listOf = ({ came, isOpen = false }: Sent, place: number): ReportList => ({
  ...{ instrument: 'veo', version: '0.1.0-standin', wave: 'T0', role: 'parent', person: `p${place}`, completed: came !== null },
  ...(came !== null && { days: came }),
  ...(isOpen && { isOpen }),
  ...{ answers: {}, notApplicable: new Set(), scores: new Map(), weights: new Map() },
})

function figureOf(families: Sent[][], unit: 'case' | 'list', maskBelow: number | null = null) {
  const cases = families.map((lists, index): ReportCase => {
    const code = `S-${index}`
    return { id: code, code, arm: 'conference', cohort: 'prospective', region: null, groups: new Set(), lists: lists.map(listOf) }
  })
  const asked = definition(unit)
  const latest = definitions.instruments.need('veo@0.1.0-standin')
  const context = {
    ...{ definition: asked, cases, known: new Map(), knownItems: new Map(), options: { percentages: 'plain', maskBelow } },
    plan: {
      protocol: definitions.protocols.need('familie-aan-zet@0.3.0-standin'),
      prices: [],
      instruments: [{ id: 'veo', versions: [latest], latest, norms: [], variables: [] }],
    },
  } as unknown as ReportContext
  const [{ figures: [own] = [] } = { figures: [] }] = asked.sections
  const { figure, amounts } = buildFigure(context, own ?? assert.fail())
  if (maskBelow === null) return figure
  const [table = assert.fail()] = maskedTables([{ table: figure.table, amounts, tested: [] }], maskBelow, {
    together: {},
    members: () => new Set(cases),
  })
  return drawn({ ...figure, table }, true)
}

const rowsOf = ({ table }: ReturnType<typeof figureOf>) =>
  table.rows.map((row) =>
    row.kind === 'cells' ? [row.title.en, ...row.cells.map((cell) => ('value' in cell ? cell.value : null))].join(' ') : row.kind,
  )

// Two came in time and one did not; one that came and two that did not can still change what is known of their days.
const families: Sent[][] = [
  [{ came: 3 }],
  [{ came: 8 }],
  [{ came: null }],
  [{ came: 1, isOpen: true }],
  [{ came: null, isOpen: true }],
  [{ came: null, isOpen: true }, { came: 2 }],
]

test('only lists of which the time is over count, answered or not, and the table says how many are still open', () => {
  const figure = figureOf(families, 'case')
  assert.deepEqual(rowsOf(figure), [
    'Within 1 week 1',
    'Within 2 weeks 2',
    'Asked, and the time is over (n) 3',
    'Time not over yet, not counted (n) 3',
  ])
  assert.deepEqual(figure.series[0]?.curves?.[0]?.shares, [100 / 3, 200 / 3])
  const [over] = figure.table.notes
  assert.equal(figure.notes[0]?.en, 'Own note.')
  assert.match(over?.en ?? '', /^Only lists of which the time to answer is over are counted/)
  assert.match(figure.table.denominators[0]?.en ?? '', /; the time to answer is over$/)
  // Of lists each by itself.
  assert.deepEqual(rowsOf(figureOf(families, 'list')).slice(-2), [
    'Asked, and the time is over (n) 4',
    'Time not over yet, not counted (n) 3',
  ])
})

test('when all are still open there is nothing to tell yet, and no curve at nought', () => {
  const figure = figureOf([[{ came: 1, isOpen: true }], [{ came: null, isOpen: true }]], 'case')
  assert.deepEqual(figure.warnings, [{ code: 'no-data' }])
  assert.deepEqual(rowsOf(figure), ['Asked, and the time is over (n) 0', 'Time not over yet, not counted (n) 2'])
})

test('without small numbers it is not told that a few are open, nor what they would follow from', () => {
  const over = Array.from({ length: 12 }, (): Sent[] => [{ came: 2 }])
  const open = (count: number) => [...over, ...Array.from({ length: count }, (): Sent[] => [{ came: null, isOpen: true }])]
  const few = figureOf(open(3), 'case', 5)
  // Of all who were asked, whom other tables tell, the others would leave these three.
  assert.deepEqual(rowsOf(few), ['Within 1 week ', 'Asked, and the time is over (n) ', 'Time not over yet, not counted (n) '])
  assert.deepEqual(few.series[0]?.curves?.[0]?.shares, [null])
  assert.deepEqual(figureOf(open(6), 'case', 5).series[0]?.curves?.[0]?.shares, [100])
  assert.equal(rowsOf(figureOf(open(6), 'case', 5)).at(-1), 'Time not over yet, not counted (n) 6')
  assert.equal(rowsOf(figureOf(open(0), 'case', 5)).at(-1), 'Time not over yet, not counted (n) 0')
})

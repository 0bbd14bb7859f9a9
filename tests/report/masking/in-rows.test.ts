/** What a chi-square says beside a table without its small numbers: its n's, statistic and V, what was expected, the difference of shares. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Category } from '../../../protocols/report-schema.ts'
import { testSentence } from '../../../server/report/output/sentences.ts'
import type { TableResult } from '../../../server/report/result.ts'
import { both, type Json } from '../../instruments/small-files.ts'
import { type Family, moodTables } from '../mood-report.ts'

const names = ['one', 'other']

/** Answers to q1 that are counted together. */
const classes = (...values: number[][]): Json[] => values.map((some): Category => ({ title: both(`${some}`), values: some }))
const own = undefined
const [first, second, third] = [classes([1], [2, 3, 4]), classes([1, 2], [3, 4]), classes([1, 2, 3], [4])]

/** How often each group gave each answer; all four of them, or of fewer the first. */
type Counts = readonly (readonly number[])[]

const familiesOf = (counts: Counts): Family[] =>
  counts.flatMap((group, at) =>
    group.flatMap((count, value) =>
      Array.from({ length: count }, (): Family => ({ groups: [names[at] as string], lists: [{ q1: value + 1 }] })),
    ),
  )

const row = (categories: Json[] | undefined, of: Json = {}): Json => ({ count: { item: 'q1' }, of, ...(categories && { categories }) })
const chiSquare = (categories: Json[] | undefined): Json => ({
  ...{ kind: 'chi-square', sides: 'two', count: { item: 'q1' }, groups: names },
  ...(categories && { categories }),
})
const table = (rows: Json[], tests: Json[], more: Json = {}): Json => ({
  ...{ id: '1', title: both('Mood'), unit: 'case', of: { instruments: ['mood'], wave: 'T0' } },
  ...{ columns: names.map((group) => ({ of: { group } })), rows, tests },
  ...more,
})
/** With statistics in its columns a table cannot have a row of counts. */
const means = table([{ describe: { scale: 'total' } }], [chiSquare(own)], { statistics: ['n', 'mean'] })

/** Each: tables with a chi-square of q1, which stands in rows as it is counted, otherwise, or in none. */
const reports: Record<string, Json[]> = {
  'each answer in a row': [table([row(own)], [chiSquare(own)])],
  'answers that rows have apart': [table([row(own)], [chiSquare(second)])],
  'answers that rows have together': [table([row(second)], [chiSquare(own)])],
  'other answers together than in the rows': [table([row(second)], [chiSquare(third)])],
  'answers that follow from two rows': [table([row(first), row(third)], [chiSquare(classes([1], [2, 3], [4]))])],
  'only some of the answers': [table([row(classes([1], [2]))], [chiSquare(own)])],
  'rows of another table': [table([row(own)], []), { ...table([row(first)], [chiSquare(own)]), id: '2' }],
  'rows of everybody': [table([row(own)], [chiSquare(own)], { columns: [{ of: {} }] })],
  'rows of one of the groups': [table([row(own)], [chiSquare(own)], { columns: [{ of: { group: 'one' } }] })],
  'no row at all': [means],
}

/** All ways to put `n` in so many places. */
function* waysOf(places: number, n: number): Generator<number[]> {
  if (places === 1) return yield [n]
  for (let one = 0; one <= n; one++) for (const others of waysOf(places - 1, n - one)) yield [one, ...others]
}

/** Two groups with so many different answers. */
function* samples(answers: number, most: number): Generator<Counts> {
  for (let n = 0; n <= most; n++) for (const counts of waysOf(2 * answers, n)) yield [counts.slice(0, answers), counts.slice(answers)]
}

/** Cells as they stand in a report. */
const inRows = (tables: readonly TableResult[]): string =>
  JSON.stringify(
    tables.map(({ rows }) => rows.map((one) => (one.kind === 'cells' ? one.cells.map(({ cases: _, ...cell }) => cell) : one.title.en))),
  )

/** Tests as they are read, and as they stand in files. */
const inTests = (tables: readonly TableResult[]): string =>
  tables.flatMap(({ tests }) => tests.map((one) => `${testSentence(one).en} ${JSON.stringify(one.outcome)}`)).join()

test('of all small samples a chi-square tells nothing that rows do not tell: of those with the same rows none has another one', () => {
  for (const [answers, most, below] of [
    [4, 4, 2],
    [2, 7, 3],
  ] as const)
    for (const [name, tables] of Object.entries(reports)) {
      const told = new Map<string, Map<string, Counts>>()
      let shown = 0
      for (const counts of samples(answers, most)) {
        const found = moodTables({ tables }, familiesOf(counts), below)
        const rows = inRows(found)
        const tests = inTests(found)
        if (tests.includes('X²')) shown++
        told.set(rows, (told.get(rows) ?? new Map()).set(tests, counts))
      }
      for (const [rows, tests] of told) assert.equal(tests.size, 1, `${name}: ${rows}\n${JSON.stringify([...tests])}`)
      const isInRows = ['each answer in a row', 'answers that rows have apart', 'rows of another table'].includes(name)
      // Of two answers all are in one of those classes.
      if (answers === 4 || !isInRows) assert.equal(shown > 0, isInRows, `${name}: ${shown} are shown`)
    }
})

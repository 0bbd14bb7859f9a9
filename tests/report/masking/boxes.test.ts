/** Boxes of which several can be ticked, with small numbers left out: tried of all small samples. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instrumentSchema } from '../../../instruments/schema.ts'
import { both, choices, type Json, smallInstrument } from '../../instruments/small-files.ts'
import { type Family, moodTables } from '../mood-report.ts'

const list = { ...smallInstrument(), scales: [] }
list.survey.pages[0].elements[1] = { type: 'checkbox', name: 'q1', title: both('One'), choices: choices(1, 2) }
const mood = instrumentSchema.parse(list)
const tableWith = (missing: string): Json => ({
  ...{ id: '1', title: both('Boxes'), unit: 'case', of: { instruments: ['mood'], wave: 'T0' }, columns: [{ of: {} }] },
  rows: [{ count: { item: 'q1' }, missing }],
})

/** What can be ticked; nothing is an answer that is missing. */
const ways = [[], [1], [2], [1, 2]]
/** How many families ticked each. */
const familiesOf = (counts: readonly number[]): Family[] =>
  counts.flatMap((count, at) =>
    Array.from({ length: count }, (): Family => ({ groups: [], lists: [ways[at]?.length ? { q1: ways[at] } : {}] })),
  )

/** All ways to put `n` in so many places. */
function* waysOf(places: number, n: number): Generator<number[]> {
  if (places === 1) return yield [n]
  for (let one = 0; one <= n; one++) for (const others of waysOf(places - 1, n - one)) yield [one, ...others]
}

/** Cells as they stand in a report. */
const printed = (missing: string, counts: readonly number[], below: number): string =>
  JSON.stringify(
    moodTables({ tables: [tableWith(missing)] }, familiesOf(counts), below, [mood]).map(({ rows }) =>
      rows.map((row) => (row.kind === 'cells' ? row.cells.map(({ cases: _, ...cell }) => cell) : [])),
    ),
  )

for (const missing of ['left-out', 'shown', 'counted'])
  test(`how many ticked a box, left one open or answered at all is never known to be small where missing answers are ${missing}`, () => {
    const below = 3
    const told = new Map<string, number[][]>()
    for (let n = 0; n <= 10; n++)
      for (const counts of waysOf(ways.length, n)) {
        // So many with a missing answer, so that what is tried has no end that tells how many they are.
        if (n - (counts[0] ?? 0) > 6) continue
        const shown = printed(missing, counts, below)
        const [none, first, second, all] = counts as [number, number, number, number]
        const isSaid = missing !== 'left-out'
        told.set(shown, [
          ...(told.get(shown) ?? []),
          // What was not ticked, of those who ticked something; and who ticked nothing at all, where that is told.
          [first + all, second + all, second, first, isSaid ? none : 0, first + second + all],
        ])
      }
    for (const [shown, found] of told)
      for (const [secret] of (found[0] ?? []).entries()) {
        const values = new Set(found.map((one) => one[secret] as number))
        const [only = 0] = values
        assert.ok(values.size > 1 || only === 0 || only >= below, `${only} is known for secret ${secret} of ${found.length}: ${shown}`)
      }
    assert.ok(told.size > 10)
  })

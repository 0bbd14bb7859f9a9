/** How tables are put on paper. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { onPaper } from '../../../server/report/output/paper-panels.ts'
import type { ShownCell, ShownRow } from '../../../server/report/output/shown.ts'

const cell = (text: string): ShownCell => ({ text, masked: false, n: 1, asked: 1, denominator: 0 })
const word = fc.string({ minLength: 1, maxLength: 30 })

/** Tables of some groups of columns; each cell says where it stands. */
const tables = fc
  .record({
    spans: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
    heads: fc.infiniteStream(word),
    rows: fc.nat(5),
    isFlat: fc.boolean(),
  })
  .map(({ spans, heads, rows, isFlat }) => {
    const next = (): string => heads.next().value as string
    const width = spans.reduce((total, span) => total + span, 0)
    const under = Array.from({ length: width }, () => ({ text: next(), span: 1 }))
    const lines = Array.from(
      { length: rows },
      (_, row): ShownRow => ({
        title: next(),
        cells: Array.from({ length: width }, (__, column) => cell(`${row} ${column}`)),
      }),
    )
    return { head: isFlat ? [under] : [spans.map((span) => ({ text: next(), span })), under], rows: [{ heading: next() }, ...lines] }
  })

test('every column stands in one panel, in its order, under its heads and beside its title, and no panel is wider than its page', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const { panels, lies } = onPaper(table)
      for (const [at, row] of table.rows.entries())
        assert.deepEqual(
          panels.flatMap(({ rows }) => (rows[at] as { cells?: ShownCell[] }).cells ?? []),
          'cells' in row ? row.cells : [],
        )
      for (const level of table.head.keys())
        assert.deepEqual(
          panels.flatMap(({ head }) => head[level] ?? []),
          table.head[level],
        )
      for (const { columns, head } of panels) {
        assert.equal(columns.length, 1 + (head.at(-1)?.length ?? 0))
        assert.ok(columns.reduce((total, width) => total + width, 0) <= (lies ? 740 : 493))
      }
    }),
  )
})

test('what fits on a page that stands is left whole, and what has no groups lies', () => {
  const wide = (columns: number) => ({
    head: [Array.from({ length: columns }, () => ({ text: 'Gemiddelde', span: 1 }))],
    rows: [{ title: 'Allen', cells: Array.from({ length: columns }, () => cell('12,34 (5,67)')) }],
  })
  assert.deepEqual([onPaper(wide(4)).lies, onPaper(wide(4)).panels.length], [false, 1])
  assert.deepEqual([onPaper(wide(10)).lies, onPaper(wide(10)).panels.length], [true, 1])
})

test('a long table goes on in another panel, with its heads, and never within the rows of one heading', () => {
  const heading = (place: number): ShownRow => ({ heading: `block ${place}`, covers: true })
  const row = (title: string): ShownRow => ({ title, cells: [cell('1')] })
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }), fc.nat(4), (blocks, before) => {
      const rows = [
        ...Array.from({ length: before }, (_, at) => row(`before ${at}`)),
        ...blocks.flatMap((count, place) => [heading(place), ...Array.from({ length: count }, (_, at) => row(`${place} ${at}`))]),
      ]
      const { panels } = onPaper({ head: [[{ text: 'n', span: 1 }]], rows })
      assert.deepEqual(
        panels.flatMap((panel) => panel.rows),
        rows,
      )
      for (const [at, { head, rows: those }] of panels.entries()) {
        assert.deepEqual(head, panels[0]?.head)
        assert.ok(those.length <= 28, `${those.length} rows`)
        if (at > 0) assert.ok(those[0] && 'heading' in those[0])
      }
    }),
  )
})

test('nothing on paper is smaller than 9 points', () => {
  const template = readFileSync(new URL('../../../server/report/output/report.typ', import.meta.url), 'utf8')
  const sizes = [...template.matchAll(/text\((?:font: "[^"]*", size: )?([\d.]+)pt/g)].map(([, size]) => Number(size))
  assert.ok(sizes.length > 6)
  for (const size of sizes) assert.ok(size >= 9, `${size}`)
})

/** Tables with whatever a study could have in them, and what cannot be but a format should bear. */
import fc from 'fast-check'
import { missingCodes } from '../../instruments/missing-codes.ts'
import type { Cell, ColumnHead, ColumnType, Table } from '../../server/export/column.ts'

export interface FilledTable extends Table {
  filled: Cell[][]
}

const both = (text: string) => ({ nl: text, en: `${text} (English)` })

/** Dutch, Arabic, emoji of one and of several code points, and what quotes and separators make of a text. */
const characters = [...'aZ09 ëéĳ€"\',;=\t\n\\/', 'ع', 'ا', 'ئ', 'ل', 'ة', '👪', '🇳🇱', '\u200f', '-9', '你']

/** At most `width` bytes of UTF-8. */
const textUpTo = (width: number) =>
  fc
    .array(fc.constantFrom(...characters), { maxLength: Math.min(width, 400), size: 'max' })
    .map((parts) => parts.reduce((text, part) => (Buffer.byteLength(text + part) <= width ? text + part : text), ''))

/** Of exactly `width` bytes, and without a space at the end. `filler`: what there is most of in a long one. */
const textOf = (width: number, filler = 'x') =>
  textUpTo(width - 1).map((text) => {
    const rest = width - Buffer.byteLength(text)
    const filled = filler.repeat(Math.floor((rest - 1) / Buffer.byteLength(filler)))
    return text + filled + 'x'.repeat(rest - Buffer.byteLength(filled))
  })

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => Math.abs(number) < 1.797e308),
  fc.integer({ min: -120, max: 160 }),
  fc.constantFrom(0, -0, 1e308, -1e308, 5e-324, -5e-324, 2 ** 53, -(2 ** 53), 0.1, 151, 152, -99, -100, 4_294_967_296),
)
const moments = fc.date({ min: new Date('1582-10-15T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
const days = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })

const labels = fc.oneof(textUpTo(40), textUpTo(300)).map((text) => both(`L${text.replaceAll(/\s/g, '_')}`))

const cellsOf: Record<ColumnType, fc.Arbitrary<Cell>> = {
  integer: fc.integer(),
  decimal: numbers,
  text: fc.oneof(textUpTo(12), textUpTo(300)),
  code: fc.constantFrom('open', 'in progress', 'é'),
  date: days.map((day) => day.toISOString().slice(0, 10)),
  moment: moments.map((moment) => moment.toISOString()),
}

const valuesOf: Partial<Record<ColumnType, fc.Arbitrary<(number | string)[]>>> = {
  integer: fc.uniqueArray(fc.integer({ min: -7, max: 200 }), { maxLength: 6 }),
  code: fc.constant(['open', 'in progress', 'é']),
}

interface FilledColumn {
  head: ColumnHead
  cells: Cell[]
}

/** A column of `rows` cells, some of them empty or with a missing code. */
const column = (name: string, type: ColumnType, rows: number, cells = cellsOf[type]): fc.Arbitrary<FilledColumn> =>
  fc
    .record({
      label: labels,
      values: (valuesOf[type] ?? fc.constant([])).chain((values) =>
        fc.tuple(...values.map((value) => labels.map((label) => ({ value, label })))),
      ),
      coded: type === 'moment' ? fc.constant(false) : fc.boolean(),
      isEmpty: fc.nat(9).map((number) => number === 0),
      cells: fc.array(fc.option(cells, { freq: 6 }), { minLength: rows, maxLength: rows }),
      codes: fc.array(fc.option(fc.constantFrom(-9, -8), { freq: 1 }), { minLength: rows, maxLength: rows }),
    })
    .map(({ label, values, coded, isEmpty, cells, codes }) => ({
      head: { name, label, type, values, missing: coded ? missingCodes : [] },
      cells: cells.map((cell, row) => (isEmpty ? null : coded && row % 3 === 0 ? (codes[row] ?? cell) : cell)),
    }))

const tableOf = (name: string, columns: FilledColumn[], rows: number): FilledTable => ({
  name,
  about: 'one row per invention',
  columns: columns.map(({ head }) => head),
  rows: () => [],
  filled: Array.from({ length: rows }, (_, row) => columns.map(({ cells }) => cells[row] ?? null)),
})

const types: ColumnType[] = ['integer', 'decimal', 'text', 'code', 'date', 'moment']

/** Columns of every kind. */
export const mixed = (name: string): fc.Arbitrary<FilledTable> =>
  fc
    .tuple(fc.nat(20), fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 12 }))
    .chain(([rows, kinds]) =>
      fc.tuple(...kinds.map((type, index) => column(`v${index}`, type, rows))).map((columns) => tableOf(name, columns, rows)),
    )

/** Around every place at which the file has texts another way, up to the longest. */
export const widths = [1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 251, 252, 253, 254, 255, 256, 257, 504, 505, 509, 510, 511, 1000, 31_999, 32_000]

/** Texts of each of `widths`, and shorter ones; more than a megabyte together. */
export const texts = (name: string): fc.Arbitrary<FilledTable> =>
  fc
    .tuple(
      ...widths.map((width) =>
        fc
          .tuple(column(`w${width}`, 'text', 39, fc.oneof(textUpTo(width), textOf(width))), textOf(width))
          .map(([{ head, cells }, widest]) => ({ head, cells: [...cells, widest] })),
      ),
    )
    .map((columns) => tableOf(name, columns, 40))

/** Texts that no variable of SPSS can hold. */
export const tooLong = (name: string): fc.Arbitrary<FilledTable> =>
  fc
    .tuple(column('story', 'text', 9, textOf(70_000, 'é   ')), column('story__part2', 'text', 9, textOf(32_001)))
    .map((columns) => tableOf(name, columns, 9))

/** So many columns that a dictionary gets long; the same sixty again and again, under other names. */
export const wide = (name: string, width: number): FilledTable => {
  const kinds = Array.from({ length: 60 }, (_, index) => column('', types[index % types.length] ?? 'text', 2))
  const [some = []] = fc.sample(fc.tuple(...kinds), { numRuns: 1, seed: width })
  const columns = Array.from({ length: width }, (_, index) => {
    const { head, cells } = some[index % some.length] as FilledColumn
    return { head: { ...head, name: `c${index}` }, cells }
  })
  return tableOf(name, columns, 2)
}

export const noRows = (name: string): FilledTable =>
  tableOf(
    name,
    types.map((type) => ({ head: { name: `${type}_column`, label: both(type), type, values: [], missing: [] }, cells: [] })),
    0,
  )

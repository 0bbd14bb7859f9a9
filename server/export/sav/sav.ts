/**
 * `.sav`, the file of SPSS. How wide a text is and how many rows there are stand before the rows, so the rows wait in a scratch file
 * until the last one is known; memory holds about a megabyte of them.
 */
import { Failure } from '../../failure.ts'
import type { Cell, ColumnHead } from '../column.ts'
import type { FileHead, Format } from '../format.ts'
import { CompressedRows } from './compressed-rows.ts'
import { dictionary, ends } from './dictionary.ts'
import { documentLines } from './document-lines.ts'
import { pieces } from './pieces.ts'
import { responseSets } from './response-sets.ts'
import { spssSeconds } from './seconds.ts'
import { groupsOf, segmentOf, segmentWidths } from './segments.ts'
import { Spool, type SpooledCell } from './spool.ts'
import { headsOf, isText, longest, type SavVariable, variablesOf } from './variable.ts'

/** So many bytes of rows are written at a time. */
const blockSize = 1 << 20

export const sav: Format = {
  extension: 'sav',
  async open(file, head) {
    const { columns } = head
    const spool = new Spool(await file.scratch(), columns.map(isText))
    const widths: number[][] = columns.map(() => [])
    return {
      async write(rows) {
        for (const row of rows) {
          const cells = columns.map((column, index) => spooled(column, row[index] ?? null))
          for (const [index, cell] of cells.entries()) widen(widths[index] ?? [], cell)
          await spool.add(cells)
        }
      },
      async finish() {
        const variables = variablesOf(
          head.codebook.map((entry, index) => ({ entry, widths: widths[index] ?? [] })),
          head.language,
        )
        await file.write(dictionary(headOf(head, variables.flat(), spool.rows)))
        const rows = new CompressedRows()
        for await (const cells of spool.read()) {
          for (const [index, cell] of cells.entries()) writeCell(rows, cell, variables[index] ?? [])
          if (rows.length >= blockSize) await file.write(rows.take())
        }
        await file.write(rows.end())
        return headsOf(columns, variables)
      },
    }
  },
}

const headOf = (head: FileHead, variables: SavVariable[], rows: number) => ({
  variables,
  rows,
  label: `${head.study}: ${head.name}`,
  documents: documentLines(head),
  attributes: [
    ['study', head.study],
    ['table', head.name],
    ['about', head.about],
    ['made_at', head.now],
    ...(head.warning === null ? [] : [['warning', head.warning]]),
  ] as [string, string][],
  sets: responseSets(head.columns, head.language),
  now: head.now,
})

/** Throws a Failure for a value that SPSS cannot have. */
function spooled(column: ColumnHead, cell: Cell): SpooledCell {
  if (isText(column)) return cell === null ? [] : pieces(String(cell), longest.text)
  if (cell === null) return null
  const number = typeof cell === 'number' ? cell : spssSeconds(cell)
  if (number === null || !(number > ends.lowest && number < ends.highest))
    throw new Failure(
      `${column.name} is ${cell} in a row, which SPSS cannot have as a ${column.type}. Take the csv, or correct the answer.`,
    )
  return number
}

function widen(widths: number[], cell: SpooledCell): void {
  if (!Array.isArray(cell)) return
  for (const [index, { length }] of cell.entries()) widths[index] = Math.max(widths[index] ?? 0, length)
}

function writeCell(rows: CompressedRows, cell: SpooledCell, variables: SavVariable[]): void {
  if (!Array.isArray(cell)) rows.number(cell)
  else
    for (const [index, { width }] of variables.entries()) {
      const piece = cell[index] ?? Buffer.alloc(0)
      for (const [segment, declared] of segmentWidths(width).entries()) rows.text(segmentOf(piece, segment), groupsOf(declared))
    }
}

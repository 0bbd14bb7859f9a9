/** How a table becomes a file. A format gets the columns first and then the rows, some at a time. */
import type { Cell, ColumnHead } from './column.ts'
import { csv } from './csv.ts'
import type { OutputFile } from './folder.ts'

export interface Format {
  extension: string
  open(file: OutputFile, columns: ColumnHead[]): Promise<RowWriter>
}

export interface RowWriter {
  write(rows: Cell[][]): Promise<void>
}

export const formats = { csv } satisfies Record<string, Format>
export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as FormatName[]

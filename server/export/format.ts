/** How a table becomes a file. A format gets the columns first and then the rows, some at a time. */
import type { languages } from './choices.ts'
import type { CodebookEntry } from './codebook.ts'
import type { Cell, ColumnHead, Table } from './column.ts'
import { csv } from './csv.ts'
import { csvExcelNl } from './csv-excel-nl.ts'
import type { OutputFile } from './folder.ts'
import { ndjson } from './ndjson.ts'
import { parquet } from './parquet/parquet.ts'
import { sav } from './sav/sav.ts'
import { xlsx } from './xlsx/xlsx.ts'

export interface Format {
  /** What stands after the name of the table; no other format has it, so that all of them can lie in one folder. */
  extension: string
  /** May throw a Failure for a table that does not fit in such a file. */
  open(file: OutputFile, head: FileHead): Promise<RowWriter>
}

/** What a file can say beside its rows. */
export interface FileHead extends Omit<Table, 'rows'> {
  language: Language
  /** The moment of the export, ISO 8601: the only time that a file may have in it, so that the same data give the same bytes. */
  now: string
  /** Title of the study. */
  study: string
  /** That wording, norms or prices are not the real ones; null where all of them are. */
  warning: string | null
  /** What the codebook says of each of the columns. */
  codebook: CodebookEntry[]
}

export type Language = (typeof languages)[number]

export interface RowWriter {
  /** Each row has a cell for each column. */
  write(rows: Cell[][]): Promise<void>
  /** Called once, after the last row. Returns the columns as they are in the file, where they are not those of the table. */
  finish?(): Promise<ColumnHead[] | undefined>
}

export const formats = { csv, 'csv-excel-nl': csvExcelNl, sav, xlsx, parquet, ndjson } satisfies Record<string, Format>
type TableFormat = keyof typeof formats

/** These are no formats of a table: see fhir/bundle.ts and codebooks/. */
export type FormatName = TableFormat | 'fhir' | 'phenotype' | 'redcap'
export const isTableFormat = (name: FormatName): name is TableFormat => Object.hasOwn(formats, name)

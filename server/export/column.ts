/**
 * A variable of an exported table: what it is called, what it means, and how its value is found.
 *
 * The data files and the codebook come from the same columns, so that a codebook can't say anything else than the data.
 */
import type { Localized } from '../../instruments/definition.ts'
import type { Item } from '../../instruments/items.ts'
import type { MissingCode } from '../../instruments/missing-codes.ts'
import type { Instrument, Scale } from '../../instruments/schema.ts'
import type { ExportCase } from '../queries/export-rows.ts'
import type { ScorePart, Variable } from './column-names.ts'
import type { NormUse } from './norm-use.ts'
import type { Apart } from './shared-columns.ts'

/** An empty cell is `null`. */
export type Cell = number | string | null

/** Dates are `YYYY-MM-DD`; moments UTC, ISO 8601; a code is one of `values`, as text. */
export type ColumnType = 'integer' | 'decimal' | 'text' | 'code' | 'date' | 'moment'

export interface Value {
  value: number | string
  label: Localized
}

/** What there is to know about a variable, without its values. */
export interface ColumnHead {
  name: string
  label: Localized
  type: ColumnType
  /** What each value means, where values are codes. */
  values: Value[]
  missing: MissingCode[]
  /** Lowest and highest possible value; null where there is no bound. */
  range?: [number | null, number | null]
  /** How it is worked out, for what is no score of a scale. */
  method?: string
  /** Something by which an outsider could recognise a family, in data that are shared. */
  quasiIdentifier?: boolean
  /** Where it comes from, for a column of an instrument. */
  origin?: Origin
}

/** `Source` is what one row is made from. */
export interface Column<Source> extends ColumnHead {
  cell(source: Source): Cell
}

/** What a column is in one version of an instrument. */
export interface InVersion {
  instrument: Instrument
  item?: Item
  scale?: Scale
  /** Norm tables behind the scores of a scale. */
  norms?: NormUse[]
}

/** Where a column comes from. Of several versions what stands here itself is that of the latest. */
export interface Origin extends InVersion {
  variable: Variable
  part?: ScorePart
  /** Of several versions that share the column, each; in the order in which they were taken into use. */
  versions?: InVersion[]
  /** Other versions that have columns of their own. */
  apart?: Apart[]
  /** In a wide file: when, by whom, about whom. */
  wave?: string
  role?: string
  participantNumber?: number
  /** Role and number of the participant whom it is about. */
  about?: string
}

/** The content of one file. */
export interface Table {
  /** File name without extension. */
  name: string
  /** What one row is, for the note beside the files. */
  about: string
  columns: ColumnHead[]
  /** The rows that one case gives, with a cell for each of `columns`. */
  rows(whole: ExportCase): Cell[][]
}

/** Fills in what most columns don't have. */
export function column<Source>(given: Pick<Column<Source>, 'name' | 'label' | 'type' | 'cell'> & Partial<Column<Source>>): Column<Source> {
  return { values: [], missing: [], ...given }
}

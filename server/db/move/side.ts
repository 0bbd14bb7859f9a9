/** One of the two databases of a move, as rows of plain values that are the same on either kind. */
/** As JSON has them, and bytes; true and false are 1 and 0 as in SQLite. */
export type Value = string | number | null | Uint8Array
export type Row = Value[]

/** A column, by what PostgreSQL calls its type. */
export interface Column {
  name: string
  type: 'text' | 'bigint' | 'boolean' | 'bytea' | 'double precision'
}

export interface Table {
  name: string
  /** In the order of their names. */
  columns: Column[]
  /** The tables that its rows belong to rows of. */
  belongsTo: string[]
  /** The column whose numbers the database hands out. */
  numbered: string | null
}

/** One part of a database while nobody else writes in it. */
export interface Side {
  /** For messages. */
  name: string
  /** Names of all tables and their columns, but for what the migrations keep for themselves. */
  shape(): Promise<Map<string, string[]>>
  /** All that a move has to know of the tables, parents before those that belong to them. One side of two can tell. */
  tables?(): Promise<Table[]>
  /** All rows of a table, some at a time. */
  rows(table: Table): AsyncIterable<Row[]>
  /** Adds rows, in a transaction that `keep` ends. */
  add(table: Table, rows: Row[]): Promise<void>
  /** The highest number that a table ever gave to a row. */
  highest(table: Table): Promise<number>
  setHighest(table: Table, number: number): Promise<void>
  /** Commits what was added. */
  keep(): Promise<void>
  /** Lets go of the database; what was added and not kept is undone. */
  close(): Promise<void>
}

/** Rows of `settings` that one kind of database needs and the other has elsewhere: the highest numbers. */
export const isOfOneKind = (table: Table, row: Row): boolean =>
  table.name === 'settings' && String(row[table.columns.findIndex(({ name }) => name === 'name')]).startsWith('highest number in ')

/**
 * The cases behind each number, kept apart from the report and small: a bit per case. A study of a hundred thousand cases has a
 * thousand such numbers.
 */
import type { CaseOfCell, TableResult } from '../result.ts'

export interface CasesBehind {
  /** All that are behind any number. */
  cases: CaseOfCell[]
  /** By table: of each cell, by row and column, which of them. Headings have none. */
  tables: Map<string, (Uint8Array | null)[][]>
}

/** Takes the cases behind the numbers of one table after the other. */
export function collectBehind(): { add(table: TableResult): void; found(): CasesBehind } {
  const places = new Map<string, number>()
  const cases: CaseOfCell[] = []
  const placeOf = (one: CaseOfCell): number => {
    const known = places.get(one.id)
    if (known !== undefined) return known
    places.set(one.id, cases.length)
    return cases.push(one) - 1
  }
  const tables: CasesBehind['tables'] = new Map()
  return {
    add: (table) => void tables.set(table.id, bitsOf(table, placeOf)),
    found: () => ({ cases, tables }),
  }
}

const bitsOf = ({ rows }: TableResult, placeOf: (one: CaseOfCell) => number): (Uint8Array | null)[][] =>
  rows.map((row) => (row.kind === 'heading' ? [] : row.cells.map(({ cases }) => (cases.length === 0 ? null : bits(cases.map(placeOf))))))

function bits(places: readonly number[]): Uint8Array {
  const made = new Uint8Array(Math.floor(places.reduce((most, place) => Math.max(most, place), 0) / 8) + 1)
  for (const place of places) made[place >> 3] = (made[place >> 3] ?? 0) | (1 << (place & 7))
  return made
}

/** The cases of one cell, in the order of their codes; undefined when there is no such cell. */
export function casesOf({ cases, tables }: CasesBehind, table: string, row: number, column: number): CaseOfCell[] | undefined {
  const made = tables.get(table)?.[row]?.[column]
  if (made === undefined) return undefined
  return cases
    .filter((_, place) => made !== null && ((made[place >> 3] ?? 0) & (1 << (place & 7))) !== 0)
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}

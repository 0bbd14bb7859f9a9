/** Whom a cell of a report is about: what its table, column and row say together. */
import type { ReportPlace, ReportTable } from './report-schema.ts'

export interface Place extends Omit<ReportPlace, 'group'> {
  /** All groups that a case has to be in. */
  groups: string[]
}

/**
 * Of several parts of a place: groups narrow each other, of anything else the last one that says it counts. In one order, whichever part says
 * what: places that are the same are written the same.
 */
export function placeOf(...parts: (ReportPlace | undefined)[]): Place {
  const { group: _, ...rest } = Object.assign({}, ...parts.map((part) => defined(part ?? {}))) as ReportPlace
  const sorted = Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { ...sorted, groups: [...new Set(parts.flatMap((part) => part?.group ?? []))] }
}

const defined = (part: ReportPlace): ReportPlace => Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined))

/** The places of a row, one per column. */
export const placesOfRow = ({ of, columns }: Pick<ReportTable, 'of' | 'columns'>, row: { of?: ReportPlace | undefined }): Place[] =>
  columns.map((column) => placeOf(of, column.of, row.of))

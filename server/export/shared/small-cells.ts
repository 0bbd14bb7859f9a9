/** Families that few others are like, by what an outsider could know of them. They are told, and not left out: whoever shares decides. */
import type { ExportCase } from '../../queries/export-rows.ts'

/** Fewer than this is small. */
const small = 5
/** So many kinds are listed. */
const listed = 200

export interface SmallCells {
  /** By these a family could be recognised. */
  by: string[]
  fewerThan: number
  /** Kinds of family, and how many of them have few families. */
  kinds: number
  smallKinds: number
  /** Families of a small kind. */
  cases: number
  /** The small kinds, the smallest first; at most 200. */
  small: { like: Record<string, string>; cases: number }[]
}

export class CellCounter {
  readonly #cells = new Map<string, { like: Record<string, string>; cases: number }>()

  /** `whole` as it is shared, with ages for months of birth. */
  add(whole: ExportCase): void {
    const like = kindOf(whole)
    const key = JSON.stringify(like)
    const cell = this.#cells.get(key) ?? { like, cases: 0 }
    cell.cases++
    this.#cells.set(key, cell)
  }

  found(): SmallCells {
    const cells = [...this.#cells.values()]
    const few = cells
      .filter(({ cases }) => cases < small)
      .sort((a, b) => a.cases - b.cases || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    return {
      by: quasiIdentifiers,
      fewerThan: small,
      kinds: cells.length,
      smallKinds: few.length,
      cases: few.reduce((sum, { cases }) => sum + cases, 0),
      small: few.slice(0, listed),
    }
  }
}

const quasiIdentifiers = ['arm', 'cohort', 'region', 'index_child_age', 'number_of_children', 'sex']

const kindOf = ({ arm, cohort, region, children, participants }: ExportCase): Record<string, string> => ({
  arm,
  cohort,
  region: region ?? '',
  index_child_age: children[0] ?? '',
  number_of_children: String(children.length || ''),
  sex: participants
    .flatMap(({ role, sex }) => (sex === null ? [] : `${role} ${sex}`))
    .sort()
    .join(', '),
})

/** Families that few others are like, by what an outsider could know of them. They are marked, and not left out: whoever shares decides. */
import type { ExportCase } from '../../queries/export-rows.ts'
import { quasiIdentifiers } from './shared-tables.ts'

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

  /** `ages`: of its children, as they are shared. */
  add(whole: ExportCase, ages: string[]): void {
    const like = kindOf(whole, ages)
    const key = JSON.stringify(like)
    const cell = this.#cells.get(key) ?? { like, cases: 0 }
    cell.cases++
    this.#cells.set(key, cell)
  }

  /** Of a case that was added, once all were. */
  isSmall(whole: ExportCase, ages: string[]): boolean {
    return (this.#cells.get(JSON.stringify(kindOf(whole, ages)))?.cases ?? 0) < small
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

const kindOf = ({ arm, cohort, region, participants }: ExportCase, ages: string[]): Record<string, string> => {
  const sexes = participants
    .flatMap(({ role, sex }) => (sex === null ? [] : `${role} ${sex}`))
    .sort()
    .join(', ')
  const values = [arm, cohort, region ?? '', ages[0] ?? '', String(ages.length || ''), sexes]
  return Object.fromEntries(quasiIdentifiers.map((name, index) => [name, values[index] ?? '']))
}

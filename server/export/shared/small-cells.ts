/** Families that few others are like, by what an outsider could know of them. They are marked, and not left out: whoever shares decides. */
import type { ExportCase } from '../../queries/export-rows.ts'
import { answersTo, type Identifiers } from './identifiers.ts'
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
  /** How many families would be of a small kind if nobody knew this one of the identifiers: what it would help to leave it out. */
  casesWithout: Record<string, number>
  /** Not counted among the above: days between the dates of a case. */
  days: DaysBetween
  /** The small kinds, the smallest first; at most 200. */
  small: { like: Record<string, string>; cases: number }[]
}

interface DaysBetween {
  /** Names of the dates that any case has. */
  between: string[]
  /** Families with two of them or more. */
  cases: number
  /** Families of these with whom few share all days between. */
  few: number
}

export class CellCounter {
  /** By the values of a kind, as JSON: a study can have as many kinds as families. */
  readonly #cells = new Map<string, number>()
  readonly #days = new Map<string, number>()
  readonly #dates = new Set<string>()
  readonly #names: string[]
  readonly #identifiers: Identifiers['all']

  /** `identifiers`: those whose answers are in the export. */
  constructor(identifiers: Identifiers['all']) {
    this.#identifiers = identifiers
    this.#names = [...quasiIdentifiers, ...identifiers.map(({ name }) => name)]
  }

  /** `shared`: a case as it is shared. */
  add(shared: ExportCase): void {
    const key = this.#keyOf(shared)
    this.#cells.set(key, (this.#cells.get(key) ?? 0) + 1)
    // As they are shared they begin on the same day in each case.
    const dates = Object.entries(shared.anchors).sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [name] of dates) this.#dates.add(name)
    if (dates.length < 2) return
    const days = JSON.stringify(dates)
    this.#days.set(days, (this.#days.get(days) ?? 0) + 1)
  }

  /** Of a case that was added, once all were. */
  isSmall(shared: ExportCase): boolean {
    return (this.#cells.get(this.#keyOf(shared)) ?? 0) < small
  }

  found(): SmallCells {
    const few = [...this.#cells].filter(([, cases]) => cases < small).sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
    return {
      by: this.#names,
      fewerThan: small,
      kinds: this.#cells.size,
      smallKinds: few.length,
      cases: few.reduce((sum, [, cases]) => sum + cases, 0),
      casesWithout: Object.fromEntries(this.#names.map((name, index) => [name, this.#casesWithout(index)])),
      days: this.#daysBetween(),
      small: few.slice(0, listed).map(([key, cases]) => {
        const values = JSON.parse(key) as string[]
        return { like: Object.fromEntries(this.#names.map((name, index) => [name, values[index] ?? ''])), cases }
      }),
    }
  }

  #daysBetween(): DaysBetween {
    const cases = [...this.#days.values()]
    const sum = (some: number[]): number => some.reduce((total, one) => total + one, 0)
    return { between: [...this.#dates].sort(), cases: sum(cases), few: sum(cases.filter((one) => one < small)) }
  }

  #casesWithout(index: number): number {
    const cells = new Map<string, number>()
    for (const [key, cases] of this.#cells) {
      const other = JSON.stringify((JSON.parse(key) as string[]).toSpliced(index, 1))
      cells.set(other, (cells.get(other) ?? 0) + cases)
    }
    return [...cells.values()].reduce((sum, cases) => sum + (cases < small ? cases : 0), 0)
  }

  #keyOf(shared: ExportCase): string {
    const { arm, cohort, region, children, participants, assignments } = shared
    // Not of whom: who answered and who did not is no trait of a family.
    const languages = assignments.flatMap(({ response }) => response?.language ?? [])
    const sexes = participants.flatMap(({ role, sex }) => (sex === null ? [] : `${role} ${sex}`))
    return JSON.stringify([
      arm,
      cohort,
      region ?? '',
      children[0] ?? '',
      String(children.length || ''),
      sexes.sort().join(', '),
      [...new Set(languages)].sort().join(', '),
      ...this.#identifiers.map((identifier) => answersTo(identifier, shared)),
    ])
  }
}

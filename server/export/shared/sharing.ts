/** What an export of the tier `shared` does with cases and tables, and what it has to say of itself. */
import type { Db } from '../../db/tx.ts'
import { Failure } from '../../failure.ts'
import type { ExportCase } from '../../queries/export-rows.ts'
import { findSharingKey } from '../../queries/sharing-keys.ts'
import type { Table } from '../column.ts'
import type { ExportPlan } from '../plan.ts'
import type { Ages } from './age.ts'
import { dayZero } from './day-zero.ts'
import { disguise } from './disguise.ts'
import { childAges, type Means, sharedCase } from './shared-case.ts'
import { sharedTable } from './shared-tables.ts'
import { CellCounter, type SmallCells } from './small-cells.ts'

export interface SharedFacts {
  /** What was done to dates. */
  dates: string
  /** Of the index child, and where a list asks for a date of birth. */
  ages: Ages
  /** Names of the columns that were left out, by table. */
  leftOut: Record<string, string[]>
  smallCells: SmallCells
}

export class Sharing {
  readonly #means: Means
  readonly #leftOut = new Map<string, string[]>()
  readonly #cells = new CellCounter()
  /** Cases as they are shared that few are like. */
  readonly #small = new WeakSet<ExportCase>()

  constructor(key: string, { instruments, protocol: { timeZone } }: Pick<ExportPlan, 'instruments' | 'protocol'>, ages: Ages) {
    this.#means = { ...disguise(key), instruments, timeZone, ages }
  }

  /** In the order of their pseudonyms: in the order of their codes each could be found by its row. */
  inOrder(ids: readonly string[]): string[] {
    const names = new Map(ids.map((id) => [id, this.#means.pseudonym('case', id)]))
    return ids.toSorted((a, b) => ((names.get(a) as string) < (names.get(b) as string) ? -1 : 1))
  }

  /** Each case is counted before the first is shared: whether few are like it is known only then. */
  count(whole: ExportCase): void {
    this.#cells.add(whole, childAges(whole, this.#means.ages))
  }

  case(whole: ExportCase): ExportCase {
    const shared = sharedCase(whole, this.#means)
    if (this.#cells.isSmall(whole, shared.children)) this.#small.add(shared)
    return shared
  }

  /** `whole` as it is shared. */
  readonly isSmall = (whole: ExportCase): boolean => this.#small.has(whole)

  table(table: Table): Table {
    return sharedTable(table, { ages: this.#means.ages, isSmall: this.isSmall, leftOut: this.#leftOut })
  }

  /** Once all cases and tables have been shared. */
  facts(): SharedFacts {
    return {
      dates: `the first date of each case stands as ${dayZero}, and all other dates of it lie as many days from that as they did; no times of day`,
      ages: this.#means.ages,
      leftOut: Object.fromEntries([...this.#leftOut].filter(([, names]) => names.length > 0)),
      smallCells: this.#cells.found(),
    }
  }
}

/** Throws a Failure when the study has no key yet. */
export async function sharing(db: Db, plan: ExportPlan, ages: Ages): Promise<Sharing> {
  const key = await findSharingKey(db, plan.study.id)
  if (key === undefined) throw new Failure(`${plan.study.id} has no key for shared data in this data folder.`)
  return new Sharing(key, plan, ages)
}

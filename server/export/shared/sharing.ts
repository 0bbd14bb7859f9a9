/** What an export of the tier `shared` does with cases and tables, and what it has to say of itself. */
import type { Identifying } from '../../../instruments/identifying.ts'
import type { QuestionItem } from '../../../instruments/items.ts'
import type { Db } from '../../db/tx.ts'
import { Failure } from '../../failure.ts'
import type { ExportCase } from '../../queries/export-rows.ts'
import { findSharingKey } from '../../queries/sharing-keys.ts'
import type { Table } from '../column.ts'
import type { ExportPlan } from '../plan.ts'
import type { Ages } from './age.ts'
import { dayZero } from './day-zero.ts'
import { disguise } from './disguise.ts'
import { Fates } from './fates.ts'
import { Identifiers } from './identifiers.ts'
import { type Means, sharedCase } from './shared-case.ts'
import { sharedTable } from './shared-tables.ts'
import { CellCounter, type SmallCells } from './small-cells.ts'
import { ToldScores } from './told-scores.ts'

export interface SharedFacts {
  /** What was done to dates. */
  dates: string
  /** Of the index child, and where a list asks for an age or a birth. */
  ages: Ages
  /** Norm tables by which there is no z, since it would tell an age more exactly. */
  withoutZ: string[]
  /** `id@version scale`: those that are worked out of what an age or a band stands in place of. */
  withoutScore: string[]
  /** Whether any list was not over yet. If so, none that nobody answered says whether it was. */
  openLists: boolean
  /** Names of the columns that were left out, by table. */
  leftOut: Record<string, string[]>
  smallCells: SmallCells
}

export interface How {
  ages: Ages
  /** By instrument (id). */
  marks: ReadonlyMap<string, Identifying>
  /** Whether answers are in the export, and not only what became of lists and their scores. */
  hasAnswers: boolean
}

export class Sharing {
  readonly #means: Means
  readonly #leftOut = new Map<string, string[]>()
  readonly #cells: CellCounter
  /** Cases as they are shared that few are like. */
  readonly #small = new WeakSet<ExportCase>()

  constructor(key: string, plan: Pick<ExportPlan, 'instruments' | 'protocol'>, { ages, marks, hasAnswers }: How) {
    const identifiers = new Identifiers(plan, marks, ages)
    const told = new ToldScores(plan, identifiers, ages)
    const { instruments, protocol } = plan
    this.#means = { ...disguise(key), instruments, timeZone: protocol.timeZone, ages, identifiers, told, fates: new Fates() }
    this.#cells = new CellCounter(hasAnswers ? identifiers.all : [])
  }

  /** In the order of their pseudonyms: in the order of their codes each could be found by its row. */
  inOrder(ids: readonly string[]): string[] {
    const names = new Map(ids.map((id) => [id, this.#means.pseudonym('case', id)]))
    return ids.toSorted((a, b) => ((names.get(a) as string) < (names.get(b) as string) ? -1 : 1))
  }

  /** Each case is counted before the first is shared: whether few are like it, and all lists are over, is known only then. */
  count(whole: ExportCase): void {
    this.#means.fates.add(whole)
    this.#cells.add(sharedCase(whole, this.#means))
  }

  case(whole: ExportCase): ExportCase {
    const shared = sharedCase(whole, this.#means)
    if (this.#cells.isSmall(shared)) this.#small.add(shared)
    return shared
  }

  /** `whole` as it is shared. */
  readonly isSmall = (whole: ExportCase): boolean => this.#small.has(whole)

  /** Whether what was answered is not there. */
  readonly isReplaced = (item: QuestionItem): boolean => this.#means.identifiers.isReplaced(item)

  table(table: Table): Table {
    return sharedTable(table, { ...this.#means, isSmall: this.isSmall, leftOut: this.#leftOut })
  }

  /** Once all cases and tables have been shared. */
  facts(): SharedFacts {
    return {
      dates: `the first date of each case stands as ${dayZero}, and all other dates of it lie as many days from that as they did; no times of day`,
      ages: this.#means.ages,
      withoutZ: this.#means.told.norms,
      withoutScore: this.#means.told.scales,
      openLists: this.#means.fates.someAreOpen,
      leftOut: Object.fromEntries([...this.#leftOut].filter(([, names]) => names.length > 0)),
      smallCells: this.#cells.found(),
    }
  }
}

/** Throws a Failure when the study has no key yet. */
export async function sharing(db: Db, plan: ExportPlan, how: How): Promise<Sharing> {
  const key = await findSharingKey(db, plan.study.id)
  if (key === undefined) throw new Failure(`${plan.study.id} has no key for shared data in this data folder.`)
  return new Sharing(key, plan, how)
}

/** What an export of the tier `shared` does with cases and tables, and what it has to say of itself. */
import type { Db } from '../../db/tx.ts'
import { Failure } from '../../failure.ts'
import type { ExportCase } from '../../queries/export-rows.ts'
import { findSharingKey } from '../../queries/sharing-keys.ts'
import type { Table } from '../column.ts'
import type { ExportPlan, PlannedInstrument } from '../plan.ts'
import { type Disguise, disguise } from './disguise.ts'
import { sharedCase } from './shared-case.ts'
import { sharedTable } from './shared-tables.ts'
import { CellCounter, type SmallCells } from './small-cells.ts'

export interface SharedFacts {
  /** What was done to dates. */
  dates: string
  /** Names of the columns that were left out, by table. */
  leftOut: Record<string, string[]>
  smallCells: SmallCells
}

export class Sharing {
  readonly #disguise: Disguise
  readonly #instruments: readonly PlannedInstrument[]
  readonly #leftOut = new Map<string, string[]>()
  readonly #cells = new CellCounter()

  constructor(key: string, instruments: readonly PlannedInstrument[]) {
    this.#disguise = disguise(key)
    this.#instruments = instruments
  }

  /** In the order of their pseudonyms: in the order of their codes each could be found by its row. */
  inOrder(ids: readonly string[]): string[] {
    const names = new Map(ids.map((id) => [id, this.#disguise.pseudonym('case', id)]))
    return ids.toSorted((a, b) => ((names.get(a) as string) < (names.get(b) as string) ? -1 : 1))
  }

  case(whole: ExportCase): ExportCase {
    const shared = sharedCase(whole, this.#disguise, this.#instruments)
    this.#cells.add(shared)
    return shared
  }

  table(table: Table): Table {
    return sharedTable(table, this.#leftOut)
  }

  /** Once all cases and tables have been shared. */
  facts(): SharedFacts {
    return {
      dates: 'of each case moved back by as many days, 1 to 364 and no number of whole weeks; which number is secret',
      leftOut: Object.fromEntries([...this.#leftOut].filter(([, names]) => names.length > 0)),
      smallCells: this.#cells.found(),
    }
  }
}

/** Throws a Failure when the study has no key yet. */
export async function sharing(db: Db, { study, instruments }: ExportPlan): Promise<Sharing> {
  const key = await findSharingKey(db, study.id)
  if (key === undefined) throw new Failure(`${study.id} has no key for shared data in this data folder.`)
  return new Sharing(key, instruments)
}

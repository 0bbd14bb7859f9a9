/** What goes through all cases of a study: looked at first, then done case by case. */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import type { Study } from '../queries/studies.ts'
import type { Watch } from './cases-in-turn.ts'
import type { Told } from './told.ts'

export interface LongWork<Entry, Preview> {
  /** Throws a Failure when the study may not. */
  check(context: Context, study: Study, entry: Entry): Promise<unknown>
  /** What it would change; nothing is written. Throws like `check`, and when a case does not fit. */
  look(context: Context, study: Study, entry: Entry, watch?: Watch): Promise<Preview>
  /** What holds for the study from then on, whatever becomes of the rest. `told`: who of the staff decided it at the desk, and why. Throws like `check`. */
  begin(tx: Db, context: Context, study: Study, entry: Entry, told?: Told): Promise<void>
  /** One case, whole; done again it changes nothing. Returns how much changed. Throws a Failure for one that does not fit. */
  doCase(tx: Db, context: Context, study: Study, caseId: string): Promise<number>
}

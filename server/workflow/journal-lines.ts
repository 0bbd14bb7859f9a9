/** What the journal has for the list of erasures. */
import { type ErasureLine, wishes } from '../backup/erasure-list.ts'
import type { Db } from '../db/tx.ts'
import { type Wish, wishesAfter } from '../queries/erasures.ts'

/** So many at once. */
const batch = 1_000

/** Lines of the list with this name, of what came after event `from`, some at a time. */
export async function* journalLines(db: Db, list: string, from: number): AsyncGenerator<ErasureLine[]> {
  for (let after = from; ; ) {
    const found = await wishesAfter(db, after, wishes, batch)
    yield found.filter(isToBeListed).map(({ event, at, what, participant, detail }) => ({
      list,
      event,
      at,
      what: what as ErasureLine['what'],
      ...(participant !== null && { participant }),
      ...(what === 'consent' && { said: purposesIn(detail ?? {}) }),
    }))
    if (found.length < batch) return
    after = found.at(-1)?.event ?? after
  }
}

/** Of consents only refusals: who agrees is asked again where that is lost. */
const isToBeListed = ({ what, detail }: Wish): boolean => what !== 'consent' || Object.values(purposesIn(detail ?? {})).includes(false)

/** The event has who recorded it beside the purposes. */
const purposesIn = (detail: Record<string, unknown>): Record<string, boolean> =>
  Object.fromEntries(Object.entries(detail).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'))

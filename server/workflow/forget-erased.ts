/** What follows on an erasure, at once or as soon as it can be done: the databases' logs are emptied, and contact data removed. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import type { Store } from '../db/open.ts'
import { findCase } from '../queries/cases.ts'
import { contactToRemove, markContactRemoved } from '../queries/erasure.ts'
import { recordEvent } from '../queries/events.ts'
import { removePeople } from '../queries/people.ts'
import { findSetting, removeSetting } from '../queries/settings.ts'

/** The setting that is there while the log of study.sqlite may still hold what was erased. */
export const logHoldsErased = 'log holds erased answers'

/** Somebody else who reads is done within milliseconds, an export within seconds: those few are left to the next tick. */
const tries = 20
const between = 25

/** Empties the log of study.sqlite after an erasure. Where that does not work, the next tick tries again, also after a crash. */
export async function emptyLogOfErased({ stores: { study } }: Pick<Context, 'stores'>): Promise<void> {
  if ((await findSetting(study.read, logHoldsErased)) === undefined) return
  if (await emptied(study)) await study.withTx((tx) => removeSetting(tx, logHoldsErased))
}

/** Removes the contact data of those whose answers were erased, once the mail that confirms it has gone or cannot go. */
export async function removeContactOfErased(context: Pick<Context, 'stores' | 'clock'>): Promise<void> {
  await removeContact(context, await contactToRemove(context.stores.study.read))
}

/** Removes the contact data of these people, from the log of the database too. False where that has to be done again later. */
export async function removeContact(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  forgotten: { id: string; caseId: string }[],
  detail: Record<string, unknown> = {},
): Promise<boolean> {
  if (forgotten.length === 0) return true
  // First gone, then noted: cut off between the two, it is done again.
  await stores.identity.withTx((tx) =>
    removePeople(
      tx,
      forgotten.map(({ id }) => id),
    ),
  )
  if (!(await emptied(stores.identity))) return false
  await stores.study.withTx(async (tx) => {
    const now = clock.now()
    for (const { id, caseId } of forgotten) {
      const found = await findCase(tx, caseId)
      if (!found) continue
      await markContactRemoved(tx, id, now)
      await recordEvent(tx, { at: now, studyId: found.studyId, caseId, participantId: id, kind: 'contact data removed', detail })
    }
  })
  return true
}

async function emptied(store: Store): Promise<boolean> {
  for (let left = tries; left > 0; left--) {
    if (await store.emptyLog()) return true
    await pause(between)
  }
  return false
}

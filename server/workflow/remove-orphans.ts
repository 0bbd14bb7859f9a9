/** Contact data whose case was never written: a registration was cut off between the two databases. */
import { after } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { knownParticipants } from '../queries/participants.ts'
import { pseudonymsStoredBefore, removePeople } from '../queries/people.ts'

const anHour = 3_600_000

/** Removes contact data without a participant, older than an hour (a registration may be under way). Returns how many. */
export async function removeOrphans({ stores, clock }: Context): Promise<number> {
  const before = after(clock.now(), -anHour)
  const pseudonyms = await pseudonymsStoredBefore(stores.identity.read, before)
  const known = new Set(await knownParticipants(stores.study.read, pseudonyms))
  const orphans = pseudonyms.filter((pseudonym) => !known.has(pseudonym))
  if (orphans.length > 0) await stores.identity.withTx((tx) => removePeople(tx, orphans))
  return orphans.length
}

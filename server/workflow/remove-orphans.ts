/** Contact data whose case was never written: a registration was cut off between the two databases. */
import { after } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { knownParticipants } from '../queries/participants.ts'
import { removePeople, storedBefore } from '../queries/people.ts'
import { allStudies } from './open-study.ts'

const anHour = 3_600_000

/**
 * Removes contact data without a participant, older than an hour (a registration may be under way). Returns how many.
 *
 * What is removed is gone for good, so this is done only where nothing but a registration that was cut off explains it: all
 * of one moment. Another study.sqlite, an older or an empty one, leaves many without a participant. Then it throws a Failure
 * and nothing is removed.
 */
export async function removeOrphans({ stores, clock }: Pick<Context, 'stores' | 'clock'>): Promise<number> {
  const stored = await storedBefore(stores.identity.read, after(clock.now(), -anHour))
  const known = new Set(
    await knownParticipants(
      stores.study.read,
      stored.map(({ pseudonym }) => pseudonym),
    ),
  )
  const orphans = stored.filter(({ pseudonym }) => !known.has(pseudonym))
  if (orphans.length === 0) return 0
  const moments = new Set(orphans.map(({ storedAt }) => storedAt))
  if (moments.size > 1 || (await allStudies({ stores })).length === 0)
    throw new Failure(
      `${stores.identity.path} has contact data of ${orphans.length} participants whom ${stores.study.path} does not know. ` +
        'The two files do not belong together: put both back from one backup. Nothing was changed.',
    )
  const gone = orphans.map(({ pseudonym }) => pseudonym)
  await stores.identity.withTx((tx) => removePeople(tx, gone))
  return gone.length
}

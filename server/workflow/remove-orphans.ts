/** Contact data without a participant: what wrote to one database after the other was cut off in between. */
import { after } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { knownParticipants } from '../queries/participants.ts'
import { removePeople, storedAt, storedBefore } from '../queries/people.ts'
import { findSetting, putSetting, removeSetting, settingsFrom } from '../queries/settings.ts'
import { coming, going, late } from './contact-data.ts'
import { allStudies } from './open-study.ts'

const anHour = 3_600_000

/**
 * Removes contact data of participants who were taken away, and of registrations that were cut off, once those are an hour old (one may
 * be under way). Returns how many. By what is noted in study.sqlite: see contact-data.ts.
 */
export async function removeCutOff({ stores, clock }: Pick<Context, 'stores' | 'clock'>): Promise<number> {
  const { read, withTx } = stores.study
  const until = after(clock.now(), -anHour)
  const begun = (await settingsFrom(read, coming)).filter(({ value }) => value < until)
  // From here on none of them can end well any more: see `arrived`.
  if (begun.length > 0)
    await withTx(async (tx) => {
      for (const { name, value } of begun) {
        if ((await findSetting(tx, name)) === undefined) continue
        await removeSetting(tx, name)
        await putSetting(tx, late + name.slice(coming.length), value)
      }
    })
  const [cutOff, left] = [await settingsFrom(read, late), await settingsFrom(read, going)]
  if (cutOff.length + left.length === 0) return 0
  const stored = await storedAt(stores.identity.read, [...new Set(cutOff.map(({ value }) => value))])
  const known = new Set(await knownParticipants(read, stored))
  const gone = [...stored.filter((pseudonym) => !known.has(pseudonym)), ...left.map(({ name }) => name.slice(going.length))]
  await stores.identity.withTx((tx) => removePeople(tx, gone))
  await withTx(async (tx) => {
    for (const { name } of [...cutOff, ...left]) await removeSetting(tx, name)
  })
  return gone.length
}

/**
 * Removes these, and other contact data without a participant that are older than an hour. Returns how many.
 *
 * What is removed is gone for good, so others are only removed where nothing but a registration of an earlier version, which noted
 * nothing, explains them: all of one moment. Another study.sqlite, an older or an empty one, leaves many without a participant. Then it
 * throws a Failure and none of them is removed.
 */
export async function removeOrphans(context: Pick<Context, 'stores' | 'clock'>): Promise<number> {
  const { stores, clock } = context
  const cutOff = await removeCutOff(context)
  const stored = await storedBefore(stores.identity.read, after(clock.now(), -anHour))
  const known = new Set(
    await knownParticipants(
      stores.study.read,
      stored.map(({ pseudonym }) => pseudonym),
    ),
  )
  const orphans = stored.filter(({ pseudonym }) => !known.has(pseudonym))
  if (orphans.length === 0) return cutOff
  const moments = new Set(orphans.map(({ storedAt }) => storedAt))
  if (moments.size > 1 || (await allStudies({ stores })).length === 0)
    throw new Failure(
      `${stores.identity.path} has contact data of ${orphans.length} participants whom ${stores.study.path} does not know. ` +
        'The two do not belong together: put both back from one backup. Nothing was changed.',
    )
  const gone = orphans.map(({ pseudonym }) => pseudonym)
  await stores.identity.withTx((tx) => removePeople(tx, gone))
  return cutOff + gone.length
}

/**
 * Who participants are, kept apart from what they answer: written before them, and taken back when they do not come to exist.
 *
 * Nothing writes to both databases at once. Therefore study.sqlite says beforehand that contact data are coming, and beside the
 * participants that they have come; what was cut off in between can be told from a study.sqlite that is of another day.
 */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { parseAddress } from '../mail/address.ts'
import { newId } from '../new-id.ts'
import { type Person, removePeople, storePerson } from '../queries/people.ts'
import { findSetting, putSetting, removeSetting } from '../queries/settings.ts'
import type { ParticipantEntry } from './check-case.ts'

/** Somebody who is about to become a participant, under the pseudonym `id`. */
export interface Newcomer {
  id: string
  participant: ParticipantEntry
}

/**
 * Names of settings: contact data are coming, with the moment at which they are stored; they came too late; those of this pseudonym are
 * to go.
 */
export const coming = 'contact data coming '
export const late = 'contact data late '
export const going = 'contact data going '

/** Newcomers whose contact data are stored, until they are participants. */
export interface Arrival {
  people: readonly Pick<Newcomer, 'id'>[]
  /** The setting that says so; none where a change is only tried out, for nothing is stored then that could be left behind. */
  note: string | null
}

export async function storeContactData(context: Context, people: Newcomer[], now: string): Promise<Arrival> {
  const { stores, sealer } = context
  const note = context.isTrial ? null : `${coming}${newId()}`
  if (note !== null) await stores.study.withTx((tx) => putSetting(tx, note, now))
  const arrival = { people, note }
  try {
    await stores.identity.withTx(async (tx) => {
      for (const { participant, id } of people) await storePerson(tx, sealer, id, personOf(participant), now)
    })
  } catch (reason) {
    await takeBackNote(context, arrival).catch(() => {})
    throw reason
  }
  return arrival
}

/** In the transaction that writes the participants. Throws a Failure when that comes so late that their contact data are gone. */
export async function arrived(tx: Db, { note }: Arrival): Promise<void> {
  if (note === null) return
  if ((await findSetting(tx, note)) === undefined)
    throw new Failure('It took more than an hour and was taken to be cut off. Nothing was registered: try again.')
  await removeSetting(tx, note)
}

/** Of newcomers who do not become participants. */
export async function takeBackContactData(context: Context, arrival: Arrival): Promise<void> {
  await removeContactData(context, arrival.people)
  await takeBackNote(context, arrival)
}

async function takeBackNote({ stores }: Context, { note }: Arrival): Promise<void> {
  if (note !== null) await stores.study.withTx((tx) => removeSetting(tx, note))
}

/** In the transaction that takes a participant away: their contact data are to go. */
export const leaving = (tx: Db, id: string, now: string): Promise<void> => putSetting(tx, going + id, now)

/** After that transaction. */
export async function forgetContactData(context: Context, id: string): Promise<void> {
  await removeContactData(context, [{ id }])
  await context.stores.study.withTx((tx) => removeSetting(tx, going + id))
}

async function removeContactData({ stores }: Context, people: readonly Pick<Newcomer, 'id'>[]): Promise<void> {
  await stores.identity.withTx((tx) =>
    removePeople(
      tx,
      people.map(({ id }) => id),
    ),
  )
}

/** The address as `parseAddress` writes it; it has been checked. */
function personOf({ name, email, telephone }: ParticipantEntry): Person {
  const parsed = parseAddress(email ?? '')
  return {
    name: name.trim(),
    email: 'address' in parsed ? parsed.address : (email ?? null),
    telephone: telephone?.trim() || null,
  }
}

/** Who participants are, kept apart from what they answer: written before them, and taken back when they do not come to exist. */
import type { Context } from '../context.ts'
import { parseAddress } from '../mail/address.ts'
import { type Person, removePeople, storePerson } from '../queries/people.ts'
import type { ParticipantEntry } from './check-case.ts'

/** Somebody who is about to become a participant, under the pseudonym `id`. */
export interface Newcomer {
  id: string
  participant: ParticipantEntry
}

export async function storeContactData({ stores, sealer }: Context, people: Newcomer[], now: string): Promise<void> {
  await stores.identity.withTx(async (tx) => {
    for (const { participant, id } of people) await storePerson(tx, sealer, id, personOf(participant), now)
  })
}

export async function forgetContactData({ stores }: Context, people: Pick<Newcomer, 'id'>[]): Promise<void> {
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

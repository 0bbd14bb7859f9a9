/** Who is behind a pseudonym, for staff who have to write to them. */
import type { Context } from '../context.ts'
import { findPerson, type Person } from '../queries/people.ts'

/** Name and mail address; null when they are not kept any more. */
export async function seeContact({ stores, sealer }: Context, participantId: string): Promise<Person | null> {
  return (await findPerson(stores.identity.read, sealer, participantId)) ?? null
}

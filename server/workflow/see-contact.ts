/** Who is behind a pseudonym, for staff who have to write to them. */
import { dialled } from '../access/telephone.ts'
import type { Context } from '../context.ts'
import { findPerson, type Person } from '../queries/people.ts'

/** Name, mail address and telephone number, with how that is dialled; null when they are not kept any more. */
export async function seeContact({ stores, sealer }: Context, participantId: string): Promise<(Person & { dial: string | null }) | null> {
  const person = await findPerson(stores.identity.read, sealer, participantId)
  return person ? { ...person, dial: person.telephone === null ? null : dialled(person.telephone) } : null
}

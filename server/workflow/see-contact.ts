/** Who is behind a pseudonym, for staff who have to write to them. */
import { dialled } from '../access/telephone.ts'
import type { Context } from '../context.ts'
import { findPerson, type Person } from '../queries/people.ts'

export type SeenContact = Required<Person> & { dial: string | null }

/** Name, mail address and telephone number, with how that is dialled, and how they are best reached; null when they are not kept any more. */
export async function seeContact({ stores, sealer }: Context, participantId: string): Promise<SeenContact | null> {
  const person = await findPerson(stores.identity.read, sealer, participantId)
  if (!person) return null
  return { ...person, reaching: person.reaching ?? null, dial: person.telephone === null ? null : dialled(person.telephone) }
}

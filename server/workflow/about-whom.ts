/** How a page calls whom a list is about: by role, with a number where the case has several in it. Never by name. */
import type { Localized } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Assignment } from '../queries/assignments.ts'
import type { Participant } from '../queries/participants.ts'

export interface Whom {
  /** Title of their role. */
  role: Localized
  /** Which of several in that role; null when there is one. */
  place: number | null
}

/** `id`: whom, or null for a list about the case. `people`: all of the case. */
export function aboutWhom({ roles }: Protocol, id: string | null, people: readonly Participant[]): Whom | null {
  const found = people.find((one) => one.id === id)
  return found ? { role: roles[found.role]?.title ?? { nl: found.role, en: found.role }, place: placeInRole(found, people) } : null
}

/** Which of several in the same role; null when there is one. */
export const placeInRole = ({ id, role, number }: Participant, people: readonly Participant[]): number | null =>
  people.some((other) => other.role === role && other.id !== id) ? number : null

/** A list as an event keeps it: which, and about whom where it is about one. */
export const listInEvent = ({ instrumentId, aboutId }: Pick<Assignment, 'instrumentId' | 'aboutId'>) => ({
  instrument: instrumentId,
  ...(aboutId !== null && { about: aboutId }),
})

import { Failure } from '../failure.ts'
import type { Participant } from '../queries/participants.ts'

/** A participant of a case, as staff name them. */
export interface ParticipantKey {
  role: string
  /** Which of several in this role; may be left out where only one of them, or only one who takes part, can be meant. */
  number?: number | undefined
}

/** Finds a participant among those of case `code`. Throws a Failure when there is none, or several could be meant. */
export function pickParticipant(all: Participant[], code: string, { role, number }: ParticipantKey): Participant {
  const inRole = all.filter((one) => one.role === role)
  const active = inRole.filter(({ state }) => state === 'active')
  const [found, another] = number !== undefined ? inRole.filter((one) => one.number === number) : inRole.length > 1 ? active : inRole
  if (found && !another) return found
  if (number === undefined && inRole.length > 0)
    throw new Failure(
      `${code} has ${inRole.map(nameOf).join(' and ')}: say with --number which one is meant. Nothing was changed.`,
      'which-participant',
    )
  const there = all.map(nameOf).join(', ') || 'nobody'
  throw new Failure(
    `${code} has no ${number === undefined ? role : `${role} ${number}`}; there is: ${there}. Nothing was changed.`,
    'no-participant',
  )
}

/** How staff call a participant: `parent 2`. */
export const nameOf = ({ role, number }: Pick<Participant, 'role' | 'number'>): string => `${role} ${number}`

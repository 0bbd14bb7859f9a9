import { Failure } from '../failure.ts'
import type { Assignment } from '../queries/assignments.ts'
import type { Participant } from '../queries/participants.ts'
import { nameOf, type ParticipantKey, pickParticipant } from './pick-participant.ts'

/** Assignments of one participant with one instrument, as staff name them. */
export interface AssignmentsKey {
  instrument: string
  /** All waves unless given. */
  wave?: string | undefined
  /** Who answers; may be left out where only one participant has the instrument. */
  role?: string | undefined
  number?: number | undefined
  /** Whom it is about; may be left out where only one is meant. */
  about?: ParticipantKey | undefined
}

/** What is recorded of a case. */
export interface Recorded {
  code: string
  participants: Participant[]
  assignments: Assignment[]
}

/**
 * The assignments that a key means, one for each wave at most. Throws a Failure when there is none, or when those of several
 * participants could be meant.
 */
export function pickAssignments(recorded: Recorded, { instrument, wave, role, number, about }: AssignmentsKey): Assignment[] {
  const { code, participants, assignments } = recorded
  const answers = role === undefined ? undefined : pickParticipant(participants, code, { role, number })
  const subject = about && pickParticipant(participants, code, about)
  const meant = assignments.filter(
    (one) =>
      one.instrumentId === instrument &&
      (wave === undefined || one.wave === wave) &&
      (answers === undefined || one.participantId === answers.id) &&
      (subject === undefined || one.aboutId === subject.id),
  )
  if (meant.length === 0)
    throw new Failure(`${code} has no such assignment. ${hasInstead(recorded, instrument)} Nothing was changed.`, 'no-list')
  const people = [...new Set(meant.map((one) => whose(recorded, one)))]
  if (people.length > 1)
    throw new Failure(
      `${instrument} of ${code} is for ${people.join(' and ')}: say with --role, --number and --about which one is meant. Nothing was changed.`,
      'which-list',
    )
  return meant
}

/** `referrer 1`, or `interviewer 1 about parent 2`. */
export function whose({ participants }: Pick<Recorded, 'participants'>, { participantId, aboutId }: Assignment): string {
  const called = (id: string): string => nameOf(participants.find((one) => one.id === id) as Participant)
  return aboutId === null ? called(participantId) : `${called(participantId)} about ${called(aboutId)}`
}

function hasInstead(recorded: Recorded, instrument: string): string {
  const places = recorded.assignments
    .filter(({ instrumentId }) => instrumentId === instrument)
    .map((one) => `${one.wave} of ${whose(recorded, one)}`)
  if (places.length > 0) return `It has ${instrument} at ${places.join(', ')}.`
  const others = [...new Set(recorded.assignments.map(({ instrumentId }) => instrumentId))].toSorted()
  return `There is: ${others.join(', ') || 'none yet'}.`
}

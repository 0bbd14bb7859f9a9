/** The cases of one professional: those in which they have the same role, in the same study, at the same mail address. */
import { ownValue } from '../../instruments/own-value.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import type { Case } from '../queries/cases.ts'
import { findPlacedParticipant, type Participant, participantsOfMailbox } from '../queries/participants.ts'
import { type Placed, studyOfParticipant } from './study-of-participant.ts'

/** A professional in one of their cases. */
export interface Seat {
  participant: Participant
  found: Case
}

/** Whether a role knows cases by their code: staff and referrers. */
export const seesCases = ({ roles }: Pick<Protocol, 'roles'>, role: string): boolean => ownValue(roles, role)?.seesCaseCode ?? false

/**
 * The cases of whoever this participant is, by code: of parents, youth and relatives only their own, of staff and referrers all that
 * their mailbox gets mail about, but for cases that do not belong in the study. In a case that came back to them the seat that they have now is the one.
 */
export async function caseloadOf(db: Db, placed: Placed): Promise<Seat[]> {
  const seats = await everySeatOf(db, placed)
  const perCase = Map.groupBy(
    seats.filter(({ found }) => found.mistakenAt === null),
    (seat) => seat.found.id,
  )
  return [...perCase.values()].flatMap((inCase) => inCase.find((seat) => seat.participant.state === 'active') ?? inCase.at(-1) ?? [])
}

/** The same with every seat they ever had, also the earlier ones in a case that came back to them. */
export async function everySeatOf(db: Db, { participant, found, study, protocol }: Placed): Promise<Seat[]> {
  const { mailboxKey, role } = participant
  if (mailboxKey === null || !seesCases(protocol, role)) return [{ participant, found }]
  return await participantsOfMailbox(db, { mailboxKey, role, studyId: study.id })
}

/** Whether any case that they have belongs in the study. */
export async function isIncluded(db: Db, context: Context, participant: Pick<Participant, 'id'>): Promise<boolean> {
  const placed = await studyOfParticipant(db, context, participant)
  return placed.found.mistakenAt === null || (await caseloadOf(db, placed)).length > 0
}

/** Whether they still take part in any of their cases. */
export async function takesPart(context: Context, participant: Participant): Promise<boolean> {
  if (participant.state === 'active') return true
  const db = context.stores.study.read
  const seats = await caseloadOf(db, await studyOfParticipant(db, context, participant))
  return seats.some((seat) => seat.participant.state === 'active')
}

/** Whether `otherId` is the same professional in another case, so that a session of the one may act for the other. */
export async function isSameProfessional(db: Db, protocol: Protocol, id: string, otherId: string): Promise<boolean> {
  const [one, other] = [await findPlacedParticipant(db, id), await findPlacedParticipant(db, otherId)]
  if (!one || !other) return false
  return (
    one.participant.mailboxKey !== null &&
    one.participant.mailboxKey === other.participant.mailboxKey &&
    one.participant.role === other.participant.role &&
    one.study.id === other.study.id &&
    seesCases(protocol, one.participant.role)
  )
}

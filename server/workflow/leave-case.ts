/** What a professional does on their page about one of their cases: hand it to a colleague, or say that they no longer know it. */
import type { LeavingReason } from '../../protocols/leaving.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { type Participant, participantsOfCase } from '../queries/participants.ts'
import { addTask } from '../queries/tasks.ts'
import { Refusal } from '../refusal.ts'
import { caseloadOf, type Seat, seesCases } from './caseload.ts'
import { participantProblems } from './check-case.ts'
import { handOver } from './hand-over.ts'
import { mailboxKeyOf } from './mailbox-key.ts'
import { stopParticipant } from './stop-participant.ts'
import { type Placed, studyOfParticipant } from './study-of-participant.ts'

/** What staff get to do about a case; docs/cases.md says what each means. */
export type CaseTask = 'case handed over' | 'family unknown'

export interface Colleague {
  name: string
  email: string
}

interface Own {
  seat: Seat
  placed: Placed
}

/** The seat of whoever acts in the case with this code. Refuses a case that is not theirs, and one in which they have stopped. */
async function ownCase(db: Db, context: Context, who: Pick<Participant, 'id'>, code: string): Promise<Own> {
  const placed = await studyOfParticipant(db, context, who)
  const seats = seesCases(placed.protocol, placed.participant.role) ? await caseloadOf(db, placed) : []
  const seat = seats.find(({ found }) => found.code === code)
  if (!seat) throw new Refusal('case-unknown')
  if (seat.participant.state !== 'active') throw new Refusal('participant-stopped')
  return { seat, placed }
}

/**
 * Hands one case to a colleague, who is invited by mail, and gives staff a task to look at it. Refuses a name or address that will not
 * do, their own address, and that of somebody who has this role in the case already.
 */
export async function handOverCase(context: Context, who: Pick<Participant, 'id'>, code: string, colleague: Colleague): Promise<void> {
  const { read, withTx } = context.stores.study
  const { seat, placed } = await ownCase(read, context, who, code)
  await refuseColleague(context, { seat, placed }, colleague)
  const { id, caseId, role, number } = seat.participant
  const { study } = placed
  try {
    await handOver(context, { study: study.id, code }, { role, number }, colleague, {
      by: 'participant',
      also: (tx, now) => leaveTask(tx, { studyId: study.id, caseId, participantId: id }, 'case handed over', null, now),
    })
  } catch (reason) {
    // Somebody was faster, in another window perhaps: then that is what to say.
    await withTx((tx) => ownCase(tx, context, who, code))
    throw reason
  }
}

/** Ends the part of whoever acts in one case, for a reason, and gives staff the task to find somebody else. */
export async function leaveCase(context: Context, who: Pick<Participant, 'id'>, code: string, reason: LeavingReason): Promise<void> {
  await context.stores.study.withTx(async (tx) => {
    const { seat, placed } = await ownCase(tx, context, who, code)
    const { study } = placed
    await stopParticipant(tx, context, { study, participant: seat.participant, state: 'withdrawn', reason })
    const { id: participantId, caseId } = seat.participant
    await leaveTask(tx, { studyId: study.id, caseId, participantId }, 'family unknown', reason, context.clock.now())
  })
}

/** Which field will not do, and why, as codes for which the page has words. */
async function refuseColleague(context: Context, { seat, placed }: Own, { name, email }: Colleague): Promise<void> {
  const { participant } = seat
  const { study, protocol } = placed
  const wrong = new Set(
    participantProblems(protocol, protocol.languages, { ...participant, sex: undefined, name, email }).map(({ field }) => field),
  )
  const problems = ['name', 'email'].filter((field) => wrong.has(field)).map((field) => ({ field, reason: 'invalid' }))
  const key = mailboxKeyOf(context, protocol, study.id, { role: participant.role, email })
  if (key !== null && !wrong.has('email')) {
    const others = await participantsOfCase(context.stores.study.read, participant.caseId)
    if (key === participant.mailboxKey) problems.push({ field: 'email', reason: 'own' })
    else if (others.some((other) => other.state === 'active' && other.mailboxKey === key))
      problems.push({ field: 'email', reason: 'known' })
  }
  if (problems.length > 0) throw new Refusal('colleague-invalid', { problems })
}

interface About {
  studyId: string
  caseId: string
  participantId: string
}

async function leaveTask(tx: Db, about: About, kind: CaseTask, detail: string | null, now: string): Promise<void> {
  await addTask(tx, { ...about, messageId: null, kind, detail, createdAt: now })
}

import type { Protocol } from '../../protocols/schema.ts'
import { entersFor } from '../access/entry-roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { type Assignment, findAssignment } from '../queries/assignments.ts'
import { type Case, findCase } from '../queries/cases.ts'
import type { Respondent } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import type { SignedIn } from './sign-in.ts'
import { respondentOf } from './study-of-participant.ts'

/** A list of a case, with what typing it in has to know. */
export interface Entering {
  assignment: Assignment
  respondent: Respondent
  protocol: Protocol
}

/** Who types, in which list of which case. */
export interface Typing {
  staff: SignedIn
  found: Case
  assignment: string
}

/** Refuses a list that is not of this case, one that is not for somebody of this role to type in, and any of a case that was taken out. */
export async function needEntering(
  db: Db,
  context: Pick<Context, 'definitions' | 'clock'>,
  { staff, found, assignment: id }: Typing,
): Promise<Entering> {
  const assignment = await findAssignment(db, id)
  if (assignment?.caseId !== found.id) throw new Refusal('assignment-unknown')
  const { respondent, protocol } = await respondentOf(db, context, { id: assignment.participantId })
  if (!entersFor(found.studyId, staff.grants, found.region)(respondent.role)) throw new Refusal('not-allowed', { permission: 'enter data' })
  if ((await findCase(db, found.id))?.mistakenAt != null) throw new Refusal('assignment-closed', { state: 'cancelled' })
  return { assignment, respondent, protocol }
}

/** Does `work` with a list in one transaction. */
export const withEntering = <T>(context: Context, typing: Typing, work: (tx: Db, entering: Entering) => Promise<T>): Promise<T> =>
  context.stores.study.withTx(async (tx) => await work(tx, await needEntering(tx, context, typing)))

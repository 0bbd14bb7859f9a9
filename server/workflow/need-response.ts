import { formatReference } from '../../instruments/definition.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { type Assignment, findAssignment } from '../queries/assignments.ts'
import type { Case } from '../queries/cases.ts'
import { findResponseOf, type Response } from '../queries/responses.ts'
import { Refusal } from '../refusal.ts'

/** A response of a case with its list. Refuses with `assignment-unknown` where the case has no such list, or nothing came in of it. */
export async function needResponse(
  db: Db,
  { definitions }: Pick<Context, 'definitions'>,
  found: Case,
  id: string,
): Promise<{ assignment: Assignment; response: Response; instrument: Instrument }> {
  const assignment = await findAssignment(db, id)
  const response = assignment?.caseId === found.id ? await findResponseOf(db, id) : undefined
  if (!assignment || !response) throw new Refusal('assignment-unknown')
  const reference = formatReference({ id: response.instrumentId, version: response.instrumentVersion })
  return { assignment, response, instrument: definitions.instruments.need(reference) }
}

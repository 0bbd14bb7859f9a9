import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { type Case, findCase, findCaseByCode } from '../queries/cases.ts'
import type { Study } from '../queries/studies.ts'
import { needStudy } from './open-study.ts'

/**
 * A case by its code, with its study and protocol. Throws a Failure when there is no such study or case, and for one that does not
 * belong in the study, unless `evenMistaken`: nothing is changed there before it is put back.
 */
export async function needCase(
  context: Context,
  studyId: string,
  code: string,
  { evenMistaken = false } = {},
): Promise<{ found: Case; study: Study; protocol: Protocol }> {
  const { study, protocol } = await needStudy(context, studyId)
  const found = await findCaseByCode(context.stores.study.read, study.id, code)
  if (!found) throw new Failure(`There is no case ${code} in ${study.id}.`)
  if (!evenMistaken) refuseMistaken(found)
  return { found, study, protocol }
}

/** Throws a Failure for a case that does not belong in the study. */
export async function needInUse(db: Db, caseId: string): Promise<void> {
  const found = await findCase(db, caseId)
  if (found) refuseMistaken(found)
}

function refuseMistaken({ code, mistakenAt }: Case): void {
  if (mistakenAt !== null)
    throw new Failure(`${code} does not belong in the study: put it back first, if it does. Nothing was changed.`, 'mistaken-case')
}

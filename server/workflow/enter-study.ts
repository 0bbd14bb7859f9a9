/** Whether somebody may do something in a study, or to one of its cases. What is not within reach is not there, and the log tells of the try. */
import { policyName, type StudyPolicy } from '../access/policies.ts'
import { type Access, accessTo, mayAnywhere, type Permission, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { type Case, findCaseByCode, isOfSomeCase } from '../queries/cases.ts'
import { findStudy } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { recordAccess } from './record-access.ts'
import type { SignedIn } from './sign-in.ts'

/** What is asked, and what the log should tell beside it. */
export interface Asking {
  studyId: string
  /** Code of the case, where it is about one. */
  code: string | undefined
  policy: StudyPolicy
  reason: string | null
  /** What somebody looked for, as they typed it. */
  search: string | null
}

export interface Entered {
  access: Access
  case: Case | undefined
}

/** Refuses with `not-found` for what is out of reach, and with `not-allowed` for what is within reach and may not be done. */
export async function enterStudy(context: Context, staff: SignedIn, { studyId, code, policy, reason, search }: Asking): Promise<Entered> {
  const db = context.stores.study.read
  const study = await findStudy(db, studyId)
  const access = accessTo(studyId, staff.grants)
  const found = study && code !== undefined ? await findCaseByCode(db, studyId, code) : undefined
  const detail = search === null ? null : { search: study ? await searchToKeep(db, studyId, search) : null }
  const log = (outcome: 'allowed' | 'refused') =>
    recordAccess(context, {
      staffId: staff.member.id,
      via: staff.key === undefined ? 'desk' : 'key',
      action: policyName(policy),
      outcome,
      studyId: study?.id ?? null,
      caseId: found?.id ?? null,
      reason,
      detail: staff.key === undefined ? detail : { ...detail, key: staff.key },
    })
  const isHere = study !== undefined && access.roles.length > 0 && (code === undefined || found !== undefined)
  if (!isHere || (found && !reaches(access.reach('see cases'), found.region))) {
    // That an address was made up is no news about anybody.
    if (study) await log('refused')
    throw new Refusal('not-found')
  }
  const reach = access.reach(policy.may)
  if (reach === null || (found && !reaches(reach, found.region))) {
    await log('refused')
    throw new Refusal('not-allowed', { permission: policy.may })
  }
  if (policy.logged !== undefined) await log('allowed')
  return { access, case: found }
}

/** The same for what belongs to no study: the permission has to come from some study. */
export async function enterInstallation(context: Context, staff: SignedIn, permission: Permission): Promise<void> {
  if (mayAnywhere(permission, staff.grants)) return
  await recordAccess(context, { staffId: staff.member.id, action: permission, outcome: 'refused' })
  throw new Refusal('not-allowed', { permission })
}

/**
 * What is kept of a search: the log is for ever, and people type a name where a code is asked. Null for a text that is in no
 * code and no region of the study.
 */
const searchToKeep = async (db: Db, studyId: string, text: string): Promise<string | null> =>
  (await isOfSomeCase(db, studyId, text)) ? text : null

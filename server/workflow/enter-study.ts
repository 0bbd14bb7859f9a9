/** Whether somebody may do something in a study, or to one of its cases. What is not within reach is not there, and the log tells of the try. */
import { type AnywherePolicy, policyName, type StudyPolicy } from '../access/policies.ts'
import { type Access, accessTo, mayAnywhere, mayEverywhere, type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { type Case, findCaseByCode, isOfSomeCase } from '../queries/cases.ts'
import { findParticipant } from '../queries/participants.ts'
import { findStudy } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { recordAccess } from './record-access.ts'
import type { SeenLately } from './seen-lately.ts'
import type { SignedIn } from './sign-in.ts'

/** What is asked, and what the log should tell beside it. */
export interface Asking {
  studyId: string
  /** Code of the case, where it is about one. */
  code: string | undefined
  /** Pseudonym of the person, where it is about one. */
  person: string | undefined
  policy: StudyPolicy
  /** Whether nothing is changed by it. */
  isReading: boolean
  reason: string | null
  /** What somebody looked for, as they typed it. */
  search: string | null
}

export interface Entered {
  access: Access
  case: Case | undefined
  /** Tells the log how it went, before the answer with this status goes out. What came to nothing for another reason is no line. */
  ended(status: number): Promise<void>
}

/** Refuses with `not-found` for what is out of reach, and with `not-allowed` for what is within reach and may not be done. */
export async function enterStudy(context: Context, lately: SeenLately, staff: SignedIn, asking: Asking): Promise<Entered> {
  const { studyId, code, policy } = asking
  const db = context.stores.study.read
  const study = await findStudy(db, studyId)
  const access = accessTo(studyId, staff.grants)
  const found = study && code !== undefined ? await findCaseByCode(db, studyId, code) : undefined
  const entry = {
    staffId: staff.member.id,
    via: staff.key === undefined ? ('desk' as const) : ('key' as const),
    action: policyName(policy),
    studyId: study?.id ?? null,
    caseId: found?.id ?? null,
    reason: asking.reason,
    detail: await detailOf(db, staff, asking, study?.id, found),
  }
  const refused = (more?: { notFound: true }) =>
    recordAccess(context, { ...entry, outcome: 'refused', detail: more ? { ...entry.detail, ...more } : entry.detail })
  const isHere = study !== undefined && access.roles.length > 0 && (code === undefined || found !== undefined)
  if (!isHere || (found && !reaches(access.reach('see cases'), found.region))) {
    // That an address was made up is no news about anybody.
    if (study) await refused()
    throw new Refusal('not-found')
  }
  if (!covers(access.reach(policy.may), policy, found)) {
    await refused()
    throw new Refusal('not-allowed', { permission: policy.may })
  }
  return {
    access,
    case: found,
    async ended(status) {
      if (status === 403) await refused()
      if (policy.logged === undefined) return
      if (status === 404) await refused({ notFound: true })
      if (status >= 400) return
      const what = asking.isReading && !policy.takesAway ? JSON.stringify(entry) : undefined
      const now = context.clock.now()
      if (what !== undefined && lately.has(what, now)) return
      await recordAccess(context, { ...entry, outcome: 'allowed' })
      if (what !== undefined) lately.note(what, now)
    },
  }
}

function covers(reach: Reach, { whole }: StudyPolicy, found: Case | undefined): boolean {
  if (whole) return reach === 'everywhere'
  return reach !== null && (found === undefined || reaches(reach, found.region))
}

/** The same for what belongs to no study: the permission has to come from some study, or from all of them. */
export async function enterInstallation(
  context: Context,
  staff: SignedIn,
  { mayAnywhere: permission, whole }: AnywherePolicy,
): Promise<void> {
  if (whole ? mayEverywhere(permission, staff.grants) : mayAnywhere(permission, staff.grants)) return
  await recordAccess(context, { staffId: staff.member.id, action: permission, outcome: 'refused' })
  throw new Refusal('not-allowed', { permission })
}

/**
 * What the log keeps beside the rest. It is for ever, and people type a name where a code is asked: a search is kept only when it
 * is part of a code or a region of the study (else it is null), and a person only when the case has such a one.
 */
async function detailOf(
  db: Db,
  { key }: SignedIn,
  { person, search }: Asking,
  studyId: string | undefined,
  found: Case | undefined,
): Promise<Record<string, unknown> | null> {
  const known = person === undefined || !found ? undefined : await findParticipant(db, person)
  const detail = {
    ...(known && known.caseId === found?.id && { person: known.id }),
    ...(search !== null && { search: studyId !== undefined && (await isOfSomeCase(db, studyId, search)) ? search : null }),
    ...(key !== undefined && { key }),
  }
  return Object.keys(detail).length === 0 ? null : detail
}

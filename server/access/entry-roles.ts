/**
 * Whose lists each role of staff types in. A data manager those of anybody; everybody else only those that a protocol gives to their
 * own role, which it calls by the same name: a coordinator those of the coordinator, and so on. Who has two roles has both.
 */
import { type Grant, reaches, type StaffRole } from './roles.ts'

const ownRoles: Partial<Record<StaffRole, string>> = {
  coordinator: 'coordinator',
  interviewer: 'interviewer',
  'file researcher': 'file-researcher',
}

/** Roles of a protocol that are staff themselves: what is theirs is work to do, for which nobody waits at a mailbox. */
export const staffedRoles = Object.values(ownRoles)

/** The roles of participants whose lists these grants let somebody type in, for a case of this region. */
export function entersFor(studyId: string, grants: readonly Grant[], region: string | null): (role: string) => boolean {
  const here = grants.filter(
    (grant) =>
      (grant.studyId === studyId || grant.studyId === '*') && reaches(grant.region === '*' ? 'everywhere' : [grant.region], region),
  )
  const own = here.flatMap(({ role }) => ownRoles[role] ?? [])
  return (role) => here.some((grant) => grant.role === 'data manager') || own.includes(role)
}

/** Of the staffed roles those in whose place somebody types anywhere in the study. */
export const workRoles = (studyId: string, grants: readonly Grant[]): string[] => {
  const here = grants.filter((grant) => grant.studyId === studyId || grant.studyId === '*')
  return here.some(({ role }) => role === 'data manager')
    ? staffedRoles
    : staffedRoles.filter((own) => here.some(({ role }) => ownRoles[role] === own))
}

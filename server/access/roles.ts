/**
 * What each role of staff may do. Deny by default: what is not listed is not allowed.
 *
 * Only those who have to write to families see contact data; a researcher sees pseudonyms, and an administrator, who decides
 * about accounts, sees no answers.
 */
export const permissions = [
  'see response',
  'see cases',
  'see answers',
  'see contact',
  'register cases',
  'change cases',
  'handle mail',
  'enter data',
  'ask queries',
  'answer queries',
  'export',
  'remove answers',
  'see access',
  'manage study',
  'manage staff',
  'open studies',
] as const
export type Permission = (typeof permissions)[number]

const everybody = ['see response', 'see cases'] as const

export const staffRoles = {
  administrator: [...everybody, 'see access', 'manage study', 'manage staff', 'open studies'],
  'data manager': [
    ...everybody,
    'see answers',
    'see contact',
    'register cases',
    'change cases',
    'handle mail',
    'enter data',
    'answer queries',
    'export',
    'remove answers',
    'see access',
    'manage study',
  ],
  coordinator: [...everybody, 'see contact', 'register cases', 'change cases', 'enter data'],
  'file researcher': [...everybody, 'enter data'],
  interviewer: [...everybody, 'see contact', 'enter data'],
  researcher: [...everybody, 'see answers', 'ask queries', 'export'],
} as const satisfies Record<string, readonly Permission[]>

export type StaffRole = keyof typeof staffRoles
export const staffRoleNames = Object.keys(staffRoles) as StaffRole[]
export const isStaffRole = (name: string): name is StaffRole => Object.hasOwn(staffRoles, name)

/** One role that somebody was given: in a study, or in all (`*`), for a region, or for all (`*`). */
export interface Grant {
  studyId: string
  role: StaffRole
  region: string
}

/** Where in a study something is allowed: everywhere, or in these regions only; null: nowhere. */
export type Reach = 'everywhere' | readonly string[] | null

/** What somebody may do in one study. */
export interface Access {
  may(permission: Permission): boolean
  /** In which regions. Somebody with two roles has each permission only where its own role reaches. */
  reach(permission: Permission): Reach
  roles: readonly StaffRole[]
}

/** The access that grants give in a study. Grants add up; there is nothing that takes away. */
export function accessTo(studyId: string, grants: readonly Grant[]): Access {
  const here = grants.filter((grant) => grant.studyId === studyId || grant.studyId === '*')
  const reach = (permission: Permission): Reach => {
    const giving = here.filter(({ role }) => gives(role, permission))
    if (giving.length === 0) return null
    return giving.some(({ region }) => region === '*') ? 'everywhere' : [...new Set(giving.map(({ region }) => region))]
  }
  return { reach, may: (permission) => reach(permission) !== null, roles: [...new Set(here.map(({ role }) => role))] }
}

/** Whether a case of this region is within reach. A case without a region is for those who may see all. */
export const reaches = (reach: Reach, region: string | null): boolean =>
  reach === 'everywhere' || (reach !== null && region !== null && reach.includes(region))

const gives = (role: StaffRole, permission: Permission): boolean => (staffRoles[role] as readonly Permission[]).includes(permission)

/** Whether grants give a permission in any study: for what belongs to the installation as a whole. */
export const mayAnywhere = (permission: Permission, grants: readonly Grant[]): boolean => grants.some(({ role }) => gives(role, permission))

/** Whether grants give a permission in all studies there are and will be, and in all of their regions. */
export const mayEverywhere = (permission: Permission, grants: readonly Grant[]): boolean =>
  grants.some(({ role, studyId, region }) => gives(role, permission) && studyId === '*' && region === '*')

/** Whether grants cover another one: who manages staff of one study or region gives and takes roles in that one only. */
export const mayGive = (grants: readonly Grant[], given: Pick<Grant, 'studyId' | 'region'>): boolean =>
  grants.some(
    ({ role, studyId, region }) =>
      gives(role, 'manage staff') && (studyId === '*' || studyId === given.studyId) && (region === '*' || region === given.region),
  )

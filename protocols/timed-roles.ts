/**
 * Roles that fill in a list while somebody else talks, or while they read: how long that took is a fact about the list. Their page
 * has a timer. It is the role that decides, since each study means the same by it (docs/glossary.md), and what is published has no
 * word for it.
 */
const timedRoles: readonly string[] = ['interviewer', 'file-researcher']

/** Whether the page of this role has a timer. */
export const isTimed = (role: string): boolean => timedRoles.includes(role)

/** Whether this role codes case files: what it wrote at other waves is theirs to see while they code this one. */
export const isCoded = (role: string): boolean => role === 'file-researcher'

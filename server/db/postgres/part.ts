/** The two parts of the data in PostgreSQL: a schema each, and for each a role that can do nothing in the other. */

export type Part = 'identity' | 'study'

/** Owns the tables of its schema, and is what a server works as in it. */
export const roleOf = { identity: 'nameting_identity', study: 'nameting_study' } as const satisfies Record<Part, string>

/** Reads the schema `study` and nothing else: what exports and reports are read as, and what a researcher's login may be a member of. */
export const researchRole = 'nameting_research'

/** How long typing a list in took, from what the server sees: when it was begun, and each save. Pure. */

/** A longer pause counts for this much, in milliseconds: whoever is called away is not typing. */
const longestGap = 300_000

/** Milliseconds of typing between two moments (ISO 8601) that follow each other. A clock that was set back counts for none. */
export const typedFor = (from: string, to: string): number => Math.min(Math.max(Date.parse(to) - Date.parse(from), 0), longestGap)

/** Locks by which processes at one database know of each other. They go with the connection that took them. */
import type { Part } from './part.ts'

/** Any numbers, as long as they are always the same. */
const first = 7_310_226_417
const numbers = {
  starting: { identity: first, study: first + 1 },
  working: { identity: first + 2, study: first + 3 },
} as const satisfies Record<string, Record<Part, number>>

/** Who brings a part up to date: one after the other. */
export const takeStart = (part: Part): string => `SELECT pg_advisory_lock(${numbers.starting[part]})`

/** Who works in a part, idle or not: all of them together, and nobody while it is moved. Gives `taken`. */
export const takeWork = (part: Part): string => `SELECT pg_try_advisory_lock_shared(${numbers.working[part]}) AS taken`

/** Who moves a part, or brings it up to date: alone. Gives `taken`. */
export const takeAlone = (part: Part): string => `SELECT pg_try_advisory_lock(${numbers.working[part]}) AS taken`

/** Whoever has it alone lets go of it before the connection ends: who comes next does not meet it any more. */
export const letGoAlone = (part: Part): string => `SELECT pg_advisory_unlock(${numbers.working[part]})`

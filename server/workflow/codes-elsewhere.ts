/** Codes of other cases that events of a case name: whoever works in one region reads none of another one. */
import { type Reach, reaches } from '../access/roles.ts'
import type { Db } from '../db/tx.ts'
import { findCaseByCode } from '../queries/cases.ts'
import type { Event } from '../queries/events.ts'

/** What the details of an event call the code of another case. Some of these names hold something else in events of another kind. */
export const codeKeys = ['index', 'before', 'sameAs', 'by', 'replaces'] as const

/** Events of a case, without the codes of cases that are out of reach. */
export async function withoutElsewhere<E extends Pick<Event, 'detail'>>(
  db: Db,
  studyId: string,
  events: readonly E[],
  within: Reach,
): Promise<E[]> {
  if (within === 'everywhere') return [...events]
  const named = new Set(events.flatMap(({ detail }) => codeKeys.map((key) => detail?.[key]).filter((value) => typeof value === 'string')))
  const hidden = new Set<unknown>()
  for (const code of named) {
    const other = await findCaseByCode(db, studyId, code)
    if (other && !reaches(within, other.region)) hidden.add(code)
  }
  if (hidden.size === 0) return [...events]
  const isKept = ([key, value]: [string, unknown]): boolean => !(codeKeys as readonly string[]).includes(key) || !hidden.has(value)
  return events.map((event) => ({ ...event, detail: Object.fromEntries(Object.entries(event.detail ?? {}).filter(isKept)) }))
}

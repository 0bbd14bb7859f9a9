/** What was done on this page since it was opened; a fresh page is a fresh start. */
import type { Packet } from '../api.ts'
import { afterList, afterSuggestion, beginning, suggestsBreak } from './suggest-break.ts'

let visit = beginning

export function noteSent(list: { id: string; minutes: number }): void {
  visit = afterList(visit, list)
}

/** Whether this is the moment for a break; asked once for each list that was sent. Whose work this is plans their own day. */
export function isTimeForBreak({ participant, assignments }: Packet): boolean {
  if (participant.isStaff) return false
  const isDue = suggestsBreak(
    visit,
    assignments.filter(({ state }) => state !== 'completed'),
  )
  if (isDue) visit = afterSuggestion(visit)
  return isDue
}

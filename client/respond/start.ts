/** What the server put into a page that it drew: enough to go on with it without asking again. */
import type { Assignment, Packet } from './api.ts'
import { type ListSession, startSession } from './list/list-session.ts'
import type { MissingItem } from './list/send-list.ts'

export interface Start {
  packet: Packet
  /** The list of the address; null when the address is of another page. */
  list: Assignment | null
  /** What stands in text fields of a page that came as a form and cannot be taken as it is. */
  typed?: [string, string][]
  /** The questions that were left open when the list was sent as a form. */
  missing?: MissingItem[]
}

/** Id of the element that holds it as JSON. */
export const startId = 'start'

/** What this page was drawn with; null for one that was not drawn. */
export function readStart(): Start | null {
  const element = document.getElementById(startId)
  return element?.textContent ? (JSON.parse(element.textContent) as Start) : null
}

/** The list of the address as it was drawn: the same where it is drawn and where one goes on with it. */
export const startedSession = ({ list, typed }: Start, language: string): ListSession | null =>
  list && startSession(list, language, { ...(typed && { typed }) })

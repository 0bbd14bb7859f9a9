/** What the server put into a page that it drew: enough to go on with it without asking again. */
import type { Assignment, Packet } from './api.ts'

export interface Start {
  packet: Packet
  /** The list of the address; null when the address is of another page. */
  list: Assignment | null
}

/** Id of the element that holds it as JSON. */
export const startId = 'start'

/** What this page was drawn with; null for one that was not drawn. */
export function readStart(): Start | null {
  const element = document.getElementById(startId)
  return element?.textContent ? (JSON.parse(element.textContent) as Start) : null
}

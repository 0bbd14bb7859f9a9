/**
 * When a break is suggested in a long packet. It goes by how long the lists say that they take, not by a clock: somebody who was called
 * away has had a break already, and the same visit is always treated the same.
 *
 * Both numbers are choices of ours, not findings: long enough to have done something, and not so close to the end that stopping
 * would only get in the way of being done.
 */

/** Minutes of lists after which a break is due. */
const workBeforeBreak = 10
/** So many minutes must be left; with less one is done sooner than rested. */
const leastLeft = 4

interface List {
  id: string
  minutes: number
}

/** What was done on this page since it was opened. */
export interface Visit {
  sent: readonly string[]
  /** Minutes of lists since the beginning, or since a break was suggested last. */
  minutes: number
}

export const beginning: Visit = { sent: [], minutes: 0 }

/** The visit after a list was sent; the same list counts once. */
export const afterList = (visit: Visit, { id, minutes }: List): Visit =>
  visit.sent.includes(id) ? visit : { sent: [...visit.sent, id], minutes: visit.minutes + minutes }

/** Whether to suggest a break now. `open`: the lists that are open; one that was just sent may still be among them. */
export function suggestsBreak({ sent, minutes }: Visit, open: readonly List[]): boolean {
  const left = open.filter(({ id }) => !sent.includes(id)).reduce((sum, list) => sum + list.minutes, 0)
  return minutes > workBeforeBreak && left >= leastLeft
}

/** After a suggestion the counting begins anew: the next list never brings another one unless it is as long as that. */
export const afterSuggestion = (visit: Visit): Visit => ({ ...visit, minutes: 0 })

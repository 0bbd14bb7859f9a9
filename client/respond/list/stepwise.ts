/**
 * Whether statements come one at a time: on a narrow screen, once our script is in charge, unless the reader prefers the list.
 * Marks on the document say so, for survey.css; a page without scripts has none of them and is a list.
 */

/** The same width as in survey.css. */
const narrow = '(max-width: 43.99rem)'

/** Set when our script is in charge. Before that survey.css shows the first statement only, for a few seconds. */
const live = 'live'
const stepwise = 'stepwise'

let prefersList = false
/** The list that was in sight when our script came stays until the next page. */
let staysList = false

const marks = (): DOMTokenList => document.documentElement.classList
const isNarrow = (): boolean => matchMedia(narrow).matches

export const isStepwise = (): boolean => isNarrow() && marks().contains(stepwise)

/**
 * Our script takes over a page. Where the whole list is in sight by then (a slow network, an old browser) and somebody is busy
 * in it, it stays until the next page: nothing goes away under a finger. `isBegun`: something was filled in before.
 */
export function takeCharge(isBegun: boolean): void {
  const later = document.querySelector('.statement:not(.statement-now)')
  const isListInSight = isNarrow() && later !== null && later.getClientRects().length > 0
  staysList = isListInSight && (isBegun || scrollY > 0)
  marks().add(live)
  openPage()
}

/** The first page of a list that somebody opens. */
export function openPage(): void {
  marks().toggle(stepwise, !prefersList && !staysList)
}

/** A further page: one at a time again, unless the reader chose otherwise. */
export function turnPage(): void {
  staysList = false
  marks().toggle(stepwise, !prefersList)
}

export const isListPreferred = (): boolean => prefersList

/** What the reader chose, until they leave. */
export function preferList(wanted: boolean): void {
  prefersList = wanted
  marks().toggle(stepwise, !wanted)
}

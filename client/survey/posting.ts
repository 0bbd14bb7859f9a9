/**
 * How a page of a list travels as a form, from a browser without scripts or before they are there: names of its own fields, and of
 * what can be done with it. No item has a hyphen in its name. What is to be done is `stepField` of ui/post-button.tsx.
 */

/** Id of the form. */
export const listForm = 'list'
/** The page of the list. */
export const pageField = 'list-page'
/** The revision of the draft that the page was drawn from. */
export const revisionField = 'list-revision'
/** What was to be done, on the page that asks first which of two sets of answers counts. */
export const thenField = 'list-then'

/** What is done with an item or a record, named after it. */
const named = ['add', 'remove', 'removed', 'clear', 'anew', 'language'] as const
const plain = ['next', 'previous', 'stay', 'send', 'send-open', 'later', 'leave', 'away', 'keep', 'other'] as const

/** `remove` asks first where something was filled in; `removed` is the answer. `keep` and `other`: which of two sets of answers. */
export type Step = { does: (typeof plain)[number]; of: '' } | { does: (typeof named)[number]; of: string }

/** The value of a button: `remove placements[1]`. */
export const stepValue = (does: (typeof named)[number], of: string): string => `${does} ${of}`

/** What the button of a form said; on to the next page when that is nothing of ours. */
export function readStep(value: string | undefined): Step {
  const [, word = '', of = ''] = /^([a-z-]+)(?: (\S{1,80}))?$/.exec(value ?? '') ?? []
  const withName = named.find((known) => known === word)
  if (withName && of !== '') return { does: withName, of }
  return { does: plain.find((known) => known === word) ?? 'next', of: '' }
}

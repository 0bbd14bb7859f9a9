/**
 * What two versions of an instrument ask and score differently. Wording is not compared: another wording is what a new version
 * is for. So a release version is held beside the stand-in whose structure a study was planned with.
 */
import { compareItems } from './compare-items.ts'
import { compareScales, scaleDifferences } from './compare-scales.ts'
import { formatReference } from './definition.ts'
import { type Phrase, phrase } from './phrase.ts'
import type { Instrument } from './schema.ts'
import { languagesOf } from './translations.ts'

/** One thing that differs. */
export interface Difference extends Phrase {
  about: 'respondents' | 'languages' | 'item' | 'scale'
  /** Name of the item or scale; '' when it is about the instrument, or about the order of all. */
  name: string
}

/**
 * How `b` differs from `a`: respondents, languages, items (in the order of `a`, then what is new), scales. Empty when answers
 * to the one mean what answers to the other mean, whatever the words and the pages they stand on.
 */
export function compareInstruments(a: Instrument, b: Instrument): Difference[] {
  return [
    ...compareLists('respondents', a, a.respondents, b, b.respondents),
    ...compareLists('languages', a, languagesOf(a.survey), b, languagesOf(b.survey)),
    ...compareItems(a, b),
    ...compareScales(a, b),
  ]
}

/** Ids of the scales whose raw scores are the same measure in both (`scaleDifferences` says when), in the order of `a`. */
export function comparableScales(a: Instrument, b: Instrument): string[] {
  return a.scales
    .filter((scale) => b.scales.some((other) => other.id === scale.id && scaleDifferences(a, scale, b, other).length === 0))
    .map(({ id }) => id)
}

function compareLists(
  about: 'respondents' | 'languages',
  a: Instrument,
  before: readonly string[],
  b: Instrument,
  after: readonly string[],
): Difference[] {
  if (before.toSorted().join() === after.toSorted().join()) return []
  const parts = { to: formatReference(b), are: after.join(', '), from: formatReference(a), were: before.join(', ') }
  return [{ about, name: '', ...phrase(about, parts) }]
}

/**
 * What two versions of an instrument ask and score differently. Wording is not compared: another wording is what a new version
 * is for. So a release version is held beside the stand-in whose structure a study was planned with.
 */
import { canonicalJson } from './canonical-json.ts'
import { compareItems } from './compare-items.ts'
import { compareScales } from './compare-scales.ts'
import { formatReference } from './definition.ts'
import { type Item, itemsOf } from './items.ts'
import type { Instrument, Scale } from './schema.ts'
import { isOfAnswers } from './score.ts'
import { languagesOf } from './translations.ts'

/** One thing that differs. */
export interface Difference {
  about: 'respondents' | 'languages' | 'item' | 'scale'
  /** Name of the item or scale; '' when it is about the instrument, or about the order of all. */
  name: string
  /** A plain English sentence without a full stop; of equal instruments always the same. */
  reason: string
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

/**
 * Ids of the scales whose raw scores are the same measure in both, in the order of `a`: same items with the same answers, same
 * reversed items, method, item range, events, groups, prorating, range and bad direction. How many answers may miss may differ:
 * that decides whether there is a score, not what it means.
 */
export function comparableScales(a: Instrument, b: Instrument): string[] {
  return a.scales.filter((scale) => b.scales.some((other) => other.id === scale.id && isComparable(a, scale, b, other))).map(({ id }) => id)
}

function isComparable(a: Instrument, scale: Scale, b: Instrument, other: Scale): boolean {
  return canonicalJson(measureOf(scale)) === canonicalJson(measureOf(other)) && answersOf(a, scale) === answersOf(b, other)
}

/** All that decides what a score means: whatever a scale has but its texts, lists in alphabetical order where order says nothing. */
function measureOf(scale: Scale): unknown {
  if (!isOfAnswers(scale)) {
    const { title: _, problem: __, missing, items, ...rest } = scale
    return { ...rest, unknown: unknownTo(missing), items: items.toSorted() }
  }
  const { title: _, problem: __, missing, items, reverse, counts, groups, ...rest } = scale
  return {
    ...rest,
    prorate: missing.prorate,
    unknown: unknownTo(missing),
    items: items.toSorted(),
    reverse: reverse.toSorted(),
    counts: counts?.toSorted((x, y) => x - y),
    groups: groups && Object.fromEntries(Object.entries(groups).map(([name, members]) => [name, members.toSorted()])),
  }
}

const unknownTo = ({ answers }: Scale['missing']): number[] | undefined => answers?.toSorted((x, y) => x - y)

/** What the items of a scale can be answered with. */
function answersOf(instrument: Instrument, { items }: Scale): string {
  const known = new Map(itemsOf(instrument).map((item) => [item.name, item]))
  return JSON.stringify(
    items.toSorted().map((name) => {
      const item = known.get(name)
      return [name, item && valuesOf(item), ...(item?.kind === 'records' ? item.items.map((inner) => [inner.name, valuesOf(inner)]) : [])]
    }),
  )
}

const valuesOf = ({ choices }: Item): number[] => choices.map(({ value }) => value).sort((x, y) => x - y)

function compareLists(
  about: 'respondents' | 'languages',
  a: Instrument,
  before: readonly string[],
  b: Instrument,
  after: readonly string[],
): Difference[] {
  const verb = about === 'respondents' ? 'is for' : 'speaks'
  if (before.toSorted().join() === after.toSorted().join()) return []
  return [
    { about, name: '', reason: `${formatReference(b)} ${verb} ${after.join(', ')}; ${formatReference(a)} ${verb} ${before.join(', ')}` },
  ]
}

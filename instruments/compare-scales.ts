/** How the scales of two versions of an instrument differ, in everything but their titles. */
import { canonicalJson } from './canonical-json.ts'
import type { Difference } from './compare.ts'
import { answerPhrases } from './compare-answers.ts'
import { formatReference } from './definition.ts'
import { type Phrase, phrase, reasonsOf, withinPlace } from './phrase.ts'
import { itemsBehind } from './scale-items.ts'
import type { Instrument, Scale } from './schema.ts'
import { isOfAnswers } from './score.ts'

export function compareScales(a: Instrument, b: Instrument): Difference[] {
  const later = new Map(b.scales.map((scale) => [scale.id, scale]))
  const known = new Set(a.scales.map(({ id }) => id))
  return [
    ...a.scales.flatMap((scale): Difference[] => {
      const same = later.get(scale.id)
      if (same) return compareScale(scale, same)
      return [{ about: 'scale', name: scale.id, ...phrase('missing', { kind: 'scale', name: scale.id, from: formatReference(a) }) }]
    }),
    ...b.scales
      .filter(({ id }) => !known.has(id))
      .map(({ id }): Difference => ({ about: 'scale', name: id, ...phrase('added', { kind: 'scale', name: id, to: formatReference(a) }) })),
  ]
}

/**
 * Why a raw score on `after`, a scale of `b`, is not the measure that `before`, the scale of that id in `a`, is; empty when it
 * is. Each a plain English phrase without a full stop, from the side of `b`.
 *
 * It is the same measure with the same items, answers to which mean the same, reversed items, method, item range, events,
 * groups, conditions, prorating, answers for "not known", range and bad direction. How many answers may miss may differ: that decides whether there is
 * a score, not what it means.
 */
export const scaleDifferences = (a: Instrument, before: Scale, b: Instrument, after: Scale): string[] =>
  reasonsOf(scalePhrases(a, before, b, after))

/** The same as data. */
export function scalePhrases(a: Instrument, before: Scale, b: Instrument, after: Scale): Phrase[] {
  const old = itemsBehind(a, before)
  const answers = [...itemsBehind(b, after)].flatMap(([name, item]) => {
    const same = old.get(name)
    return same ? answerPhrases(a, same, b, item).map((inner) => withinPlace({ kind: 'item', name }, inner)) : []
  })
  return [...compareMembers(before, after), ...compareRest(measureOf(before), measureOf(after)), ...answers]
}

const compareScale = (before: Scale, after: Scale): Difference[] =>
  [...compareMembers(before, after), ...compareRest(restOf(before), restOf(after))].map((inner) => ({
    about: 'scale',
    name: after.id,
    ...withinPlace({ kind: 'scale', name: after.id }, inner),
  }))

const compareMembers = (before: Scale, after: Scale): Phrase[] => [
  ...membersThatDiffer('items', before.items, after.items),
  ...membersThatDiffer('reversed items', reversedIn(before), reversedIn(after)),
]

const reversedIn = (scale: Scale): string[] => (isOfAnswers(scale) ? scale.reverse : [])

function membersThatDiffer(members: 'items' | 'reversed items', before: string[], after: string[]): Phrase[] {
  const gone = before.filter((name) => !after.includes(name))
  const added = after.filter((name) => !before.includes(name))
  return [
    ...(gone.length > 0 ? [phrase('without', { members, names: gone.join(', ') })] : []),
    ...(added.length > 0 ? [phrase('with', { members, names: added.join(', ') })] : []),
  ]
}

type Traits = Record<string, unknown>

/** All but the texts and what is compared member by member. */
function restOf(scale: Scale): Traits {
  const { title, problem, items, reverse, ...rest }: Traits = scale
  return rest
}

/** The part of it that decides what a score means. */
function measureOf(scale: Scale): Traits {
  const { missing, ...rest } = restOf(scale)
  return { ...rest, prorate: scale.missing.prorate, unknown: scale.missing.answers }
}

/** What keys are called in a sentence; any other key is called by its own name. */
const words: Record<string, string> = {
  method: 'method',
  itemRange: 'item range',
  missing: 'rule for missing answers',
  prorate: 'prorating',
  unknown: 'list of answers that say it is not known',
  range: 'range',
  worse: 'bad direction',
  counts: 'list of counted answers',
}

const compareRest = (was: Traits, is: Traits): Phrase[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => shown(was[key]) !== shown(is[key]))
    .map((key) => phrase('is', { trait: `the ${words[key] ?? key}`, is: shown(is[key]), was: shown(was[key]) }))

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  return typeof value === 'string' ? value : canonicalJson(sorted(value))
}

/** Lists in a scale say what belongs together; the order in which they were written says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.toSorted((x, y) => (x < y ? -1 : Number(x > y)))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sorted(inner)]))
}

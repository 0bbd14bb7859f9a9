/**
 * Raw scores: the numbers that an instrument makes of its answers, before any norm.
 *
 * docs/scoring.md explains each method with a worked example.
 */
import { ownValue } from './own-value.ts'
import type { Answer, AnswerScale, Answers, Instrument, Scale } from './schema.ts'
import { scoreFacts } from './score-facts.ts'

/**
 * Why there is no raw score. not-asked: conditions hid every item; no-answer: no item was answered;
 * too-many-missing: more unanswered items than the scale allows; not-a-number: an answer that cannot be counted with, such as a text;
 * no-records: there is nothing of which something could be a part; end-before-start: of two dates; no-completion-day: something
 * still goes on, and until when was not said; no-price: the study has no price table for it.
 */
export const rawReasons = [
  'not-asked',
  'no-answer',
  'too-many-missing',
  'not-a-number',
  'no-records',
  'end-before-start',
  'no-completion-day',
  'no-price',
] as const
export type RawReason = (typeof rawReasons)[number]

export interface RawScore {
  /** Not rounded. Null exactly when there is a reason. */
  raw: number | null
  /** Items without an answer, as the method counts them: see `missingItems`. */
  missing: number
  reason: RawReason | null
}

/** What a score needs beside the answers. */
export interface Circumstances {
  /** The day on which the list was completed, `YYYY-MM-DD`: until then counts what still goes on. Null when it is not known. */
  completedOn: string | null
  /** Unit prices by key, by the id of their price table. */
  prices: ReadonlyMap<string, Readonly<Record<string, number>>>
}

const unknown: Circumstances = { completedOn: null, prices: new Map() }

/** Raw scores of all scales of `instrument`, in its order. `notApplicable`: items that conditions hid. */
export function scoreInstrument(
  instrument: Instrument,
  answers: Answers,
  notApplicable: readonly string[] = [],
  circumstances: Circumstances = unknown,
): ({ scale: string } & RawScore)[] {
  return instrument.scales.map((scale) => ({ scale: scale.id, ...scoreScale(scale, answers, notApplicable, circumstances) }))
}

/** The raw score of one scale. `answers` have been checked against the instrument that the scale belongs to. */
export function scoreScale(
  scale: Scale,
  answers: Answers,
  notApplicable: readonly string[] = [],
  circumstances: Circumstances = unknown,
): RawScore {
  return isOfAnswers(scale) ? scoreAnswers(scale, answers, notApplicable) : scoreFacts(scale, answers, notApplicable, circumstances)
}

/** Whether the scale makes its number of answers, item by item. */
export const isOfAnswers = (scale: Scale): scale is AnswerScale => 'itemRange' in scale

function scoreAnswers(scale: AnswerScale, given: Answers, notApplicable: readonly string[]): RawScore {
  const answers = known(scale, given)
  const missingIn = (items: string[]) => missingItems(scale, items, answers, notApplicable)
  const missing = missingIn(scale.items)
  const none = (reason: RawReason): RawScore => ({ raw: null, missing, reason })

  if (missing > 0 && scale.items.every((item) => ownValue(answers, item) === undefined))
    return none(scale.items.every((item) => notApplicable.includes(item)) ? 'not-asked' : 'no-answer')
  if (partsOf(scale).some((part) => missingIn(part) > scale.missing.allowed || missingIn(part) === part.length))
    return none('too-many-missing')
  const raw = countsEvents(scale) ? events(scale, answers) : fromNumbers(scale, answers)
  return raw === undefined ? none('not-a-number') : { raw, missing, reason: null }
}

/** The answers without those which say that it is not known; of a checkbox one such is enough. */
function known({ items, missing }: AnswerScale, answers: Answers): Answers {
  const { answers: unknown } = missing
  if (unknown === undefined) return answers
  const isKnown = (answer: Answer | undefined) => ![answer].flat().some((value) => unknown.includes(value as number))
  return Object.fromEntries(
    items.flatMap((item) => {
      const answer = ownValue(answers, item)
      return answer !== undefined && isKnown(answer) ? [[item, answer]] : []
    }),
  )
}

/** What may miss so much, and is prorated, by itself: the parts of a sum, else all items together. */
export const partsOf = ({ method, groups, items }: AnswerScale): string[][] =>
  method === 'sum' && groups ? Object.values(groups) : [items]

const countsEvents = ({ method }: AnswerScale): boolean => method === 'count' || method === 'categories'

/**
 * How many items miss an answer. In a sum, a mean or a value a hidden item misses like any other: the number is made of all items.
 * Where events are counted, what was not asked because it could not apply is no event, and nothing is missing.
 */
function missingItems(scale: AnswerScale, items: string[], answers: Answers, notApplicable: readonly string[]): number {
  const hiddenMisses = !countsEvents(scale)
  let missing = 0
  for (const item of items) if (ownValue(answers, item) === undefined && (hiddenMisses || !notApplicable.includes(item))) missing++
  return missing
}

/** Items, or categories of items, in which an event happened; of a checkbox each ticked event counts. */
function events(scale: AnswerScale, answers: Answers): number {
  const eventsIn = (items: string[]) => items.reduce((sum, item) => sum + eventsOf(scale, item, answers), 0)
  if (scale.method === 'count') return eventsIn(scale.items)
  return Object.values(scale.groups ?? {}).filter((items) => eventsIn(items) > 0).length
}

function eventsOf(scale: AnswerScale, item: string, answers: Answers): number {
  const answer = ownValue(answers, item)
  const ticked = Array.isArray(answer) ? answer : [answer]
  return ticked.filter((value) => typeof value === 'number' && (scale.counts ?? []).includes(keyed(scale, item, value))).length
}

/** A sum is that of its parts, in their order. */
function fromNumbers(scale: AnswerScale, answers: Answers): number | undefined {
  let total = 0
  for (const part of partsOf(scale)) {
    const number = fromPart(scale, part, answers)
    if (number === undefined) return undefined
    total += number
  }
  return total
}

function fromPart(scale: AnswerScale, items: string[], answers: Answers): number | undefined {
  const answered = items.map((item) => [item, ownValue(answers, item)] as const).filter(([, answer]) => answer !== undefined)
  let sum = 0
  for (const [item, answer] of answered) {
    const number = Array.isArray(answer) && answer.length === 1 ? answer[0] : answer
    if (typeof number !== 'number') return undefined
    sum += keyed(scale, item, number)
  }
  if (scale.method === 'mean') return sum / answered.length
  const prorated = scale.method === 'sum' && scale.missing.prorate && answered.length < items.length
  // One division, so that of whole answers the result is the double nearest to the true fraction.
  return prorated ? (sum * items.length) / answered.length : sum
}

/** The answer in the direction of the scale: a reversed item scores lowest + highest - answer. */
function keyed({ reverse, itemRange: [lowest, highest] }: AnswerScale, item: string, answer: number): number {
  return reverse.includes(item) ? lowest + highest - answer : answer
}

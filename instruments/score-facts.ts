/**
 * Raw scores of facts: how many records there are, how long something lasted, which part of them it is, what it cost.
 *
 * Pure like instruments/score.ts: the day on which a list was completed and the prices are arguments. docs/scoring.md has
 * an example of each method.
 */
import { ownValue } from './own-value.ts'
import { covered, lengthIn, type Period } from './period.ts'
import { inRecord, isRecords } from './records.ts'
import type { AnswerRecord, Answers, FactScale, SimpleAnswer, Where } from './schema.ts'
import type { Circumstances, RawReason, RawScore } from './score.ts'

type DurationScale = Extract<FactScale, { method: 'duration' }>
type CostScale = Extract<FactScale, { method: 'cost' }>

/** Answers that belong together, and which of their items conditions hid. */
interface Unit {
  answers: Readonly<Record<string, unknown>>
  isHidden(item: string): boolean
}

/** What one unit gives: a number or a period, nothing because it is not meant, or a reason; undefined when it lacks an answer that is needed. */
type Part = number | Period | 'not meant' | { reason: RawReason } | undefined

/** Whether the scale looks at the records of a repeated group; else its items are questions. */
export function isOverRecords(scale: FactScale): boolean {
  switch (scale.method) {
    case 'records':
      return true
    case 'duration':
      return scale.over !== undefined
    case 'share':
      return !Object.keys(scale.where).every((item) => scale.items.includes(item))
    case 'cost':
      return scale.amount !== undefined || scale.kind !== undefined
  }
}

export function scoreFacts(scale: FactScale, answers: Answers, notApplicable: readonly string[], circumstances: Circumstances): RawScore {
  const units = isOverRecords(scale) ? recordsOf(scale, answers, notApplicable) : questionsOf(scale, answers, notApplicable)
  if (typeof units === 'string') return { raw: null, missing: scale.items.length, reason: units }
  const lastDay = lastDayOf(scale, answers, circumstances)
  const parts = units.map((unit) => partOf(scale, unit, circumstances, lastDay))
  const missing = parts.filter((part) => part === undefined).length
  const none = (reason: RawReason): RawScore => ({ raw: null, missing, reason })

  if (units.length === 0 && scale.method === 'share') return none('no-records')
  if (missing > 0 && missing === units.length) return none('no-answer')
  if (missing > scale.missing.allowed) return none('too-many-missing')
  const failed = parts.find((part) => typeof part === 'object' && 'reason' in part)
  if (failed) return none(failed.reason)
  const numbers = scale.method === 'duration' ? lengthsOf(scale, parts) : parts.filter((part) => typeof part === 'number')
  // What no part could be of: conditions hid it in every record.
  if (scale.method === 'share' && numbers.length === 0) return none('not-asked')
  return { raw: joined(scale, numbers), missing, reason: null }
}

function joined(scale: FactScale, numbers: number[]): number {
  if (scale.method === 'duration' && scale.over === 'longest') return Math.max(0, ...numbers)
  const sum = numbers.reduce((total, number) => total + number, 0)
  if (scale.method === 'share') return sum / numbers.length
  // Costs are added in hundredths, which are whole for whole amounts.
  return scale.method === 'cost' ? sum / 100 : sum
}

function lengthsOf({ over, unit }: DurationScale, parts: Part[]): number[] {
  const periods = parts.filter((part) => typeof part === 'object' && 'from' in part)
  return (over === 'union' ? covered(periods) : periods).map((period) => lengthIn(unit, period))
}

/** The records, none when an answer outside them says so, or why they are not known. */
function recordsOf({ items, none }: FactScale, answers: Answers, notApplicable: readonly string[]): Unit[] | RawReason {
  const name = items[0] as string
  const given = ownValue(answers, name)
  if (isRecords(given)) {
    const hidden = new Set(notApplicable)
    return given.map((record: AnswerRecord, index) => ({
      answers: record,
      isHidden: (item) => hidden.has(inRecord(name, index, item)),
    }))
  }
  const list: Unit = { answers, isHidden: (item) => notApplicable.includes(item) }
  if (none && meets(none, list, []) === true) return []
  return notApplicable.includes(name) ? 'not-asked' : 'no-answer'
}

/** Of a duration the one pair of dates, else each question by itself; what was not asked is not among them. */
function questionsOf(scale: FactScale, answers: Answers, notApplicable: readonly string[]): Unit[] | RawReason {
  const list: Unit = { answers, isHidden: (item) => notApplicable.includes(item) }
  if (scale.items.every((item) => list.isHidden(item))) return 'not-asked'
  if (scale.method === 'duration') return [list]
  return scale.items
    .filter((item) => !list.isHidden(item))
    .map((item) => ({ answers: Object.hasOwn(answers, item) ? { [item]: answers[item] } : {}, isHidden: () => false }))
}

const answerIn = ({ answers }: Unit, item: string): SimpleAnswer | undefined => ownValue(answers, item) as SimpleAnswer | undefined

/**
 * Whether all conditions fit; undefined when that hangs on an answer that is not there, or is one of `unknown`. What was not asked
 * does not fit.
 */
function meets(where: Where, unit: Unit, unknown: readonly number[]): boolean | undefined {
  const each = Object.entries(where).map(([item, values]) => {
    if (unit.isHidden(item)) return false
    const answer = answerIn(unit, item)
    if (answer === undefined) return undefined
    if (isAmong(answer, values)) return true
    return isAmong(answer, unknown) ? undefined : false
  })
  return each.includes(false) ? false : each.includes(undefined) ? undefined : true
}

/** Whether the answer, or one of those ticked, is among `values`. */
const isAmong = (answer: SimpleAnswer, values: readonly number[]): boolean =>
  [answer].flat().some((value) => values.includes(value as number))

/** The day until which counts what still goes on; undefined when the list asks for it and nobody said. */
function lastDayOf(scale: FactScale, answers: Answers, { completedOn }: Circumstances): string | null | undefined {
  if (scale.method !== 'duration' || scale.asOf === undefined) return completedOn
  return ownValue(answers, scale.asOf) as string | undefined
}

function partOf(scale: FactScale, unit: Unit, circumstances: Circumstances, lastDay: string | null | undefined): Part {
  const { answers: unknown = [] } = scale.missing
  switch (scale.method) {
    case 'records':
      return asNumber(scale.where === undefined ? true : meets(scale.where, unit, unknown))
    case 'share':
      return shareOf(scale.where, unit, isOverRecords(scale), unknown)
    case 'duration': {
      const isMeant = scale.where === undefined ? true : meets(scale.where, unit, unknown)
      return isMeant === true ? periodOf(scale, unit, lastDay) : isMeant === false ? 'not meant' : undefined
    }
    case 'cost':
      return costOf(scale, unit, circumstances.prices.get(scale.priceTable))
  }
}

const asNumber = (fits: boolean | undefined): number | undefined => (fits === undefined ? undefined : Number(fits))

function shareOf(where: Where, unit: Unit, isRecord: boolean, unknown: readonly number[]): Part {
  if (isRecord) return Object.keys(where).every((item) => unit.isHidden(item)) ? 'not meant' : asNumber(meets(where, unit, unknown))
  const [item] = Object.keys(unit.answers)
  return item === undefined ? undefined : asNumber(meets({ [item]: where[item] ?? [] }, unit, unknown))
}

function periodOf({ start, end, running, missing }: DurationScale, unit: Unit, lastDay: string | null | undefined): Part {
  const from = answerIn(unit, start)
  const until = answerIn(unit, end)
  const goesOn = until === undefined && running !== undefined && meets(running, unit, missing.answers ?? []) === true
  if (typeof from !== 'string' || (typeof until !== 'string' && !goesOn)) return undefined
  if (goesOn && lastDay === undefined) return undefined
  if (goesOn && lastDay === null) return { reason: 'no-completion-day' }
  const period = {
    from: Temporal.PlainDate.from(from),
    until: Temporal.PlainDate.from(goesOn ? (lastDay as string) : (until as string)),
  }
  return Temporal.PlainDate.compare(period.until, period.from) < 0 ? { reason: 'end-before-start' } : period
}

/** In hundredths. */
function costOf({ unitPrices, kind, amount, missing }: CostScale, unit: Unit, prices: Readonly<Record<string, number>> | undefined): Part {
  const item = kind ?? Object.keys(unit.answers)[0]
  if (item === undefined) return undefined
  const used = kind === undefined ? item : answerIn(unit, kind)
  if (used !== undefined && isAmong(used, missing.answers ?? [])) return undefined
  const times = answerIn(unit, amount ?? item)
  if (used === undefined || (times === undefined && !unit.isHidden(amount ?? item))) return undefined
  const key = unitPrices[String(used)]
  // A kind without a key costs nothing: "none of these".
  if (key === undefined) return 0
  const price = prices?.[key]
  return price === undefined ? { reason: 'no-price' } : Math.round(price * 100) * Number(times ?? 0)
}

/** Checks answers against an instrument: types, ranges, unknown items, and which items were to be answered at all. */
import { z } from 'zod'
import { answerSchema } from './answer-schema.ts'
import { type Condition, readCondition } from './condition.ts'
import { type Item, itemsOf } from './items.ts'
import type { Answer, Answers, Instrument } from './schema.ts'

export interface AnswerProblem {
  /** The item, the unknown name as it came in (cut at 40 characters), or '' when the answers as a whole are wrong. */
  item: string
  /** A short English sentence; it never repeats what somebody typed. */
  reason: string
}

export interface OpenItem {
  item: string
  page: string
}

export interface AnswerCheck {
  problems: AnswerProblem[]
  /** What counts as answered: no empty answers, none of an item that is not asked or has a problem. In the order of the items. */
  answers: Answers
  /** Items that are asked, given these answers, in order. */
  asked: string[]
  /** Items that a condition keeps from being asked. */
  notApplicable: string[]
  /** Items that are asked and have no answer; one whose answer has a problem is not among them. */
  open: OpenItem[]
  /** Those of `open` that must be answered before the list can be sent. */
  required: OpenItem[]
}

export type AnswerChecker = (answers: unknown) => AnswerCheck

interface CompiledItem extends Item {
  schema: z.ZodType<Answer>
  reason: string
  shown: Condition[]
}

const checkers = new WeakMap<Instrument, AnswerChecker>()

/**
 * The checker of `instrument`, compiled once per instrument object.
 *
 * Throws a RangeError when one of its conditions cannot be read; the checker itself never throws, whatever JSON it is given.
 */
export function answerChecker(instrument: Instrument): AnswerChecker {
  const known = checkers.get(instrument)
  if (known) return known
  const checker = compile(instrument)
  checkers.set(instrument, checker)
  return checker
}

function compile(instrument: Instrument): AnswerChecker {
  const items = itemsOf(instrument).map((item) => ({ ...item, ...answerSchema(item), shown: item.conditions.map(readCondition) }))
  const byName = new Map(items.map((item) => [item.name, item]))
  const schema = z.strictObject(Object.fromEntries(items.map((item) => [item.name, item.schema.optional()])))

  return (input) => {
    const { given, unknown } = itemsGiven(input, byName)
    const parsed = schema.safeParse(given)
    const faulty = new Set(parsed.error?.issues.map(({ path }) => String(path[0])))
    for (const name of faulty) delete given[name]
    return sortOut(items, given as Answers, faulty, unknown)
  }
}

/** The non-empty answers to known items, and a problem for everything else. */
function itemsGiven(input: unknown, byName: Map<string, CompiledItem>): { given: Record<string, unknown>; unknown: AnswerProblem[] } {
  // Without a prototype, an unanswered item called "constructor" stays unanswered.
  const given: Record<string, unknown> = Object.create(null)
  const unknown: AnswerProblem[] = []
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { given, unknown: [{ item: '', reason: 'Answers are an object with the names of items as keys.' }] }
  for (const [name, value] of Object.entries(input)) {
    const item = byName.get(name)
    if (!item) unknown.push({ item: name.slice(0, 40).toWellFormed(), reason: 'This instrument has no such item.' })
    else if (!isEmpty(value)) given[name] = tidy(value, item)
  }
  return { given, unknown }
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

/** One spelling for what means the same: 0 for -0, one kind of line end, ticked choices in the order in which they are offered. */
function tidy(value: unknown, item: CompiledItem): unknown {
  if (typeof value === 'number') return value + 0
  if (typeof value === 'string') return value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value
  if (item.question.type !== 'checkbox' || !item.schema.safeParse(value).success) return value
  return item.choices.map((choice) => choice.value).filter((choice) => (value as number[]).includes(choice))
}

/** Decides item by item what is asked. An answer to an item that is not asked is gone before the next condition is read. */
function sortOut(items: CompiledItem[], given: Answers, faulty: Set<string>, problems: AnswerProblem[]): AnswerCheck {
  const check: AnswerCheck = { problems, answers: {}, asked: [], notApplicable: [], open: [], required: [] }
  for (const item of items) {
    const { name, page } = item
    if (!item.shown.every((isTrue) => isTrue(given))) {
      check.notApplicable.push(name)
      delete given[name]
      continue
    }
    check.asked.push(name)
    const answer = given[name]
    if (answer !== undefined) check.answers[name] = answer
    else if (faulty.has(name)) check.problems.push({ item: name, reason: item.reason })
    else {
      check.open.push({ item: name, page })
      if (item.question.isRequired) check.required.push({ item: name, page })
    }
  }
  return check
}

/** Checks answers against an instrument: types, ranges, unknown items, and which items were to be answered at all. */
import { z } from 'zod'
import { answerSchema } from './answer-schema.ts'
import { type Condition, readCondition } from './condition.ts'
import { itemsOf, type QuestionItem, type RecordsItem } from './items.ts'
import { inRecord } from './records.ts'
import { safeParse } from './safe-parse.ts'
import type { AnswerRecord, Answers, Instrument, SimpleAnswer } from './schema.ts'

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

/** An item of a record is called by its place: `placements[1].start` is `start` of the second record of `placements`. */
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

interface CompiledQuestion extends QuestionItem {
  schema: z.ZodType<SimpleAnswer>
  reason: string
  shown: Condition[]
}

interface CompiledRecords extends Omit<RecordsItem, 'items'> {
  inner: Group<CompiledQuestion>
  shown: Condition[]
}

type CompiledItem = CompiledQuestion | CompiledRecords

/** Items that are answered together: those of the list, or those of one record. */
interface Group<Member extends CompiledItem> {
  items: Member[]
  byName: Map<string, Member>
  /** Of the questions; records are checked one by one. */
  schema: z.ZodType<Record<string, SimpleAnswer | undefined>>
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
  const list = group(itemsOf(instrument).map((item) => (item.kind === 'records' ? compileRecords(item) : compileQuestion(item))))
  const checker: AnswerChecker = (input) => {
    const check: AnswerCheck = { problems: [], answers: {}, asked: [], notApplicable: [], open: [], required: [] }
    check.answers = checkGroup(list, input, check, { call: (name) => name, what: 'instrument', around: null }) as Answers
    return check
  }
  checkers.set(instrument, checker)
  return checker
}

const compileQuestion = (item: QuestionItem): CompiledQuestion => ({
  ...item,
  ...answerSchema(item),
  shown: item.conditions.map(readCondition),
})

const compileRecords = ({ items, ...item }: RecordsItem): CompiledRecords => ({
  ...item,
  inner: group(items.map(compileQuestion)),
  shown: item.conditions.map(readCondition),
})

function group<Member extends CompiledItem>(items: Member[]): Group<Member> {
  const questions = items.flatMap((item) => (item.kind === 'question' ? [[item.name, item.schema.optional()] as const] : []))
  return { items, byName: new Map(items.map((item) => [item.name, item])), schema: z.strictObject(Object.fromEntries(questions)) }
}

/** Where a group stands. */
interface Place {
  /** How an item of it is called in the check. */
  call(name: string): string
  what: 'instrument' | 'record'
  /** In a record: the answers to the list so far, which its conditions see too. */
  around: Answers | null
}

/** Adds to `check` all that is said of the group, and returns its answers in the order of the items. */
function checkGroup<Member extends CompiledItem>(
  { items, byName, schema }: Group<Member>,
  input: unknown,
  check: AnswerCheck,
  place: Place,
): Answers {
  const given = itemsGiven(input, byName, check, place)
  const parsed = safeParse(schema, withoutRecords(given, items))
  const faulty = new Set(parsed.error?.issues.map(({ path }) => String(path[0])))
  for (const name of faulty) delete given[name]
  return sortOut(items, given as Answers, faulty, check, place)
}

/** The non-empty answers to known items; a problem for everything else. */
function itemsGiven(input: unknown, byName: Map<string, CompiledItem>, check: AnswerCheck, { call, what }: Place): Record<string, unknown> {
  // Without a prototype, an unanswered item called "constructor" stays unanswered.
  const given: Record<string, unknown> = Object.create(null)
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    check.problems.push({ item: '', reason: 'Answers are an object with the names of items as keys.' })
    return given
  }
  for (const [name, value] of Object.entries(input)) {
    const item = byName.get(name)
    if (!item) check.problems.push({ item: call(name.slice(0, 40).toWellFormed()), reason: `This ${what} has no such item.` })
    else if (!isEmpty(value)) given[name] = item.kind === 'records' ? value : tidy(value, item)
  }
  return given
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

/** One spelling for what means the same: 0 for -0, one kind of line end, ticked choices in the order in which they are offered. */
function tidy(value: unknown, item: CompiledQuestion): unknown {
  if (typeof value === 'number') return value + 0
  if (typeof value === 'string') return value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value
  if (item.question.type !== 'checkbox' || !item.schema.safeParse(value).success) return value
  return item.choices.map((choice) => choice.value).filter((choice) => (value as number[]).includes(choice))
}

/** What zod is to look at; the list without records, which most lists have none of, is the object itself. */
function withoutRecords(given: Record<string, unknown>, items: CompiledItem[]): Record<string, unknown> {
  const records = items.filter(({ kind, name }) => kind === 'records' && name in given)
  if (records.length === 0) return given
  return Object.fromEntries(Object.entries(given).filter(([name]) => !records.some((item) => item.name === name)))
}

/** Decides item by item what is asked. An answer to an item that is not asked is gone before the next condition is read. */
function sortOut(items: CompiledItem[], given: Answers, faulty: Set<string>, check: AnswerCheck, { call, around }: Place): Answers {
  const answers: Answers = {}
  const seen = around === null ? given : ({ ...around, panel: given } as unknown as Answers)
  for (const item of items) {
    const { page } = item
    const name = call(item.name)
    if (!item.shown.every((isTrue) => isTrue(seen))) {
      check.notApplicable.push(name)
      delete given[item.name]
      continue
    }
    check.asked.push(name)
    const answer = given[item.name]
    if (faulty.has(item.name)) check.problems.push({ item: name, reason: (item as CompiledQuestion).reason })
    else if (answer === undefined) {
      check.open.push({ item: name, page })
      if (item.question.isRequired) check.required.push({ item: name, page })
    } else if (item.kind === 'question') answers[item.name] = answer
    else {
      const records = checkRecords(item, answer, check, given)
      if (records) {
        given[item.name] = records
        answers[item.name] = records
      } else delete given[item.name]
    }
  }
  return answers
}

/** The records as they count; undefined, with a problem told, when they are no list of objects or are too few or too many. */
function checkRecords(item: CompiledRecords, answer: unknown, check: AnswerCheck, around: Answers): AnswerRecord[] | undefined {
  const { minPanelCount: fewest = 0, maxPanelCount: most } = item.question
  const isList = Array.isArray(answer) && answer.every((record) => typeof record === 'object' && record !== null && !Array.isArray(record))
  if (!isList || answer.length < fewest || answer.length > most) {
    check.problems.push({
      item: item.name,
      reason: `This item takes a list of ${fewest === 0 ? 'at most' : `${fewest} to`} ${most} records.`,
    })
    return undefined
  }
  const { [item.name]: _, ...others } = around
  return answer.map((record, index) => {
    const call = (name: string) => inRecord(item.name, index, name)
    return checkGroup(item.inner, record, check, { call, what: 'record', around: others }) as AnswerRecord
  })
}

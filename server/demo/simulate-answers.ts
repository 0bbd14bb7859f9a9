/** Invents answers to any instrument. What may be answered is read from the definition, so a new instrument needs nothing here. */
import { answerChecker } from '../../instruments/answers.ts'
import { type Item, itemsOf, type QuestionItem } from '../../instruments/items.ts'
import { isRecords } from '../../instruments/records.ts'
import type { Answer, AnswerRecord, AnswerScale, Answers, Instrument, SimpleAnswer } from '../../instruments/schema.ts'
import { isOfAnswers } from '../../instruments/score.ts'
import { normal, oneOf, type Random, shuffled, wholeBetween } from './random.ts'

export interface Simulated {
  answers: Answers
  /** Items that were asked and left open on purpose. */
  skipped: string[]
}

export interface Tendency {
  /** Raw score to come out at, per scale; a scale that is not named is answered anyhow. */
  aims: Record<string, number>
  /** Chance that an item that may stay open does. */
  leaveOpen: number
  /** The day of answering, `YYYY-MM-DD`: dates lie in the two years before it. Without it, dates that may stay open do. */
  today?: string
  /** Answers that are facts; of a record what it lacks is invented. */
  known?: Answers
}

/**
 * Answers of one invented person. Without open items a sum, a mean or a count comes out at its aim, as near as its items allow.
 * An item of several scales follows the first that has an aim, `categories` after all others.
 */
export function simulateAnswers(instrument: Instrument, random: Random, { aims, leaveOpen, today, known = {} }: Tendency): Simulated {
  const items = itemsOf(instrument)
  const meant: Answers = withoutRecords(known)
  const scales = instrument.scales.filter(isOfAnswers).sort((a, b) => Number(a.method === 'categories') - Number(b.method === 'categories'))
  for (const scale of scales) {
    const free = items.filter(({ name }) => scale.items.includes(name) && meant[name] === undefined)
    Object.assign(meant, answersOfScale(scale, free, aims[scale.id], random))
  }
  for (const item of items) {
    const answer =
      meant[item.name] ?? (item.kind === 'records' ? records(item, known[item.name], random, today) : anyAnswer(item, random, today))
    const leftOpen = item.question.isRequired !== true && random() < leaveOpen && known[item.name] === undefined
    if (answer === undefined || leftOpen) delete meant[item.name]
    else meant[item.name] = answer
  }
  inOrderOfTime(instrument, meant, today)
  const { answers, open } = answerChecker(instrument)(meant)
  return { answers, skipped: open.map(({ item }) => item) }
}

function answersOfScale(scale: AnswerScale, items: Item[], aim: number | undefined, random: Random): Answers {
  if (aim === undefined || items.length === 0) return {}
  if (scale.method === 'count' || scale.method === 'categories') return events(scale, items, aim, random)
  const [lowest, highest] = scale.itemRange
  const total = Math.round(scale.method === 'sum' ? (aim * items.length) / scale.items.length : aim * items.length)
  const scored = spread(total, items.length, lowest, highest, random)
  return Object.fromEntries(
    items.map(({ name, choices }, index) => {
      const value = scored[index] ?? lowest
      const answer = scale.reverse.includes(name) ? lowest + highest - value : value
      return [name, nearest(choices, answer)]
    }),
  )
}

/** `size` whole numbers between the bounds that add up to `total` as nearly as they can, scattered around its mean. */
function spread(total: number, size: number, lowest: number, highest: number, random: Random): number[] {
  const within = (value: number) => Math.min(highest, Math.max(lowest, value))
  const values = Array.from({ length: size }, () => within(Math.round(total / size + 0.9 * normal(random))))
  // Whole: 29 / 12 * 12 is a little less than 29, and would stay one short.
  let lacking = Math.round(within(total / size) * size) - values.reduce((sum, value) => sum + value, 0)
  while (Math.abs(lacking) >= 1) {
    const step = Math.sign(lacking)
    const index = wholeBetween(random, 0, size - 1)
    const value = values[index] as number
    if (within(value + step) === value) continue
    values[index] = value + step
    lacking -= step
  }
  return values
}

/** So many of the items as `aim` says happened; which answers count as that is the scale's own business. Of boxes in one item so many are ticked. */
function events(scale: AnswerScale, items: Item[], aim: number, random: Random): Answers {
  const [only] = items
  if (only && 'question' in only && only.question.type === 'checkbox') {
    const counted = only.choices.map(({ value }) => value).filter((value) => scale.counts?.includes(value))
    const ticked = shuffled(random, counted).slice(0, Math.max(1, Math.round(aim)))
    return { [only.name]: ticked.sort((a, b) => a - b) }
  }
  const share = aim / (scale.method === 'categories' ? Object.keys(scale.groups ?? {}).length || 1 : scale.items.length)
  const happened = Math.round(Math.min(1, Math.max(0, share)) * items.length)
  const values = spread(happened, items.length, 0, 1, random)
  return Object.fromEntries(
    items.flatMap(({ name, choices }, index): [string, Answer][] => {
      const known = choices.filter(({ value }) => scale.missing.answers?.includes(value) !== true)
      const fitting = known.filter(({ value }) => (scale.counts ?? []).includes(value) === (values[index] === 1))
      return fitting.length === 0 ? [] : [[name, oneOf(random, fitting).value]]
    }),
  )
}

const nearest = (choices: Item['choices'], wanted: number): number =>
  choices.reduce((best, { value }) => (Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best), choices[0]?.value ?? wanted)

const withoutRecords = (known: Answers): Answers => Object.fromEntries(Object.entries(known).filter(([, answer]) => !isRecords(answer)))

/** The records that are known, completed; or else a few, as many as there must be at least. */
function records(
  { question, items }: Extract<Item, { kind: 'records' }>,
  known: Answer | undefined,
  random: Random,
  today?: string,
): AnswerRecord[] {
  const fewest = Math.max(question.minPanelCount ?? 0, question.isRequired ? 1 : 0)
  const begun: AnswerRecord[] = isRecords(known)
    ? known
    : Array.from({ length: Math.min(question.maxPanelCount, wholeBetween(random, fewest, fewest + 3)) }, () => ({}))
  return begun.map((record) => {
    const answered = items.flatMap((item): [string, SimpleAnswer][] => {
      const answer = anyAnswer(item, random, today)
      return answer === undefined ? [] : [[item.name, answer]]
    })
    return { ...Object.fromEntries(answered), ...record }
  })
}

/** Any answer that the question takes; open texts stay empty unless one is needed, since an invented sentence could be taken for a real one. */
function anyAnswer({ question, choices }: QuestionItem, random: Random, today?: string): SimpleAnswer | undefined {
  if (question.type === 'comment') return question.isRequired ? 'Voorbeeld' : undefined
  if (question.type === 'radiogroup' || question.type === 'dropdown') return oneOf(random, choices).value
  if (question.type === 'checkbox') {
    const ticked = choices.filter(() => random() < 0.3).map(({ value }) => value)
    return ticked.length > 0 ? ticked : undefined
  }
  if (question.type === 'text' && question.inputType === 'number')
    return wholeBetween(random, Math.ceil(Number(question.min ?? 0)), Math.floor(Number(question.max ?? 10)))
  if (question.type === 'text' && question.inputType === 'date' && today) return anyDay(question, today, random)
  if (!question.isRequired) return undefined
  return question.inputType === 'date' ? String(question.min ?? question.max ?? '2025-01-01') : 'Voorbeeld'
}

/** A day in the two years before today, and within the bounds of the question. */
function anyDay({ min, max }: QuestionItem['question'], today: string, random: Random): string {
  const day = Temporal.PlainDate.from(today)
    .subtract({ days: wholeBetween(random, 0, 730) })
    .toString()
  if (min !== undefined && day < String(min)) return String(min)
  return max !== undefined && day > String(max) ? String(max) : day
}

/** Nothing ends before it begins: of two dates that a scale takes as start and end the later one is the end, and what goes on does so until today. */
function inOrderOfTime({ scales }: Instrument, answers: Answers, today?: string): void {
  for (const scale of scales) {
    if (scale.method !== 'duration') continue
    if (scale.asOf !== undefined && answers[scale.asOf] !== undefined && today) answers[scale.asOf] = today
    const records = scale.items.flatMap((name) => (Array.isArray(answers[name]) ? (answers[name] as AnswerRecord[]) : []))
    for (const holder of [answers, ...records.filter((record) => typeof record === 'object')]) {
      const [start, end] = [holder[scale.start], holder[scale.end]]
      if (typeof start === 'string' && typeof end === 'string' && end < start)
        Object.assign(holder, { [scale.start]: end, [scale.end]: start })
    }
  }
}

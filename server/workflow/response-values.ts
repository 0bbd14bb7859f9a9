/** The values of a response one by one, as staff look at them: items of records each by their place. Pure. */

import type { Localized } from '../../instruments/definition.ts'
import { itemsOf, type QuestionItem } from '../../instruments/items.ts'
import { inRecord, isRecords, placeInRecord } from '../../instruments/records.ts'
import type { AnswerRecord, Answers, Choice, Instrument, SimpleAnswer } from '../../instruments/schema.ts'
import type { Response } from '../queries/responses.ts'

export interface ItemValue {
  /** The item, or its place in a record: `placements[1].start`. */
  item: string
  title: Localized
  /** Which record it is in, from 1; null outside records. */
  record: number | null
  choices: Choice[]
  /** How it is typed. */
  input: 'code' | 'codes' | 'number' | 'date' | 'text'
  /** Null: there is none. */
  value: SimpleAnswer | null
  /** Why there is none. */
  missing: 'skipped' | 'not asked' | null
}

type Given = Pick<Response, 'answers' | 'notApplicable'>

/** Every value in the order of the list. */
export function valuesOf(instrument: Instrument, { answers, notApplicable }: Given): ItemValue[] {
  const hidden = new Set(notApplicable)
  return itemsOf(instrument).flatMap((item) => {
    if (item.kind === 'question') return [itemValue(item, item.name, null, answers[item.name] as SimpleAnswer | undefined, hidden)]
    const records = answers[item.name]
    return (isRecords(records) ? records : []).flatMap((record, index) =>
      item.items.map((inner) => itemValue(inner, inRecord(item.name, index, inner.name), index + 1, record[inner.name], hidden)),
    )
  })
}

function itemValue(
  { question, choices }: QuestionItem,
  item: string,
  record: number | null,
  value: SimpleAnswer | undefined,
  hidden: ReadonlySet<string>,
): ItemValue {
  const missing = value !== undefined ? null : hidden.has(item) ? 'not asked' : 'skipped'
  return { item, title: question.title, record, choices, input: inputOf(question), value: value ?? null, missing }
}

function inputOf({ type, inputType }: QuestionItem['question']): ItemValue['input'] {
  if (type === 'radiogroup' || type === 'dropdown') return 'code'
  if (type === 'checkbox') return 'codes'
  if (type === 'text' && (inputType === 'number' || inputType === 'date')) return inputType
  return 'text'
}

/** The answers with another value of one item; null takes it back. Undefined when there is no such record. */
export function withValue(answers: Answers, item: string, value: SimpleAnswer | null): Answers | undefined {
  const place = placeInRecord(item)
  if (!place) return withKey<Answers[string]>(answers, item, value)
  const records = answers[place.group]
  const record = isRecords(records) ? records[place.index] : undefined
  if (!isRecords(records) || !record) return undefined
  return { ...answers, [place.group]: records.with(place.index, withKey<AnswerRecord[string]>(record, place.item, value)) }
}

function withKey<Value>(values: Record<string, Value>, key: string, value: Value | null): Record<string, Value> {
  const { [key]: _, ...others } = values
  return value === null ? others : { ...others, [key]: value }
}

export interface Changed {
  item: string
  title: Localized
  before: SimpleAnswer | null
  after: SimpleAnswer | null
}

/** Items of which the value is another one: those that a condition now hides or shows along with the one that was changed. */
export function changedValues(instrument: Instrument, before: Given, after: Given): Changed[] {
  const byItem = (given: Given) => new Map(valuesOf(instrument, given).map((one) => [one.item, one]))
  const [were, are] = [byItem(before), byItem(after)]
  return [...new Map([...were, ...are])].flatMap(([item, { title }]) => {
    const [was, is] = [were.get(item)?.value ?? null, are.get(item)?.value ?? null]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ item, title, before: was, after: is }]
  })
}

/** The values of a response one by one, as staff look at them: items of records each by their place. Pure. */

import type { Localized } from '../../instruments/definition.ts'
import { itemsOf, type QuestionItem, type RecordsItem } from '../../instruments/items.ts'
import { inRecord, isRecords, placeInRecord } from '../../instruments/records.ts'
import type { Answer, AnswerRecord, Answers, Choice, Instrument, SimpleAnswer } from '../../instruments/schema.ts'
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

/** A repeated group of a list, for whoever adds a record to it or takes one away. */
export interface RecordGroup {
  item: string
  title: Localized
  /** How many records there are. */
  records: number
  isAsked: boolean
  /** Whether there is room for another one. */
  hasRoom: boolean
  /** What a record of it is asked. */
  items: Pick<ItemValue, 'item' | 'title' | 'choices' | 'input'>[]
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

/** The groups of a list in their order. */
export const groupsOf = (instrument: Instrument, { answers, notApplicable }: Given): RecordGroup[] =>
  groupItems(instrument).map(({ name, question, items }) => {
    const records = recordsIn(answers, name).length
    return {
      item: name,
      title: question.title,
      records,
      isAsked: !notApplicable.includes(name),
      hasRoom: records < question.maxPanelCount,
      items: items.map((inner) => ({
        item: inner.name,
        title: inner.question.title,
        choices: inner.choices,
        input: inputOf(inner.question),
      })),
    }
  })

const groupItems = (instrument: Instrument): RecordsItem[] => itemsOf(instrument).filter((item) => item.kind === 'records')

const recordsIn = (answers: Answers, group: string): AnswerRecord[] => {
  const records = answers[group]
  return isRecords(records) ? records : []
}

/** A record that goes, by its index, and one that comes in after the others; null where there is none. */
export interface RecordChange {
  remove: number | null
  add: AnswerRecord | null
}

/** The answers with a record more or less in a group. Undefined when the record to go is not there. */
export function withRecord(answers: Answers, group: string, { remove, add }: RecordChange): Answers | undefined {
  const records = recordsIn(answers, group)
  if (remove !== null && records[remove] === undefined) return undefined
  const left = [...records.filter((_, index) => index !== remove), ...(add ? [add] : [])]
  return withKey<Answers[string]>(answers, group, left.length > 0 ? left : null)
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
  before: Answer | null
  after: Answer | null
}

/**
 * Items of which the value is another one: those that a condition now hides or shows along with the one that was changed. Of a
 * `group` to which a record came or from which one went all records before and after, since the places of the others shift.
 */
export function changedValues(instrument: Instrument, before: Given, after: Given, group?: string): Changed[] {
  const byItem = (given: Given) => new Map(valuesOf(instrument, given).map((one) => [one.item, one]))
  const [were, are] = [byItem(before), byItem(after)]
  const whole = groupItems(instrument).find(({ name }) => name === group)
  return [
    ...(whole
      ? [{ item: whole.name, title: whole.question.title, before: before.answers[whole.name], after: after.answers[whole.name] }]
      : []),
    ...[...new Map([...were, ...are])]
      .filter(([item]) => placeInRecord(item)?.group !== group || group === undefined)
      .map(([item, { title }]) => ({ item, title, before: were.get(item)?.value, after: are.get(item)?.value })),
  ]
    .map((one) => ({ ...one, before: one.before ?? null, after: one.after ?? null }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
}

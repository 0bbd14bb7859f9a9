/** From what somebody types as a new value to an answer. Pure; whether it fits the question is the server's to say. */
import { isRecords } from '../../../instruments/records.ts'
import type { Answer, AnswerRecord, SimpleAnswer } from '../../../instruments/schema.ts'
import type { ListGroup, ListValue } from './api.ts'

/** Null for nothing, undefined for what cannot be read. */
export function readValue(input: ListValue['input'], typed: string): SimpleAnswer | null | undefined {
  const text = typed.trim()
  if (text === '') return null
  if (input === 'text' || input === 'date') return text
  if (input === 'codes') {
    const codes = text.split(/[\s,;]+/).map(Number)
    return codes.every(Number.isFinite) ? codes : undefined
  }
  const number = Number(text.replace(',', '.'))
  return Number.isFinite(number) ? number : undefined
}

/** A value with what its code means. */
export function shownValue({ choices }: Pick<ListValue, 'choices'>, value: SimpleAnswer | null, language: string): string {
  if (value === null) return ''
  return (Array.isArray(value) ? value : [value])
    .map((code) => {
      const text = choices.find((choice) => choice.value === code)?.text
      return text ? `${code} ${text[language] ?? text.nl}` : String(code)
    })
    .join(', ')
}

/** A record of what is typed at each of its items; undefined when something cannot be read, or nothing is typed at all. */
export function readRecord(items: Pick<ListValue, 'item' | 'input'>[], typed: Readonly<Record<string, string>>): AnswerRecord | undefined {
  const read = items.map(({ item, input }) => [item, readValue(input, typed[item] ?? '')] as const)
  if (read.some(([, answer]) => answer === undefined)) return undefined
  const given = read.flatMap(([item, answer]) => (answer === null || answer === undefined ? [] : [[item, answer] as const]))
  return given.length > 0 ? Object.fromEntries(given) : undefined
}

/** The same of a value or of all records of a group, numbered; where a record has several items each with its name. */
export function shownAnswer(value: Pick<ListValue, 'choices'> | Pick<ListGroup, 'items'>, answer: Answer | null, language: string): string {
  if (answer === null) return ''
  if (!isRecords(answer)) return shownValue('choices' in value ? value : { choices: [] }, answer, language)
  const items = 'items' in value ? value.items : []
  const shown = (record: AnswerRecord) =>
    Object.entries(record).map(([name, one]) => {
      const text = shownValue(items.find(({ item }) => item === name) ?? { choices: [] }, one, language)
      return items.length > 1 ? `${name} ${text}` : text
    })
  return answer.map((record, index) => `${index + 1}: ${shown(record).join(', ')}`).join('; ')
}

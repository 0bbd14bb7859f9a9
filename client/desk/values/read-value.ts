/** From what somebody types as a new value to an answer. Pure; whether it fits the question is the server's to say. */
import type { SimpleAnswer } from '../../../instruments/schema.ts'
import type { ListValue } from './api.ts'

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

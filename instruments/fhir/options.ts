/** Answer options: FHIR's codes, integers and texts, and our whole numbers. */
import type { Localized } from '../definition.ts'
import type { Choice } from '../schema.ts'
import { extensionOf, ordinalValueUrl, weightUrls } from './extension.ts'
import type { AnswerOption } from './questionnaire.ts'
import type { Note } from './report.ts'
import { readText, writeText } from './texts.ts'

export const yesNo: Choice[] = [
  { value: 1, text: { nl: 'Ja', en: 'Yes' } },
  { value: 0, text: { nl: 'Nee', en: 'No' } },
]

export interface ReadOptions {
  choices: { value: number; text: Localized }[]
  /** What each option is called in the original, in the same order. */
  originals: string[]
  /** Whether the values are the weights of the original, so that they may be added up. */
  weighted: boolean
}

/** What an option is called in a report and in enableWhen: its code, number or text. */
export const optionKey = ({ valueCoding, valueInteger, valueString }: AnswerOption): string =>
  valueCoding ? (valueCoding.code ?? valueCoding.display ?? '') : String(valueInteger ?? valueString)

/** Choices of one item: the value is the weight, else the code, where these are different whole numbers; else the position from 0. */
export function readOptions(options: AnswerOption[], language: string, path: string, notes: Note[]): ReadOptions {
  const weights = options.map(weightOf)
  const weighted = areValues(weights)
  if (!weighted && weights.some((weight) => weight !== undefined))
    notes.push({
      kind: 'left-out',
      path,
      what: `weights ${weights.map((weight) => weight ?? 'none').join(', ')}: they are no different whole numbers`,
    })
  const codes = options.map((option) => (/^-?\d{1,9}$/.test(optionKey(option)) ? Number(optionKey(option)) : undefined))
  const values = weighted ? weights : areValues(codes) ? codes : options.map((_, index) => index)
  const choices = options.map((option, index) => ({
    value: values[index] as number,
    text: readOption(option, language, `${path}[${index}]`, notes),
  }))
  return { choices, originals: options.map(optionKey), weighted }
}

const areValues = (values: (number | undefined)[]): boolean => values.every(Number.isSafeInteger) && new Set(values).size === values.length

function weightOf(option: AnswerOption): number | undefined {
  for (const url of weightUrls) {
    const found = extensionOf(option, url) ?? extensionOf(option.valueCoding ?? {}, url)
    const weight = found?.valueDecimal ?? found?.valueInteger
    if (weight !== undefined) return weight
  }
  return undefined
}

function readOption(option: AnswerOption, language: string, path: string, notes: Note[]): Localized {
  const { valueCoding, valueString, _valueString } = option
  if (valueCoding?.display) return readText(valueCoding.display, valueCoding._display, language, `${path}.valueCoding.display`, notes)
  if (valueString !== undefined) return readText(valueString, _valueString, language, `${path}.valueString`, notes)
  // A number, or a code that nobody wrote out, reads the same in each language.
  return { nl: optionKey(option), en: optionKey(option) }
}

export const writeOptions = (choices: Choice[]): AnswerOption[] =>
  choices.map(({ value, text }) => ({
    extension: [{ url: ordinalValueUrl, valueDecimal: value }],
    valueCoding: { code: String(value), ...writeText('display', text) },
  }))

/**
 * Answers become the items of a FHIR R4 QuestionnaireResponse, under the linkIds of the Questionnaire that export.ts makes of the same
 * instrument: https://hl7.org/fhir/R4/questionnaireresponse.html
 */
import { isRecords } from '../records.ts'
import type { Answers } from '../schema.ts'
import { optionKey } from './options.ts'
import type { AnswerOption, Extension, QuestionnaireItem } from './questionnaire.ts'

export interface ResponseItem {
  linkId: string
  extension?: Extension[]
  answer?: ResponseAnswer[]
  item?: ResponseItem[]
}

export type ResponseAnswer =
  | { valueBoolean: boolean }
  | { valueInteger: number }
  | { valueDecimal: number }
  | { valueDate: string }
  | { valueString: string }
  | { valueCoding: { code: string; display?: string } }

/** Why there is no answer: https://hl7.org/fhir/R4/extension-data-absent-reason.html */
const absentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'

/**
 * `skipped`: items that were asked and left open; those of records as `placements[1].start`. They are there without an answer and with the
 * reason `asked-declined`. An item that was not asked is not there, nor a group in which nothing is.
 */
export const responseItems = (items: QuestionnaireItem[], answers: Answers, skipped: ReadonlySet<string>): ResponseItem[] =>
  write(items, answers, (name) => skipped.has(name))

function write(items: QuestionnaireItem[], answers: Answers, isSkipped: (name: string) => boolean): ResponseItem[] {
  return items.flatMap((item): ResponseItem[] => {
    const { linkId, type, item: inner = [] } = item
    const answer = Object.hasOwn(answers, linkId) ? answers[linkId] : undefined
    if (type === 'display') return []
    if (type === 'group' && item.repeats && isRecords(answer))
      return answer.flatMap((record, index) =>
        group(
          linkId,
          write(inner, record, (name) => isSkipped(`${linkId}[${index}].${name}`)),
        ),
      )
    if (type === 'group' && item.repeats) return isSkipped(linkId) ? [leftOpen(linkId)] : []
    if (type === 'group') return group(linkId, write(inner, answers, isSkipped))
    const given = answer === undefined || isRecords(answer) ? [] : [answer].flat().flatMap((one) => writeAnswer(item, one))
    if (given.length > 0) return [{ linkId, answer: given }]
    return isSkipped(linkId) ? [leftOpen(linkId)] : []
  })
}

const group = (linkId: string, item: ResponseItem[]): ResponseItem[] => (item.length > 0 ? [{ linkId, item }] : [])

const leftOpen = (linkId: string): ResponseItem => ({ linkId, extension: [{ url: absentReason, valueCode: 'asked-declined' }] })

/** FHIR's integer has four bytes. */
const isInteger = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 2 ** 31

/** Nothing for a text without a character, which FHIR does not have. */
function writeAnswer({ type, answerOption = [] }: QuestionnaireItem, value: number | string): ResponseAnswer[] {
  if (value === '') return []
  if (type === 'choice') return [{ valueCoding: codingOf(answerOption, String(value)) }]
  if (type === 'boolean') return [{ valueBoolean: value === 1 }]
  if (typeof value === 'number') return [isInteger(value) && type === 'integer' ? { valueInteger: value } : { valueDecimal: value }]
  return [type === 'date' ? { valueDate: value } : { valueString: value }]
}

function codingOf(options: AnswerOption[], code: string): { code: string; display?: string } {
  const display = options.find((option) => optionKey(option) === code)?.valueCoding?.display
  return { code, ...(display === undefined ? {} : { display }) }
}

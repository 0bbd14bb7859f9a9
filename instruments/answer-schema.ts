/** What one item takes as an answer, as a zod schema and as a sentence for whoever sent something else. */
import { z } from 'zod'
import type { QuestionItem } from './items.ts'
import { largestNumber } from './largest-number.ts'
import type { Question, SimpleAnswer } from './schema.ts'

/** Longest text when the definition gives none: a line, and a story. Characters are UTF-16 units, as browsers count them. */
const defaultLength = { text: 1000, comment: 10_000 }

/** Control characters other than tab and newline (C0, DEL, C1): no keyboard makes them and some exports break on them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point.
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/

export function answerSchema({ question, choices }: QuestionItem): { schema: z.ZodType<SimpleAnswer>; reason: string } {
  const values = choices.map(({ value }) => value)
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
      return { schema: z.literal(values), reason: `This item takes one of ${values.join(', ')}.` }
    case 'checkbox':
      return {
        schema: z.custom<number[]>((answer) => isChoiceOf(answer, values)),
        reason: `This item takes a list of different numbers out of ${values.join(', ')}.`,
      }
    case 'comment':
      return textSchema(question.maxLength ?? defaultLength.comment)
    case 'text':
      if (question.inputType === 'number') return numberSchema(question)
      if (question.inputType === 'date') return dateSchema(question)
      return textSchema(question.maxLength ?? defaultLength.text)
  }
}

function isChoiceOf(answer: unknown, values: number[]): boolean {
  if (!Array.isArray(answer) || answer.length > values.length) return false
  return answer.every((value) => values.includes(value)) && new Set(answer).size === answer.length
}

function numberSchema({ min, max, step }: Question): { schema: z.ZodType<number>; reason: string } {
  const lowest = Math.max(typeof min === 'number' ? min : -largestNumber, -largestNumber)
  const highest = Math.min(typeof max === 'number' ? max : largestNumber, largestNumber)
  const base = typeof min === 'number' ? min : 0
  const limits = [
    typeof min === 'number' ? `not below ${min}` : '',
    typeof max === 'number' ? `not above ${max}` : '',
    typeof min === 'number' && typeof max === 'number' ? '' : 'of at most 15 digits',
    step === undefined ? '' : `in steps of ${step} from ${base}`,
  ].filter((limit) => limit !== '')
  return {
    schema: z.number().refine((answer) => lowest <= answer && answer <= highest && (step === undefined || isStep(answer - base, step))),
    reason: `This item takes a number${limits.map((limit) => `, ${limit}`).join('')}.`,
  }
}

/** Whether `distance` is a whole number of steps, up to the noise of decimal fractions in binary: 0.3 is three steps of 0.1. */
function isStep(distance: number, step: number): boolean {
  const steps = distance / step
  return Math.abs(steps - Math.round(steps)) <= Math.max(1e-9, 4 * Number.EPSILON * Math.abs(steps))
}

function dateSchema({ min, max }: Question): { schema: z.ZodType<string>; reason: string } {
  const earliest = typeof min === 'string' ? min : undefined
  const latest = typeof max === 'string' ? max : undefined
  return {
    schema: z.iso.date().refine((answer) => (earliest === undefined || earliest <= answer) && (latest === undefined || answer <= latest)),
    reason: `This item takes a date written as YYYY-MM-DD${earliest ? `, not before ${earliest}` : ''}${latest ? `, not after ${latest}` : ''}.`,
  }
}

function textSchema(maxLength: number): { schema: z.ZodType<string>; reason: string } {
  return {
    // A lone half of a surrogate pair can't be stored as UTF-8.
    schema: z.string().refine((answer) => answer.length <= maxLength && !controlCharacter.test(answer) && answer.isWellFormed()),
    reason: `This item takes a text of at most ${maxLength} characters, without control characters.`,
  }
}

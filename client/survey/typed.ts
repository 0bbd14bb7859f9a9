/** From what somebody types in a text field to an answer, or to why it is none. Agrees with the server's own check. */
import { largestNumber } from '../../instruments/largest-number.ts'
import type { Question } from '../../instruments/schema.ts'

export type TypedProblem =
  | { code: 'not-a-number' }
  | { code: 'too-low' | 'too-high'; limit: number }
  | { code: 'not-a-step'; step: number }
  | { code: 'too-early' | 'too-late'; limit: string }

/** `answer` is undefined for an empty field, and when there is a problem. */
export interface Typed {
  answer: number | string | undefined
  problem: TypedProblem | null
}

/** Longest text when the definition gives none, as on the server. Characters are UTF-16 units. */
export const defaultLength = { text: 1000, comment: 10_000 }

export type TypedField = Pick<Question, 'type' | 'inputType' | 'min' | 'max' | 'step' | 'maxLength'>

export function readTyped(field: TypedField, typed: string): Typed {
  if (typed.trim() === '') return none
  if (field.type === 'text' && field.inputType === 'number') return readNumber(field, typed)
  if (field.type === 'text' && field.inputType === 'date') return readDate(field, typed)
  const longest = field.maxLength ?? defaultLength[field.type === 'comment' ? 'comment' : 'text']
  const text = withoutHalves(withoutControls(typed).slice(0, longest))
  return text.trim() === '' ? none : taken(text)
}

/** A number in either notation: 7,5 and 7.5 are the same. */
function readNumber({ min, max, step }: TypedField, typed: string): Typed {
  const plain = typed.replace(/\s/g, '').replace(',', '.')
  const number = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN
  if (!Number.isFinite(number)) return refused({ code: 'not-a-number' })
  const lowest = Math.max(typeof min === 'number' ? min : -largestNumber, -largestNumber)
  const highest = Math.min(typeof max === 'number' ? max : largestNumber, largestNumber)
  if (number < lowest) return refused({ code: 'too-low', limit: lowest })
  if (number > highest) return refused({ code: 'too-high', limit: highest })
  if (step !== undefined && !isStep((number - (typeof min === 'number' ? min : 0)) / step)) return refused({ code: 'not-a-step', step })
  return taken(number + 0)
}

/** Up to the noise of decimal fractions in binary: 0.3 is three steps of 0.1. */
const isStep = (steps: number): boolean => Math.abs(steps - Math.round(steps)) <= 1e-9 * Math.max(1, Math.abs(steps))

/** A date field gives `YYYY-MM-DD` or nothing. */
function readDate({ min, max }: TypedField, typed: string): Typed {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return none
  if (typeof min === 'string' && typed < min) return refused({ code: 'too-early', limit: min })
  if (typeof max === 'string' && typed > max) return refused({ code: 'too-late', limit: max })
  return taken(typed)
}

/** Without control characters other than tab and newline, which no keyboard makes and the server refuses. */
const withoutControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point.
  text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')

/** Without halves of characters (lone surrogates), which cannot be stored. */
const withoutHalves = (text: string): string => text.replace(/\p{Surrogate}/gu, '')

const none: Typed = { answer: undefined, problem: null }
const taken = (answer: number | string): Typed => ({ answer, problem: null })
const refused = (problem: TypedProblem): Typed => ({ answer: undefined, problem })

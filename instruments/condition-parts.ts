/**
 * What a condition asks of the answers, taken apart so that it can be said in words, for whoever reads it on paper.
 *
 * Where one question with choices decides, it is tried with each of them, so that any expression will do. What looks at several
 * questions is understood when it is a row of such parts with only `and` or only `or` between them.
 */
import { itemsInCondition, readCondition } from './condition.ts'
import type { QuestionItem } from './items.ts'
import type { Answers } from './schema.ts'

export type Comparison = '=' | '<>' | '<' | '>' | '<=' | '>='

/** One question and what its answer must be. `item` as the condition calls it: `held`, or `panel.ended` within a record. */
export type ConditionPart =
  | { item: string; is: 'one of' | 'none of'; values: number[] }
  | { item: string; is: 'with' | 'without'; value: number }
  | { item: string; is: 'compared'; by: Comparison; number: number }
  | { item: string; is: 'answered' | 'open' }

export interface ConditionParts {
  joint: 'and' | 'or'
  parts: ConditionPart[]
}

/** The parts of a condition; null for one that is not understood. `items`: the questions by the names that conditions call them. */
export function conditionParts(expression: string, items: ReadonlyMap<string, QuestionItem>): ConditionParts | null {
  const whole = partOf(expression, items)
  if (whole) return { joint: 'and', parts: [whole] }
  if (/[()'"]/.test(expression)) return null
  const pieces = expression.split(/\s+(and|or)\s+/i)
  const joints = new Set(pieces.filter((_, index) => index % 2 === 1).map((joint) => joint.toLowerCase()))
  const parts = pieces.filter((_, index) => index % 2 === 0).map((piece) => partOf(piece, items))
  if (joints.size !== 1 || parts.includes(null)) return null
  return { joint: joints.has('or') ? 'or' : 'and', parts: parts as ConditionPart[] }
}

function partOf(expression: string, items: ReadonlyMap<string, QuestionItem>): ConditionPart | null {
  const [name, second] = namesIn(expression)
  const found = name === undefined ? undefined : items.get(name)
  if (name === undefined || second !== undefined || !found) return null
  const { type, inputType } = found.question
  const [, operator = '', literal] = simple.exec(expression.trim()) ?? []
  if (literal === undefined && (operator === 'notempty' || operator === 'empty'))
    return { item: name, is: operator === 'empty' ? 'open' : 'answered' }
  if (type === 'radiogroup' || type === 'dropdown') return chosen(expression, name, found)
  if (literal === undefined) return null
  if (type === 'checkbox' && operator.endsWith('contains'))
    return { item: name, is: operator === 'contains' ? 'with' : 'without', value: Number(literal) }
  const by = comparisons[operator]
  return type === 'text' && inputType === 'number' && by ? { item: name, is: 'compared', by, number: Number(literal) } : null
}

const simple = /^\{[^{}]+\}\s*(notempty|empty|notcontains|contains|<=|>=|<>|!=|==|=|<|>)(?:\s*(-?\d+(?:\.\d+)?))?$/
const comparisons: Record<string, Comparison> = { '=': '=', '==': '=', '<>': '<>', '!=': '<>', '<': '<', '>': '>', '<=': '<=', '>=': '>=' }

/** The choices with which it holds, or without which when those are fewer. */
function chosen(expression: string, name: string, { choices }: QuestionItem): ConditionPart | null {
  const holds = readCondition(expression)
  const values = choices.map(({ value }) => value)
  const yes = values.filter((value) => holds(answering(name, value)))
  const no = values.filter((value) => !yes.includes(value))
  if (yes.length === 0 || no.length === 0) return null
  // "Not this one" is said only where it holds of an open question, too: nobody then has to answer first.
  return no.length < yes.length && holds({}) ? { item: name, is: 'none of', values: no } : { item: name, is: 'one of', values: yes }
}

const answering = (name: string, value: number): Answers =>
  name.startsWith('panel.') ? ({ panel: { [name.slice('panel.'.length)]: value } } as unknown as Answers) : { [name]: value }

function namesIn(expression: string): string[] {
  try {
    return itemsInCondition(expression)
  } catch {
    return []
  }
}

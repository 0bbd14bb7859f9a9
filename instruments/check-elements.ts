/** Checks what an instrument asks: names, choices, limits and conditions of its pages and elements. */
import { checkConditions } from './check-conditions.ts'
import type { Mistake } from './definition.ts'
import { type Placed, placedElements } from './placed-elements.ts'
import type { Instrument, Question } from './schema.ts'

/** Mistakes in the pages and elements of one instrument. */
export function checkElements(instrument: Instrument): Mistake[] {
  const placed = placedElements(instrument)
  const questions = placed.flatMap(({ question }) => (question ? [question] : []))
  return [
    ...checkNames(placed),
    ...placed.flatMap(({ path, question }) => (question ? checkQuestion(path, question, questions) : [])),
    ...checkConditions(placed),
  ]
}

function checkNames(placed: Placed[]): Mistake[] {
  const first = new Map<string, string>()
  return placed.flatMap(({ path, element: { name } }) => {
    const other = first.get(name)
    if (other === undefined) first.set(name, path)
    return other === undefined ? [] : [{ path: `${path}/name`, reason: `the name ${name} is already taken at ${other}` }]
  })
}

function checkQuestion(path: string, question: Question, questions: Question[]): Mistake[] {
  return [...checkChoices(path, question, questions), ...checkLimits(path, question)]
}

/** Whether answers to it are chosen, not typed. */
export const takesChoices = ({ type }: Question): boolean => type === 'radiogroup' || type === 'dropdown' || type === 'checkbox'

function checkChoices(path: string, question: Question, questions: Question[]): Mistake[] {
  const { type, choices, choicesFromQuestion: source } = question
  if (!takesChoices(question))
    return (['choices', 'choicesFromQuestion'] as const)
      .filter((key) => question[key] !== undefined)
      .map((key) => ({ path: `${path}/${key}`, reason: `a question of type ${type} has no choices` }))
  if (choices !== undefined && source !== undefined)
    return [{ path: `${path}/choicesFromQuestion`, reason: 'there are choices beside it: keep one of the two' }]
  if (choices !== undefined) return duplicateChoices(path, choices)
  if (source === undefined) return [{ path, reason: `a question of type ${type} needs choices, or choicesFromQuestion` }]
  const from = questions.find(({ name }) => name === source)
  if (!from) return [{ path: `${path}/choicesFromQuestion`, reason: `there is no question ${source}` }]
  if (from.choices === undefined) return [{ path: `${path}/choicesFromQuestion`, reason: `${source} has no choices of its own` }]
  return []
}

function duplicateChoices(path: string, choices: NonNullable<Question['choices']>): Mistake[] {
  return choices.flatMap(({ value }, index) =>
    choices.findIndex((choice) => choice.value === value) === index
      ? []
      : [{ path: `${path}/choices/${index}/value`, reason: `the value ${value} stands in an earlier choice too` }],
  )
}

/** Limits that the question's type does not know, or that leave no answer possible. */
function checkLimits(path: string, question: Question): Mistake[] {
  const { type, inputType, min, max, step, maxLength } = question
  const mistakes: Mistake[] = []
  const refuse = (key: keyof Question, reason: string) => mistakes.push({ path: `${path}/${key}`, reason })

  if (inputType !== undefined && type !== 'text') refuse('inputType', 'only a question of type text has an inputType')
  for (const key of ['min', 'max'] as const) {
    const limit = question[key]
    if (limit === undefined) continue
    if (type !== 'text' || (inputType !== 'number' && inputType !== 'date')) refuse(key, `${key} needs the inputType number or date`)
    else if ((inputType === 'number') !== (typeof limit === 'number')) refuse(key, `${key} must be a ${inputType}`)
  }
  if (step !== undefined && (type !== 'text' || inputType !== 'number')) refuse('step', 'step needs the inputType number')
  if (maxLength !== undefined && type !== 'comment' && (type !== 'text' || (inputType ?? 'text') !== 'text'))
    refuse('maxLength', 'only texts have a maxLength')
  if (min !== undefined && max !== undefined && typeof min === typeof max && min > max) refuse('min', `min ${min} is above max ${max}`)
  return mistakes
}

/** Checks what an instrument asks: names, choices, limits and conditions of its pages and elements. */
import { checkConditions } from './check-conditions.ts'
import type { Mistake } from './definition.ts'
import { itemsOf, questionsIn } from './items.ts'
import { collidingCode } from './missing-codes.ts'
import { type Placed, placedElements } from './placed-elements.ts'
import type { Instrument, Question, Records } from './schema.ts'

/** Mistakes in the pages and elements of one instrument. */
export function checkElements(instrument: Instrument): Mistake[] {
  const placed = placedElements(instrument)
  const questions = questionsOfList(placed)
  return [
    ...checkNames(placed),
    ...placed.flatMap(({ path, question }) => (question ? checkQuestion(path, question, questions) : [])),
    ...placed.flatMap(({ path, records }) => (records ? checkRecords(path, records) : [])),
    ...checkNamesOfRecords(placed),
    ...checkMissingCodes(instrument, placed),
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

/** The questions whose choices a question may take: those outside records. */
const questionsOfList = (placed: Placed[]): Question[] =>
  placed.flatMap(({ question, within }) => (question && within === undefined ? [question] : []))

function checkRecords(path: string, { minPanelCount = 0, maxPanelCount, templateTitle }: Records): Mistake[] {
  const placeholders = Object.entries(templateTitle ?? {}).flatMap(([language, text]) =>
    [...text.matchAll(/\{([^}]*)\}/g)]
      .filter(([, name]) => name !== 'panelIndex')
      .map(([whole]) => ({ path: `${path}/templateTitle/${language}`, reason: `${whole} is not filled in here; {panelIndex} is` })),
  )
  return minPanelCount <= maxPanelCount
    ? placeholders
    : [
        { path: `${path}/minPanelCount`, reason: `at least ${minPanelCount} records, and at most ${maxPanelCount}, cannot be` },
        ...placeholders,
      ]
}

/** Names that mean something else as soon as there are records. */
function checkNamesOfRecords(placed: Placed[]): Mistake[] {
  const groups = placed.flatMap(({ records }) => records?.name ?? [])
  if (groups.length === 0) return []
  return placed.flatMap(({ path, element: { name }, question, records }) => {
    if (!question && !records) return []
    if (name === 'panel') return [{ path: `${path}/name`, reason: 'in conditions "panel" is the record itself: give this another name' }]
    const counted = groups.find((group) => name === `${group}_n`)
    return counted
      ? [{ path: `${path}/name`, reason: `exports call the number of records of ${counted} ${name}: give this another name` }]
      : []
  })
}

/** An export writes a code where there is no answer: no answer can be that code. */
function checkMissingCodes(instrument: Instrument, placed: Placed[]): Mistake[] {
  const items = new Map(questionsIn(itemsOf(instrument)).map((item) => [item.question, item]))
  return placed.flatMap(({ path, question }) => {
    const item = question && items.get(question)
    const code = item && collidingCode(item)
    if (item === undefined || code === undefined) return []
    const choice = item.question.choices?.findIndex(({ value }) => value === code) ?? -1
    const place = choice >= 0 ? `/choices/${choice}/value` : item.choices.length > 0 ? '/choicesFromQuestion' : '/min'
    return [{ path: `${path}${place}`, reason: `${code} is what an export writes for a missing answer: no answer can be ${code}` }]
  })
}

function checkQuestion(path: string, question: Question, questions: Question[]): Mistake[] {
  return [...checkChoices(path, question, questions), ...checkLimits(path, question)]
}

/** Whether answers to it are chosen, not typed. */
export const takesChoices = ({ type }: { type: string }): boolean => type === 'radiogroup' || type === 'dropdown' || type === 'checkbox'

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

/** Conditions: enableWhen of FHIR to visibleIf and back, as far as both can say the same. */
import { readCondition } from '../condition.ts'
import type { Item } from '../items.ts'
import { optionKey, yesNo } from './options.ts'
import type { EnableWhen, QuestionnaireItem } from './questionnaire.ts'

/** An item that a condition may look at. */
export interface Target {
  name: string
  kind: 'yes-no' | 'choice' | 'choices' | 'number' | 'date' | 'text' | 'other'
  /** linkId of the repeated group in which it is asked once per record. */
  within: string | undefined
  /** The value of each option, by what it is called in the original. */
  values: Map<string, number>
}

/** A condition cannot be said in our terms; the message says why. */
export class NotExpressible extends Error {}

/** check-conditions.ts takes conditions of at most this many characters. */
export const longestCondition = 1000

/** The condition of an item in the records of `within`; `targets` are the items before it, by linkId. Throws NotExpressible. */
export function toVisibleIf(
  { enableWhen = [], enableBehavior }: QuestionnaireItem,
  targets: Map<string, Target>,
  within: string | undefined,
): string {
  const condition = enableWhen.map((one) => toTerm(one, targets, within)).join(enableBehavior === 'any' ? ' or ' : ' and ')
  if (condition.length > longestCondition)
    throw new NotExpressible(`it would have ${condition.length} characters, and ${longestCondition} is the most`)
  return condition
}

function toTerm(condition: EnableWhen, targets: Map<string, Target>, within: string | undefined): string {
  const { question, operator } = condition
  const target = targets.get(question)
  if (!target) throw new NotExpressible(`"${question}" is asked later, or is no question of the instrument`)
  // Of an item in the same record FHIR means the answer in that record: https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen.question
  if (target.within !== undefined && target.within !== within)
    throw new NotExpressible(`"${question}" is asked once per record of "${target.within}"`)
  const name = target.within === undefined ? target.name : `panel.${target.name}`
  if (operator === 'exists') {
    if (condition.answerBoolean === undefined) throw new NotExpressible('exists needs an answerBoolean')
    return `{${name}} ${condition.answerBoolean ? 'notempty' : 'empty'}`
  }
  const literal = toLiteral(condition, target)
  // "At least one answer is equal", and "no answer is equal": https://hl7.org/fhir/R4/valueset-questionnaire-enable-operator.html
  if (target.kind === 'choices') return `{${name}} ${operator === '=' ? 'contains' : 'notcontains'} ${literal}`
  return `{${name}} ${operator} ${literal}`
}

function toLiteral(condition: EnableWhen, { kind, values }: Target): string {
  const { question, operator, answerBoolean, answerInteger, answerDecimal, answerDate, answerString, answerCoding } = condition
  const isEquality = operator === '=' || operator === '!='
  if (kind === 'number') {
    const number = answerInteger ?? answerDecimal
    if (number !== undefined) return plainNumber(number)
  }
  if (kind === 'date' && answerDate !== undefined && /^\d{4}-\d\d-\d\d$/.test(answerDate)) return `'${answerDate}'`
  if (kind === 'yes-no' && isEquality && answerBoolean !== undefined) return answerBoolean ? '1' : '0'
  if (kind === 'text' && isEquality && answerString !== undefined) return quote(answerString)
  if (kind === 'choice' || kind === 'choices') {
    const key = optionKey({ valueCoding: answerCoding, valueInteger: answerInteger, valueString: answerString })
    const value = values.get(key)
    if (value === undefined) throw new NotExpressible(`"${question}" has no option "${key}", or several`)
    const isOrdered = kind === 'choice' && answerInteger !== undefined && [...values].every(([name, number]) => name === String(number))
    if (isEquality || isOrdered) return String(value)
  }
  const answer = Object.keys(condition).find((name) => name.startsWith('answer')) ?? 'no answer'
  throw new NotExpressible(`${operator} with ${answer} cannot be asked of "${question}" here`)
}

function plainNumber(number: number): string {
  if (/e/.test(String(number))) throw new NotExpressible(`${number} is too large or too small a number`)
  return String(number)
}

/** A text in an expression, tried out: not every text can be written in one. */
function quote(text: string): string {
  const literal = `'${text.replaceAll("'", "\\'")}'`
  try {
    const equals = readCondition(`{x} = ${literal}`)
    if (text.trim() !== '' && equals({ x: text }) && !equals({ x: `${text}x` })) return literal
  } catch {
    // Told below.
  }
  throw new NotExpressible(`the text ${JSON.stringify(text)} cannot be compared with`)
}

const term =
  /\{((?:panel\.)?[a-z][a-z0-9_]*)\}\s*(notempty|empty|notcontains|contains|<=|>=|<>|!=|==|=|<|>)(?:\s*('(?:[^'\\]|\\')*'|-?\d+(?:\.\d+)?(?![\w.])))?/y
const joint = /\s+(and|or)\s+/y

/** The same condition for FHIR, or undefined where enableWhen cannot say it. `items` as a condition calls them, with their choices. */
export function toEnableWhen(
  visibleIf: string,
  items: Map<string, Item>,
): Pick<QuestionnaireItem, 'enableWhen' | 'enableBehavior'> | undefined {
  const enableWhen: EnableWhen[] = []
  const joints = new Set<string>()
  for (let at = 0; ; ) {
    term.lastIndex = at
    const match = term.exec(visibleIf)
    const [, name = '', operator = '', literal] = match ?? []
    const item = items.get(name)
    const one = match && item && fromTerm(item, operator, literal)
    if (!one) return undefined
    enableWhen.push(one)
    if (term.lastIndex === visibleIf.length) break
    joint.lastIndex = term.lastIndex
    const between = joint.exec(visibleIf)
    if (!between) return undefined
    joints.add(between[1] as string)
    at = joint.lastIndex
  }
  if (joints.size > 1) return undefined
  if (enableWhen.length === 1) return { enableWhen }
  return { enableWhen, enableBehavior: joints.has('or') ? 'any' : 'all' }
}

const equalities: Record<string, '=' | '!='> = { '=': '=', '==': '=', '!=': '!=', '<>': '!=' }
const containments: Record<string, '=' | '!='> = { contains: '=', notcontains: '!=' }
const orders: Record<string, EnableWhen['operator']> = { '<': '<', '>': '>', '<=': '<=', '>=': '>=' }

function fromTerm(item: Item, sign: string, literal: string | undefined): EnableWhen | undefined {
  if (item.kind === 'records') return undefined
  const { name: question, question: asked, choices } = item
  if (sign === 'empty' || sign === 'notempty')
    return literal === undefined ? { question, operator: 'exists', answerBoolean: sign === 'notempty' } : undefined
  if (literal === undefined) return undefined
  const text = literal.startsWith("'") ? literal.slice(1, -1).replaceAll("\\'", "'") : undefined
  const operator = asked.type === 'checkbox' ? containments[sign] : equalities[sign]
  if (choices.length > 0) {
    if (operator === undefined || text !== undefined || !choices.some(({ value }) => value === Number(literal))) return undefined
    return isYesNo(item)
      ? { question, operator, answerBoolean: literal === '1' }
      : { question, operator, answerCoding: { code: String(Number(literal)) } }
  }
  const typed = operator ?? orders[sign]
  if (typed === undefined) return undefined
  if (asked.inputType === 'number') {
    if (text !== undefined) return undefined
    return asked.step === 1 && Number.isInteger(Number(literal))
      ? { question, operator: typed, answerInteger: Number(literal) }
      : { question, operator: typed, answerDecimal: Number(literal) }
  }
  if (text === undefined) return undefined
  if (asked.inputType === 'date') return /^\d{4}-\d\d-\d\d$/.test(text) ? { question, operator: typed, answerDate: text } : undefined
  return operator && { question, operator, answerString: text }
}

/** Whether FHIR would ask it as a boolean. */
export const isYesNo = ({ question, choices }: Item): boolean =>
  question.type === 'radiogroup' &&
  choices.length === 2 &&
  choices.every(
    ({ value, text }, index) =>
      value === yesNo[index]?.value &&
      Object.keys(text).length === 2 &&
      text.nl === yesNo[index].text.nl &&
      text.en === yesNo[index].text.en,
  )

/**
 * Conditions of a list of which some answers may not be shown. Whoever fills it in gets the same questions as if they could
 * be, but of a sealed answer no more than whether it fulfils a condition.
 */
import { BinaryOperand, ConditionsParser, type Operand } from 'survey-core'
import { readCondition } from './condition.ts'
import type { Answers, Element, Survey } from './schema.ts'

/** Every condition that holds for an item: its own, and those of its panels and page, already rewritten. */
type ConditionsOf = Map<string, string[]>

/**
 * `survey` with conditions that give the same outcome without the answers to the items in `sealed` as with them, also when
 * such an item is answered anew or is no longer asked. `answers`: all of them.
 *
 * A comparison of a sealed answer with one that is still to be given cannot be told beforehand: it counts as fulfilled. Then a
 * question too many is asked, and its answer is left out when the list is sent; never one too few.
 */
export function sealConditions(survey: Survey, answers: Answers, sealed: string[]): Survey {
  const conditionsOf: ConditionsOf = new Map()
  const rewrite = (expression: string): string => {
    const operand = new ConditionsParser().parseExpression(expression)
    return operand ? sealOperand(operand, { answers, sealed, conditionsOf }) : expression
  }
  const own = (visibleIf: string | undefined) => (visibleIf === undefined ? undefined : rewrite(visibleIf))
  const sealElement = (element: Element, around: string[]): Element => {
    const visibleIf = own(element.visibleIf)
    const conditions = visibleIf === undefined ? around : [...around, visibleIf]
    if (element.type !== 'html') conditionsOf.set(element.name, conditions)
    const changed = visibleIf === undefined ? element : { ...element, visibleIf }
    if (changed.type === 'panel') return { ...changed, elements: changed.elements.map((inner) => sealElement(inner, conditions)) }
    if (changed.type !== 'paneldynamic') return changed
    return { ...changed, templateElements: changed.templateElements.map((inner) => withCondition(inner, own(inner.visibleIf))) }
  }
  const pages = survey.pages.map((page) => {
    const visibleIf = own(page.visibleIf)
    return {
      ...withCondition(page, visibleIf),
      elements: page.elements.map((element) => sealElement(element, visibleIf === undefined ? [] : [visibleIf])),
    }
  })
  return { ...survey, pages }
}

const withCondition = <Conditional extends { visibleIf?: string | undefined }>(
  element: Conditional,
  visibleIf: string | undefined,
): Conditional => (visibleIf === undefined ? element : { ...element, visibleIf })

interface Sealing {
  answers: Answers
  sealed: string[]
  conditionsOf: ConditionsOf
}

/** What is joined by "and" and "or" is rewritten part by part; any other part is one comparison. */
function sealOperand(operand: Operand, sealing: Sealing): string {
  if (operand instanceof BinaryOperand && operand.isConjunction) {
    const [left, right] = [operand.leftOperand, operand.rightOperand] as Operand[]
    if (left && right) return `(${sealOperand(left, sealing)} ${operand.conjunction} ${sealOperand(right, sealing)})`
  }
  return sealComparison(operand, sealing)
}

function sealComparison(operand: Operand, { answers, sealed, conditionsOf }: Sealing): string {
  const text = operand.toString()
  const items: string[] = []
  operand.setVariables(items)
  const hidden = [...new Set(items)].filter((item) => sealed.includes(item))
  if (hidden.length === 0) return text
  // Still as it was: not answered anew, and asked.
  const untouched = hidden.map((item) =>
    ['(', `{${item}} empty`, ...(conditionsOf.get(item) ?? []).map((condition) => ` and ${condition}`), ')'].join(''),
  )
  const someUntouched = untouched.join(' or ')
  const mayHold = `(${text} or ${someUntouched})`
  const isKnown = items.every((item) => sealed.includes(item))
  if (!isKnown || readCondition(text)(answers)) return mayHold
  return untouched.length === 1 ? `(${text} and !${someUntouched})` : `(${mayHold} and !(${untouched.join(' and ')}))`
}

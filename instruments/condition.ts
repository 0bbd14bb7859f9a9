/** Conditions (`visibleIf`): SurveyJS expressions over answers, run without a survey so that server and browser agree. */
import { ConditionRunner, ConditionsParser, FunctionOperand, type Operand } from 'survey-core'
import type { Answers } from './schema.ts'

/** Among the answers that a condition in a record sees, `panel` is that record: its items are {panel.NAME}. */
export type Condition = (answers: Answers) => boolean

/** What a condition may call. Everything else in SurveyJS reads the clock, the time zone or the page it stands on: not a function of answers. */
const allowedFunctions = ['avg', 'count', 'iif', 'max', 'min', 'round', 'substring', 'sum', 'trunc']

/**
 * Compiles a condition, once; an item without a key in the answers is empty in it.
 *
 * Throws a RangeError that says what is wrong with the expression.
 */
export function readCondition(expression: string): Condition {
  const parsed = parse(expression)
  const operands: Operand[] = []
  parsed.addOperandsToList(operands)
  const called = operands.filter((operand) => operand instanceof FunctionOperand).map(({ functionName }) => functionName)
  const refused = called.find((name) => !allowedFunctions.includes(name))
  if (refused !== undefined)
    throw new RangeError(`"${expression}" calls ${refused}(); a condition may call only ${allowedFunctions.join(', ')}`)
  const runner = new ConditionRunner(expression)
  return (answers) => runner.runValues(answers)
}

/** Names of the items that a condition looks at. Throws a RangeError when it cannot be read. */
export function itemsInCondition(expression: string): string[] {
  const names: string[] = []
  parse(expression).setVariables(names)
  return [...new Set(names)]
}

function parse(expression: string): Operand {
  const parser = new ConditionsParser()
  const operand = parser.parseExpression(expression)
  // The parser keeps the deepest failed attempt in `error` even after it succeeded, so only a missing result means failure.
  if (!operand) throw new RangeError(`"${expression}" is not a condition: SurveyJS stops reading at character ${parser.error.at + 1}`)
  return operand
}

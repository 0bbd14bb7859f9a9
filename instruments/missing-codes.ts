/** Why an item has no answer. An empty cell says a third thing: nothing was collected, since there is no response. */
import type { Localized } from './definition.ts'
import { itemsOf, type QuestionItem, questionsIn } from './items.ts'
import type { Instrument } from './schema.ts'

export interface MissingCode {
  code: number
  label: Localized
}

export const skipped: MissingCode = { code: -9, label: { nl: 'gevraagd en opengelaten', en: 'asked and left open' } }
export const notApplicable: MissingCode = {
  code: -8,
  label: { nl: 'niet van toepassing: door een voorwaarde niet gevraagd', en: 'not applicable: a condition kept it from being asked' },
}

/** The same in every item of every file, so that one setting declares them. A score has none: its `reason` says why it is not there. */
export const missingCodes: MissingCode[] = [skipped, notApplicable]

/** The code that `item` allows as a real answer, if any: then nobody could tell the one from the other. */
export function collidingCode({ question, choices }: QuestionItem): number | undefined {
  if (question.type === 'radiogroup' || question.type === 'dropdown')
    return missingCodes.find(({ code }) => choices.some(({ value }) => value === code))?.code
  const { inputType, min, max } = question
  // Without a lower bound a code is conceivable, not announced: `answerCell` refuses it when it really occurs.
  if (inputType !== 'number' || typeof min !== 'number') return undefined
  return missingCodes.find(({ code }) => code >= min && (typeof max !== 'number' || code <= max))?.code
}

/** Items of `instrument` that allow a missing code as an answer. */
export const collisionsIn = (instrument: Instrument): { item: string; code: number }[] =>
  questionsIn(itemsOf(instrument)).flatMap((item) => {
    const code = collidingCode(item)
    return code === undefined ? [] : [{ item: item.name, code }]
  })

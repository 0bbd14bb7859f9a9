/** Turns one cell of a table into what an item may have been answered with. Whether it fits the item is checked afterwards. */
import type { Item, QuestionItem } from '../../instruments/items.ts'
import { missingCodes } from '../../instruments/missing-codes.ts'
import type { AnswerTable } from './read-answer-table.ts'

/** What R writes for a missing value. */
export const notAvailable = 'NA'

const numeric = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const withComma = /^[+-]?\d+,\d+$/

/**
 * The answer in `cell`; null when there is none. A text that cannot be an answer comes back as it is.
 *
 * No answer are: nothing, NA, and in an item that cannot be answered with them the codes that an export writes for missing answers.
 */
export function readAnswer(cell: unknown, item: Item, { unit, decimalComma }: Pick<AnswerTable, 'unit' | 'decimalComma'>): unknown {
  if (item.kind === 'records') return readRecords(cell, unit)
  const value = unit === 'line' && typeof cell === 'string' ? readText(cell, item, decimalComma) : cell
  return value === undefined || value === '' || isMissingCode(value, item) ? null : value
}

/** Records stand in a cell of a CSV as JSON: a list of objects. */
function readRecords(cell: unknown, unit: AnswerTable['unit']): unknown {
  if (unit !== 'line' || typeof cell !== 'string') return cell ?? null
  const text = cell.trim()
  if (text === '' || text === notAvailable || missingCodes.some(({ code }) => text === String(code))) return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return cell
  }
}

function readText(cell: string, { question }: QuestionItem, decimalComma: boolean): unknown {
  const text = cell.trim()
  if (text === '' || text === notAvailable) return null
  switch (question.type) {
    case 'comment':
      return cell
    case 'text':
      return question.inputType === 'number' ? readNumber(text, decimalComma) : question.inputType === 'date' ? text : cell
    case 'checkbox':
      return text.split(/\s+/).map((choice) => readNumber(choice, false))
    default:
      return readNumber(text, decimalComma)
  }
}

/** Whether it is more than a thousand to whoever writes a comma before decimals, and one and a bit to whoever writes a point. */
export const likeThousands = (cell: unknown, { decimalComma }: Pick<AnswerTable, 'decimalComma'>): boolean =>
  decimalComma && typeof cell === 'string' && /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/.test(cell.trim())

function readNumber(text: string, decimalComma: boolean): unknown {
  if (likeThousands(text, { decimalComma })) return text
  if (numeric.test(text)) return Number(text)
  return decimalComma && withComma.test(text) ? Number(text.replace(',', '.')) : text
}

function isMissingCode(value: unknown, { question, choices }: QuestionItem): boolean {
  const given = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (!missingCodes.some(({ code }) => given === code || given === String(code))) return false
  if (choices.length > 0) return !choices.some((choice) => choice.value === given)
  // A number with this value, or without a lower bound, may be meant.
  return question.inputType !== 'number' || (typeof question.min === 'number' && question.min > Number(given))
}

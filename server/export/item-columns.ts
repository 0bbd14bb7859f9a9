/** Items as columns: a number or a text each; a question with several answers gets a column of 0 and 1 per choice. */
import type { Localized } from '../../instruments/definition.ts'
import { type Item, itemsOf } from '../../instruments/items.ts'
import { missingCodes, notApplicable, skipped } from '../../instruments/missing-codes.ts'
import type { Answer, Instrument } from '../../instruments/schema.ts'
import { Failure } from '../failure.ts'
import type { ExportAssignment, ExportResponse } from '../queries/export-rows.ts'
import { type Cell, type Column, type ColumnType, column, type Value } from './column.ts'
import { columnName, type Variable } from './column-names.ts'

export function itemColumns(instrument: Instrument): Column<ExportAssignment>[] {
  return itemsOf(instrument).flatMap((item) =>
    item.question.type === 'checkbox' ? choiceColumns(instrument, item) : [itemColumn(instrument, item)],
  )
}

function itemColumn(instrument: Instrument, item: Item): Column<ExportAssignment> {
  const { question } = item
  const type = typeOf(item)
  const variable: Variable = { item: item.name }
  return column({
    name: columnName(variable),
    label: question.title,
    type,
    values: item.choices.map(({ value, text }) => ({ value, label: text })),
    missing: missingCodes,
    range: question.inputType === 'number' ? [numberOrNull(question.min), numberOrNull(question.max)] : undefined,
    origin: { instrument, variable, item },
    cell: answerCell(instrument, item.name, type === 'text' ? text : (answer) => answer as Cell),
  })
}

const chosen: Value[] = [
  { value: 0, label: { nl: 'niet gekozen', en: 'not chosen' } },
  { value: 1, label: { nl: 'gekozen', en: 'chosen' } },
]

function choiceColumns(instrument: Instrument, item: Item): Column<ExportAssignment>[] {
  return item.choices.map(({ value, text: choice }) => {
    const variable: Variable = { item: item.name, choice: value }
    return column({
      name: columnName(variable),
      label: joined(item.question.title, choice),
      type: 'integer',
      values: chosen,
      missing: missingCodes,
      origin: { instrument, variable, item },
      cell: answerCell(instrument, item.name, (answer) => (Array.isArray(answer) && answer.includes(value) ? 1 : 0)),
    })
  })
}

function typeOf({ question }: Item): ColumnType {
  if (question.type === 'radiogroup' || question.type === 'dropdown') return 'integer'
  if (question.inputType === 'date') return 'date'
  if (question.inputType !== 'number') return 'text'
  return question.step !== undefined && Number.isInteger(question.step) ? 'integer' : 'decimal'
}

function answerCell(instrument: Instrument, item: string, write: (answer: Answer) => Cell) {
  return ({ id, response }: ExportAssignment): Cell => {
    if (!response) return null
    if (response.notApplicable.has(item)) return notApplicable.code
    const answer = answerTo(item, response)
    if (answer === undefined) return response.skipped.has(item) ? skipped.code : null
    if (typeof answer === 'number' && isMissingCode(answer))
      throw new Failure(
        `Item ${item} of ${instrument.id}@${instrument.version} was answered with ${answer} (assignment ${id}), the code that an export writes for a missing answer. Give the item a "min" in its next version; ask the maintainers of Nameting for another code.`,
      )
    return write(answer)
  }
}

/** An item may be called "constructor", so only own keys are answers. */
const answerTo = (item: string, { answers }: ExportResponse): Answer | undefined =>
  Object.hasOwn(answers, item) ? answers[item] : undefined

const isMissingCode = (value: number): boolean => missingCodes.some(({ code }) => code === value)

/** A text is written as it was typed; only one that reads exactly like a missing code is put in quotation marks. */
const text = (answer: Answer): Cell => (missingCodes.some(({ code }) => String(code) === answer) ? `"${answer}"` : String(answer))

const numberOrNull = (bound: number | string | undefined): number | null => (typeof bound === 'number' ? bound : null)

/** Joins two texts in the languages that both have. */
export function joined(first: Localized, second: Localized): Localized {
  const languages = Object.keys(first).filter((language) => second[language] !== undefined)
  return Object.fromEntries(languages.map((language) => [language, `${first[language]}: ${second[language]}`])) as Localized
}

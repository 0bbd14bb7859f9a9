/** Items as columns: a number or a text each; a question with several answers gets a column of 0 and 1 per choice. */

import type { Localized } from '../../instruments/definition.ts'
import { itemsOf, type QuestionItem, type RecordsItem } from '../../instruments/items.ts'
import { missingCodes, notApplicable, skipped } from '../../instruments/missing-codes.ts'
import { ownValue } from '../../instruments/own-value.ts'
import { isRecords } from '../../instruments/records.ts'
import type { Answer, Answers, Instrument, SimpleAnswer } from '../../instruments/schema.ts'
import { Failure } from '../failure.ts'
import type { ExportAssignment } from '../queries/export-rows.ts'
import { type Cell, type Column, type ColumnType, column, type Value } from './column.ts'
import { columnName, type Variable } from './column-names.ts'
import type { Unit } from './shared-columns.ts'

/** Where the answer to an item stands. */
export interface Given {
  assignment: ExportAssignment
  /** The item as lists of open and hidden items call it: in a record by its place. */
  called: string
  /** The answers of the list, or of the record. */
  answers: Answers
}

/** The items of one version of an instrument. Of a repeated group the number of records; what is in them has a table of its own. */
export function itemUnits(instrument: Instrument): Unit<ExportAssignment>[] {
  return itemsOf(instrument).map((item) =>
    item.kind === 'records'
      ? { key: `records ${item.name}`, instrument, item, columns: [numberColumn(instrument, item)] }
      : questionUnit<ExportAssignment>(instrument, item, (assignment) => ({
          assignment,
          called: item.name,
          answers: assignment.response?.answers ?? {},
        })),
  )
}

/** One question, wherever its answers stand. */
export function questionUnit<Source>(instrument: Instrument, item: QuestionItem, given: (source: Source) => Given): Unit<Source> {
  const columns = item.question.type === 'checkbox' ? choiceColumns(instrument, item, given) : [questionColumn(instrument, item, given)]
  return { key: `item ${item.name}`, instrument, item, columns }
}

function questionColumn<Source>(instrument: Instrument, item: QuestionItem, given: (source: Source) => Given): Column<Source> {
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
    cell: answerCell(instrument, item.name, given, type === 'text' ? text : (answer) => answer as Cell),
  })
}

const chosen: Value[] = [
  { value: 0, label: { nl: 'niet gekozen', en: 'not chosen' } },
  { value: 1, label: { nl: 'gekozen', en: 'chosen' } },
]

function choiceColumns<Source>(instrument: Instrument, item: QuestionItem, given: (source: Source) => Given): Column<Source>[] {
  return item.choices.map(({ value, text: choice }) => {
    const variable: Variable = { item: item.name, choice: value }
    return column({
      name: columnName(variable),
      label: joined(item.question.title, choice),
      type: 'integer',
      values: chosen,
      missing: missingCodes,
      origin: { instrument, variable, item },
      cell: answerCell(instrument, item.name, given, (answer) => ((answer as number[]).includes(value) ? 1 : 0)),
    })
  })
}

function numberColumn(instrument: Instrument, item: RecordsItem): Column<ExportAssignment> {
  const variable: Variable = { records: item.name }
  const { minPanelCount = 0, maxPanelCount } = item.question
  return column({
    name: columnName(variable),
    label: joined(item.question.title, { nl: 'aantal', en: 'number' }),
    type: 'integer',
    missing: missingCodes,
    range: [minPanelCount, maxPanelCount],
    origin: { instrument, variable, item },
    cell: answerCell<ExportAssignment>(
      instrument,
      item.name,
      (assignment) => ({ assignment, called: item.name, answers: assignment.response?.answers ?? {} }),
      (answer) => (isRecords(answer) ? answer.length : null),
    ),
  })
}

function typeOf({ question }: QuestionItem): ColumnType {
  if (question.type === 'radiogroup' || question.type === 'dropdown') return 'integer'
  if (question.inputType === 'date') return 'date'
  if (question.inputType !== 'number') return 'text'
  // Steps are counted from `min`: whole ones from a half are halves.
  const { step, min = 0 } = question
  return step !== undefined && Number.isInteger(step) && Number.isInteger(min) ? 'integer' : 'decimal'
}

function answerCell<Source>(instrument: Instrument, item: string, given: (source: Source) => Given, write: (answer: Answer) => Cell) {
  return (source: Source): Cell => {
    const { assignment, called, answers } = given(source)
    const { id, response } = assignment
    if (!response) return null
    if (response.notApplicable.has(called)) return notApplicable.code
    const answer = ownValue(answers, item)
    if (answer === undefined) return response.skipped.has(called) ? skipped.code : null
    if (typeof answer === 'number' && isMissingCode(answer))
      throw new Failure(
        `Item ${item} of ${instrument.id}@${instrument.version} was answered with ${answer} (assignment ${id}), the code that an export writes for a missing answer. Give the item a "min" in its next version; ask the maintainers of Nameting for another code.`,
      )
    return write(answer)
  }
}

const isMissingCode = (value: number): boolean => missingCodes.some(({ code }) => code === value)

/** A text is written as it was typed; only one that reads exactly like a missing code is put in quotation marks. */
const text = (answer: Answer): Cell =>
  missingCodes.some(({ code }) => String(code) === answer) ? `"${answer}"` : String(answer as SimpleAnswer)

const numberOrNull = (bound: number | string | undefined): number | null => (typeof bound === 'number' ? bound : null)

/** Joins two texts in the languages that both have. */
export function joined(first: Localized, second: Localized): Localized {
  const languages = Object.keys(first).filter((language) => second[language] !== undefined)
  return Object.fromEntries(languages.map((language) => [language, `${first[language]}: ${second[language]}`])) as Localized
}

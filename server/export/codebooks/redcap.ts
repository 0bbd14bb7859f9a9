/** redcap.csv: the questions as a data dictionary that REDCap reads, for whoever moves there. The latest version of each instrument. */
import { itemsOf, type QuestionItem } from '../../../instruments/items.ts'
import type { Instrument } from '../../../instruments/schema.ts'
import type { Cell } from '../column.ts'
import { instrumentName } from '../column-names.ts'
import { csvText } from '../csv.ts'
import type { Language } from '../format.ts'
import type { ExportPlan } from '../plan.ts'

/** The columns of a data dictionary, as REDCap names them. */
const header = [
  'Variable / Field Name',
  'Form Name',
  'Section Header',
  'Field Type',
  'Field Label',
  'Choices, Calculations, OR Slider Labels',
  'Field Note',
  'Text Validation Type OR Show Slider Number',
  'Text Validation Min',
  'Text Validation Max',
  'Identifier?',
  'Branching Logic (Show field only if...)',
  'Required Field?',
  'Custom Alignment',
  'Question Number (surveys only)',
  'Matrix Group Name',
  'Matrix Ranking?',
  'Field Annotation',
]

export function redcapDictionary({ instruments }: ExportPlan, language: Language): string {
  const first = instruments[0]?.latest
  const id = { name: 'record_id', label: { nl: 'Nummer', en: 'Number' }[language] }
  const rows = instruments.flatMap(({ latest }) => questionsOf(latest).map((asked) => rowOf(asked, language)))
  return csvText([header, ...(first ? [row({ ...id, form: instrumentName(first.id), type: 'text' })] : []), ...rows])
}

interface Asked {
  /** What stands before the names of fields of the same form. */
  form: string
  item: QuestionItem
  /** Of a repeated group. */
  repeats: boolean
}

/** A repeated group is a form of its own, after that of its list: in REDCap a form is what repeats, and its fields must stand together. */
function questionsOf(instrument: Instrument): Asked[] {
  const form = instrumentName(instrument.id)
  const asked = itemsOf(instrument).flatMap((item): Asked[] =>
    item.kind === 'records'
      ? item.items.map((inner) => ({ form: `${form}_${item.name}`, item: inner, repeats: true }))
      : [{ form, item, repeats: false }],
  )
  return asked.toSorted((one, other) => Number(one.repeats) - Number(other.repeats))
}

const fieldName = (form: string, item: string): string => `${form}_${item}`.toLowerCase()

function rowOf({ form, item, repeats }: Asked, language: Language): Cell[] {
  const { question, choices, conditions } = item
  const branching = conditions.map((condition) => branchingOf(condition, form))
  const left = conditions.filter((_, index) => branching[index] === null)
  const isNumber = question.inputType === 'number'
  const notes = [...(repeats ? ['in a form that repeats'] : []), ...left.map((condition) => `asked when ${condition}`)]
  return row({
    name: fieldName(form, item.name),
    form: form.toLowerCase(),
    type: types[question.type],
    label: question.title[language],
    choices: choices.map(({ value, text }) => `${value}, ${text[language].replaceAll('|', '/')}`).join(' | '),
    validation: question.inputType === 'date' ? 'date_ymd' : isNumber ? (Number.isInteger(question.step) ? 'integer' : 'number') : '',
    min: isNumber ? (question.min ?? '') : '',
    max: isNumber ? (question.max ?? '') : '',
    branching: branching
      .filter((one) => one !== null)
      .map((one) => (branching.length > 1 ? `(${one})` : one))
      .join(' and '),
    required: question.isRequired ? 'y' : '',
    annotation: notes.join('; '),
  })
}

const types = { radiogroup: 'radio', dropdown: 'dropdown', checkbox: 'checkbox', text: 'text', comment: 'notes' } as const

const part = /^\{(?:panel\.)?(\w+)\} (=|<>|>=|<=|>|<|contains) (-?\d+(?:\.\d+)?)$/

/**
 * Comparisons with numbers, joined by `and` or `or`; null for any other condition, which then stands in the annotation. REDCap takes
 * an empty field for a zero when it compares sizes; here, as in SurveyJS, what has no answer is neither less nor more than anything.
 */
export function branchingOf(condition: string, form: string): string | null {
  const words = condition.trim().split(/ (and|or) /)
  const said = words.map((word) => {
    if (word === 'and' || word === 'or') return word
    const [, item = '', sign = '', value = ''] = part.exec(word.trim()) ?? []
    if (item === '') return null
    const field = fieldName(form, item)
    if (sign === 'contains') return `[${field}(${value})] = '1'`
    const compared = `[${field}] ${sign} '${value}'`
    if (sign === '=' || sign === '<>') return compared
    return words.length > 1 ? `(${compared} and [${field}] <> '')` : `${compared} and [${field}] <> ''`
  })
  return said.includes(null) ? null : said.join(' ')
}

interface Field {
  name: string
  form: string
  type: string
  label: string
  choices?: string
  validation?: string
  min?: string | number
  max?: string | number
  branching?: string
  required?: string
  annotation?: string
}

const row = ({
  name,
  form,
  type,
  label,
  choices = '',
  validation = '',
  min = '',
  max = '',
  branching = '',
  required = '',
  annotation = '',
}: Field): Cell[] => [
  ...[name, form, '', type, label, choices, '', validation, min, max, '', branching],
  ...[required, '', '', '', '', annotation],
]

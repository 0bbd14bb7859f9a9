/**
 * What REDCap asks of a data dictionary, as its help says (*Data Dictionary*, and *Help & FAQ*, "Data Dictionary Set-up"); ours to check, since REDCap itself is
 * not free to run. Returns what is against it, with the row.
 */
import type { Row } from './read-export.ts'

const columns = [
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
const [name, form, , type, label, choices, , validation, least, most, identifier, logic, required, , , , , annotation] = columns as [
  ...string[],
]
const withChoices = ['radio', 'dropdown', 'checkbox']
const types = [...withChoices, 'text', 'notes', 'calc', 'slider', 'yesno', 'truefalse', 'file', 'descriptive']
const numbers: Record<string, RegExp> = { integer: /^-?\d+$/, number: /^-?\d+(\.\d+)?$/, date_ymd: /^\d{4}-\d\d-\d\d$/ }

/** `header`: names of the columns, in order. */
export function faultsOf(header: string[], rows: Row[]): string[] {
  const faults = header.join('|') === columns.join('|') ? [] : ['the columns are not those of a data dictionary, in their order']
  const field = (row: Row, column: string | undefined): string => row[column ?? ''] ?? ''
  const names = rows.map((row) => field(row, name))
  const codesOf = new Map(rows.map((row) => [field(row, name), codesIn(field(row, choices))]))
  const typeOf = new Map(rows.map((row) => [field(row, name), field(row, type)]))
  for (const [index, row] of rows.entries()) {
    const say = (what: string) => void faults.push(`row ${index + 2} (${field(row, name)}): ${what}`)
    // Lower case, a letter first, no two underscores together nor one at the end; 100 characters, and 26 or fewer are advised.
    if (!/^[a-z]([a-z0-9]|_(?!_|$))*$/.test(field(row, name)) || field(row, name).length > 100) say('the name of the field')
    if (names.indexOf(field(row, name)) !== index) say('the name is there twice')
    if (!/^[a-z][a-z0-9_]*$/.test(field(row, form))) say('the name of the form')
    if (!types.includes(field(row, type))) say('the type')
    if (field(row, label) === '') say('no label')
    const codes = codesIn(field(row, choices))
    if (withChoices.includes(field(row, type)) ? codes === null || codes.length === 0 : field(row, choices) !== '') say('the choices')
    if (codes && new Set(codes).size !== codes.length) say('a code is there twice')
    const checked = field(row, validation)
    if (checked !== '' && (field(row, type) !== 'text' || !(checked in numbers))) say('the validation')
    for (const bound of [least, most])
      if (field(row, bound) !== '' && !numbers[checked]?.test(field(row, bound))) say('a bound without a validation that has it')
    if (!['', 'y'].includes(field(row, required)) || !['', 'y'].includes(field(row, identifier))) say('y or nothing')
    for (const one of faultsOfLogic(field(row, logic), codesOf, typeOf)) say(one)
    if (field(row, annotation).startsWith('@')) say('an action tag that was not meant')
  }
  const forms = rows.map((row) => field(row, form))
  for (const one of new Set(forms))
    if (forms.lastIndexOf(one) - forms.indexOf(one) + 1 !== forms.filter((other) => other === one).length)
      faults.push(`${one} is in pieces`)
  return faults
}

/** `1, Yes | 2, No`; null for what is no list of choices. A code is a number, or letters, digits and underscores. */
function codesIn(text: string): string[] | null {
  if (text === '') return []
  const parts = text.split('|').map((part) => /^\s*(-?[A-Za-z0-9_]+)\s*,\s*\S/.exec(part)?.[1])
  return parts.every((code) => code !== undefined) ? (parts as string[]) : null
}

/** Fields in square brackets that there are, values in quotes, `and`, `or` and brackets that close. */
function faultsOfLogic(logic: string, codesOf: Map<string, string[] | null>, typeOf: Map<string, string>): string[] {
  if (logic === '') return []
  const faults: string[] = []
  const rest = logic.replaceAll(
    /\[(\w+)(?:\((-?\w+)\))?\] (=|<>|>=|<=|>|<) '(-?[\d.]*)'/g,
    (_, field: string, code: string | undefined, sign, value) => {
      const type = typeOf.get(field)
      if (type === undefined) faults.push(`there is no field ${field}`)
      if ((type === 'checkbox') !== (code !== undefined))
        faults.push(`${field} needs a code in brackets when it is a checkbox, and only then`)
      if (code !== undefined && !codesOf.get(field)?.includes(code)) faults.push(`${field} has no choice ${code}`)
      if (type !== 'checkbox' && sign === '=' && (codesOf.get(field)?.length ?? 0) > 0 && !codesOf.get(field)?.includes(value))
        faults.push(`${field} has no choice ${value}`)
      return 'x'
    },
  )
  let words = rest
  for (let before = ''; before !== words; ) {
    before = words
    words = words.replace(/\(x\)/g, 'x').replace(/x (and|or) x/g, 'x')
  }
  return words === 'x' ? faults : [...faults, `the logic ${logic}`]
}

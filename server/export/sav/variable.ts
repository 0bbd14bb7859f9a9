/** A column as SPSS has variables. */
import type { CodebookEntry } from '../codebook.ts'
import type { ColumnHead } from '../column.ts'
import type { Language } from '../format.ts'
import { attributesOf } from './attributes.ts'
import { type Measure, measureOf } from './measure.ts'

export interface SavVariable {
  name: string
  label: string
  /** Bytes of a text; 0 for a number. */
  width: number
  format: SavFormat
  measure: Measure
  values: SavValue[]
  /** At most three. An empty text is one. */
  missing: (number | string)[]
  /** What else there is to know, as `variable attributes`. */
  attributes: [name: string, value: string][]
}

export interface SavValue {
  value: number | string
  label: string
}

/** How SPSS prints a value; the value itself is not touched by it. `type` is its number in the file. */
export interface SavFormat {
  type: number
  width: number
  decimals: number
}

/** In bytes. SPSS takes texts of 32,767, but some programs that read its files take less. */
export const longest = { text: 32_000, label: 255, valueLabel: 120 }

const notCollected = { nl: 'niet verzameld', en: 'not collected' }
const continued = { nl: 'vervolg', en: 'continued' }

/** Whether SPSS has it as text. */
export const isText = ({ type }: ColumnHead): boolean => type === 'text' || type === 'code'

/** What a column needs: one variable, or more where a text is longer than one can hold. */
export interface ColumnWidths {
  entry: CodebookEntry
  /** Of a text, the most bytes of each piece; empty where all are empty. Of no meaning for a number. */
  widths: number[]
}

/** One or more variables for each column, in order. */
export function variablesOf(columns: ColumnWidths[], language: Language): SavVariable[][] {
  const names = new Set(columns.map(({ entry }) => entry.name))
  return columns.map(({ entry, widths }) => {
    const first = variableOf(entry, widths[0] ?? 0, language)
    return [first, ...widths.slice(1).map((width, index) => continuation(first, width, index + 2, names, language))]
  })
}

/** The columns of a file as the codebook has them: a text that goes on in further variables has an entry for each. */
export const headsOf = (columns: ColumnHead[], variables: SavVariable[][]): ColumnHead[] =>
  columns.flatMap((column, index) => [
    column,
    ...(variables[index] ?? []).slice(1).map(
      ({ name }, further): ColumnHead => ({
        ...column,
        name,
        label: { nl: continuedLabel(column.label.nl, further + 2, 'nl'), en: continuedLabel(column.label.en, further + 2, 'en') },
        values: [],
        missing: [],
      }),
    ),
  ])

const continuedLabel = (label: string, number: number, language: Language): string => `${label} (${continued[language]} ${number})`

function variableOf(entry: CodebookEntry, widest: number, language: Language): SavVariable {
  const text = isText(entry)
  const label = entry.label[language]
  const values = valuesOf(entry, language)
  const missing = entry.missing.map(({ code }) => (text ? String(code) : code))
  const width = text
    ? Math.max(1, widest, ...[...values.map(({ value }) => value), ...missing].map((one) => Buffer.byteLength(`${one}`)))
    : 0
  return {
    name: entry.name,
    label,
    width,
    format: formatOf(entry, width),
    measure: measureOf(entry),
    values,
    // What other files leave empty is missing here too; of a number that is system-missing.
    missing: text ? [...missing, ''] : missing,
    attributes: [...attributesOf(entry), ...cutShort(label, values)],
  }
}

function valuesOf(entry: CodebookEntry, language: Language): SavValue[] {
  const text = isText(entry)
  const codes = [...entry.values, ...entry.missing.map(({ code, label }) => ({ value: code, label }))]
  const values = codes.map(({ value, label }) => ({ value: text ? String(value) : value, label: label[language] }))
  return text && entry.missing.length > 0 ? [...values, { value: '', label: notCollected[language] }] : values
}

/** What is too long for its place, in full. */
const cutShort = (label: string, values: SavValue[]): [string, string][] => [
  ...(Buffer.byteLength(label) > longest.label ? [['label', label] as [string, string]] : []),
  ...(values.some((one) => Buffer.byteLength(one.label) > longest.valueLabel)
    ? [['values', values.map((one) => `${one.value}=${one.label}`).join('; ')] as [string, string]]
    : []),
]

/** What did not fit in the variable before it. Most rows have nothing here. */
function continuation(first: SavVariable, width: number, number: number, names: Set<string>, language: Language): SavVariable {
  const name = freeName(first.name, number, names)
  names.add(name)
  return {
    ...first,
    name,
    label: continuedLabel(first.label, number, language),
    width,
    format: textFormat(width),
    values: [],
    missing: [''],
    attributes: [['continues', first.name]],
  }
}

/** SPSS takes 64 bytes; ours have 63 at most. */
function freeName(first: string, number: number, names: Set<string>): string {
  for (let attempt = 0; ; attempt += 1) {
    const end = `__part${number}${attempt === 0 ? '' : `_${attempt}`}`
    const name = `${first.slice(0, 63 - end.length)}${end}`
    if (!names.has(name)) return name
  }
}

/** Numbers of print formats: GNU PSPP Internals, "System File Format", "Variable Record". */
const formats = { A: 1, F: 5, DATETIME: 22, EDATE: 38 }

const textFormat = (width: number): SavFormat => ({ type: formats.A, width: Math.min(width, 255), decimals: 0 })

function formatOf({ type, origin }: ColumnHead, width: number): SavFormat {
  switch (type) {
    case 'text':
    case 'code':
      return textFormat(width)
    case 'date':
      return { type: formats.EDATE, width: 10, decimals: 0 }
    case 'moment':
      return { type: formats.DATETIME, width: 20, decimals: 0 }
    case 'integer':
      return { type: formats.F, width: 8, decimals: 0 }
    case 'decimal':
      return { type: formats.F, width: 12, decimals: origin?.part === 'z' ? 2 : 3 }
  }
}

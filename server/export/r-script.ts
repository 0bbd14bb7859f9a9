/** `read.R`: a script that reads the CSV files of an export into R. What it says of the columns comes from the columns. */
import { readFileSync } from 'node:fs'
import type { ColumnHead, Table } from './column.ts'
import type { Language } from './format.ts'

const functions = readFileSync(new URL('r-script.R', import.meta.url), 'utf8')
const notCollected = { nl: 'niet verzameld', en: 'not collected' }

/**
 * The script for these CSV files, with labels in `language`. It has ASCII only, so that it reads the same on any computer: other
 * characters are escaped.
 */
export function rScript(files: { file: string; table: Pick<Table, 'name' | 'columns'> }[], language: Language): string {
  const sets = new Sets()
  const tables = files.map(({ file, table: { name, columns } }) => {
    const lines = columns.map((column) => `    ${columnCall(column, sets, language)}`)
    return `  ${name} = list(file = ${quoted(file)}, columns = list(\n${lines.join(',\n')}\n  ))`
  })
  return [
    functions,
    `nameting_not_collected <- ${quoted(notCollected[language])}`,
    '',
    ...sets.lines,
    '',
    `nameting <- read_nameting(list(\n${tables.join(',\n')}\n))`,
    '',
  ].join('\n')
}

function columnCall({ name, type, label, values, missing }: ColumnHead, sets: Sets, language: Language): string {
  const labels = sets.nameOf(values.map(({ value, label }) => [value, label[language]]))
  const codes = sets.nameOf(missing.map(({ code, label }) => [code, label[language]]))
  return `column(${[
    quoted(name),
    quoted(type),
    quoted(label[language]),
    ...(labels === null ? [] : [`labels = ${labels}`]),
    ...(codes === null ? [] : [`missing = ${codes}`]),
  ].join(', ')})`
}

/** Values with their labels, each written once however many columns have the same ones. */
class Sets {
  readonly #names = new Map<string, string>()

  get lines(): string[] {
    return [...this.#names].map(([call, name]) => `${name} <- ${call}`)
  }

  /** The variable that holds them; null when there are none. */
  nameOf(pairs: [value: number | string, label: string][]): string | null {
    if (pairs.length === 0) return null
    const values = pairs.map(([value]) => (typeof value === 'number' ? String(value) : quoted(value)))
    const call = `named(c(${values.join(', ')}), c(${pairs.map(([, label]) => quoted(label)).join(', ')}))`
    const known = this.#names.get(call) ?? `labels_${this.#names.size + 1}`
    this.#names.set(call, known)
    return known
  }
}

/** A text as R has them between quotation marks. */
function quoted(text: string): string {
  const escaped = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0
    if (character === '"' || character === '\\') return `\\${character}`
    if (code >= 0x20 && code < 0x7f) return character
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
  return `"${escaped.join('')}"`
}

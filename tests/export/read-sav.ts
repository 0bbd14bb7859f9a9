/** Reads `.sav` files with two programs that were not written here: R with haven, and PSPP. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'

/** What a program found in a file. Numbers are as they are stored; an empty text is missing. */
export interface FoundTable {
  /** By variable, in order. */
  variables: Map<string, FoundVariable>
  /** A cell for each variable. */
  rows: string[][]
  /** As R reads it in the way that the documentation gives: of each variable its class, and of each cell whether it is missing. */
  plain?: { classes: string[]; isMissing: boolean[][] }
}

export interface FoundVariable {
  label: string
  format: string
  measure?: string
  /** Labels of values, by value. */
  values: [value: string, label: string][]
  missing: string[]
}

const environment = { ...process.env, LC_ALL: 'C.UTF-8' }

function table(file: string): string[][] {
  return parse(readFileSync(file), { relax_column_count: true, skip_empty_lines: false })
}

/** Every file `NAME.sav` of `folder`, by NAME. */
export function readWithHaven(folder: string, names: string[]): Map<string, FoundTable> {
  const page = readFileSync(new URL('../../docs/export-spss-r.md', import.meta.url), 'utf8')
  const documented = /^\| R with haven .*`(haven::read_sav\("wide\.sav".*?\))`/m.exec(page)?.[1] ?? ''
  execFileSync('Rscript', [fileURLToPath(new URL('read-sav.R', import.meta.url)), folder, documented], { env: environment })
  return new Map(names.map((name) => [name, havenTable(join(folder, name))]))
}

function havenTable(path: string): FoundTable {
  const [header = [], ...rows] = table(`${path}.haven.csv`)
  const facts = Map.groupBy(table(`${path}.haven-labels.csv`).slice(1), ([variable = '']) => variable)
  const [, classes = [], ...missing] = table(`${path}.haven-missing.csv`)
  return {
    rows,
    plain: { classes, isMissing: missing.map((row) => row.map((cell) => cell === '1')) },
    variables: new Map(
      header.map((name) => {
        const of = (kind: string) => (facts.get(name) ?? []).filter((fact) => fact[1] === kind)
        return [
          name,
          {
            label: of('label')[0]?.[3] ?? '',
            format: of('format')[0]?.[3] ?? '',
            values: of('value').map(([, , value = '', label = '']): [string, string] => [value, label]),
            missing: of('missing').map(([, , value = '']) => value),
          },
        ]
      }),
    ),
  }
}

/** `numbers`: the variables that are. `warnings`: what PSPP was not content with. */
export function readWithPspp(
  folder: string,
  files: { name: string; numbers: string[] }[],
): { found: Map<string, FoundTable>; warnings: string[] } {
  const cells = files.flatMap(({ name, numbers }) => [
    `GET FILE='${folder}/${name}.sav'.`,
    // The bytes of each number, so that no digit is lost.
    ...(numbers.length > 0 ? ['FORMATS', ...numbers.map((variable) => `  ${variable}`), '  (RBHEX16).'] : []),
    `SAVE TRANSLATE /OUTFILE='${folder}/${name}.pspp.csv' /TYPE=CSV /REPLACE /FIELDNAMES /CELLS=VALUES /TEXTOPTIONS FORMAT=VARIABLE.`,
  ])
  runPspp(folder, 'cells', cells)
  runPspp(folder, 'labels', [
    'SET TVARS=NAMES.',
    ...files.flatMap(({ name }) => [`GET FILE='${folder}/${name}.sav'.`, 'DISPLAY DICTIONARY.']),
  ])
  const shown = table(join(folder, 'labels.csv'))
  const warnings = [...table(join(folder, 'cells.csv')), ...shown].flatMap(([line = '']) => (/^(warning|error):/.test(line) ? [line] : []))
  const starts = shown.flatMap(([title], index) => (title === 'Table: Variables' ? [index] : []))
  const found = files.map(({ name, numbers }, index): [string, FoundTable] => {
    const cells = table(join(folder, `${name}.pspp.csv`))
    return [name, psppTable(cells, shown.slice(starts[index], starts[index + 1]), new Set(numbers))]
  })
  return { found: new Map(found), warnings }
}

function runPspp(folder: string, name: string, syntax: string[]): void {
  const file = join(folder, `${name}.sps`)
  writeFileSync(file, `${syntax.join('\n')}\n`)
  execFileSync('pspp', ['-O', 'format=csv', '-o', join(folder, `${name}.csv`), file], { env: environment, stdio: 'ignore' })
}

/** `shown`: its tables with the variables and with the labels of values. */
function psppTable([header = [], ...rows]: string[][], shown: string[][], numbers: Set<string>): FoundTable {
  const variables = new Map(
    header.map((name, index): [string, FoundVariable] => {
      const [, , label = '', measure = '', , , , format = '', , missing = ''] = shown[index + 2] ?? []
      return [name, { label, measure, format, values: [], missing: missing === '' ? [] : missing.split('; ').map(unquoted) }]
    }),
  )
  const labels = shown.findIndex(([title]) => title === 'Table: Value Labels')
  let name = ''
  for (const [variable, value = '', label] of labels < 0 ? [] : shown.slice(labels + 2)) {
    if (label === undefined) break
    name = variable || name
    variables.get(name)?.values.push([value.replace(/\[a\]$/, ''), label])
  }
  return { variables, rows: rows.map((row) => row.map((cell, index) => (numbers.has(header[index] ?? '') ? numberOf(cell) : cell))) }
}

/** What PSPP before 2.0 says of every text of more than 8 bytes with several missing values; see docs/export-spss-r.md. */
export const knownOfPspp = /Extension record subtype 22 ends unexpectedly/

const unquoted = (text: string): string => text.replace(/^"(.*)"$/, '$1').trimEnd()

/** Of the bytes in hexadecimal; nothing for system-missing. */
const numberOf = (hexadecimal: string): string => {
  if (hexadecimal.trim() === '') return ''
  const number = Buffer.from(hexadecimal, 'hex').readDoubleLE()
  return Object.is(number, -0) ? '-0' : String(number)
}

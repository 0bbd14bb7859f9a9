/** From the bytes of a CSV file to norm tables that `check` has nothing against. */
import { readInstruments } from '../../instruments/catalogue.ts'
import { readNorms } from '../../norms/catalogue.ts'
import { checkNorms } from '../../norms/check.ts'
import type { DecimalMark } from '../../norms/csv-numbers.ts'
import { type CsvProblem, type NormHeader, normTablesFromCsv, type TableFromCsv } from '../../norms/from-csv.ts'
import type { NormTable } from '../../norms/schema.ts'
import { type FoundFile, findFiles, type Kind } from '../definitions/files.ts'
import { shippedDirectory } from '../definitions/load.ts'
import { readAnswerTable } from '../scoring/read-answer-table.ts'

export interface MadeNorms {
  tables: NormTable[]
  delimiter: ',' | ';' | '\t'
  mark: DecimalMark | null
}

/** Makes the tables and checks them against the shipped definitions and, over those, the ones in `directories`. */
export function normsFromFile(
  header: NormHeader,
  { path, bytes }: { path: string; bytes: Uint8Array },
  directories: string[],
): MadeNorms | { problems: CsvProblem[] } {
  const read = readAnswerTable('csv', bytes)
  if ('problems' in read) return { problems: read.problems.map(({ at, ...problem }) => ({ line: at, ...problem })) }
  const { columns, rows, decimalComma: semicolons } = read.table
  const texts = rows
    .map(({ at, cells }) => ({ at, cells: cells.map(String) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const { tables, problems, mark } = normTablesFromCsv(header, { columns, rows: texts, semicolons })
  if (problems.length > 0) return { problems }
  const mistakes = checkedWith(tables, [shippedDirectory, ...directories], path)
  if (mistakes.length > 0) return { problems: mistakes }
  const firstLine = new TextDecoder().decode(bytes).split(/[\r\n]/, 1)[0] ?? ''
  return { tables: tables.map(({ table }) => table), delimiter: semicolons ? ';' : firstLine.includes('\t') ? '\t' : ',', mark }
}

/** What `check` finds in the new tables, by the line of the file that it comes from. */
function checkedWith(made: TableFromCsv[], directories: string[], source: string): CsvProblem[] {
  const files = (kind: Kind): FoundFile[] => [
    ...new Map(directories.flatMap((directory) => findFiles(kind, directory, [])).map((file) => [file.name, file])).values(),
  ]
  // As they will lie, so that a mistake in a place is told too; the end of the name tells them from what is there.
  const asFiles = made.map(({ table }) => ({ path: `${source}/${table.id}/${table.version}.json`, text: JSON.stringify(table) }))
  const paths = new Map(asFiles.map(({ path }, index) => [path, made[index] as TableFromCsv]))
  const replaced = new Set(made.map(({ table }) => `norms/${table.id}/${table.version}.json`))
  const norms = readNorms([...files('norms').filter(({ name }) => !replaced.has(name)), ...asFiles])
  const problems = [...norms.problems, ...checkNorms(norms, readInstruments(files('instruments')).catalogue)].flatMap(
    ({ file, ...mistake }) => {
      const table = paths.get(file)
      // Two strata of one name are two of the same people, which is told too.
      return table && !/^\/strata\/\d+\/id$/.test(mistake.path) ? [table.place(mistake)] : []
    },
  )
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]))
  return [...once.values()].sort((a, b) => a.line - b.line)
}

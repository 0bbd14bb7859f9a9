/**
 * Norm tables from the rows of a CSV file, as somebody types them over from a manual: scale, mean, sd, n, source, and a column
 * for each fact by which the strata differ. Several scales make several tables. Pure: somebody else reads and writes files.
 */
import type { Localized, Mistake } from '../instruments/definition.ts'
import { isStandIn } from '../instruments/definition.ts'
import { pointer } from '../instruments/json.ts'
import { knownFacts } from './check-strata.ts'
import { type DecimalMark, readNumbers } from './csv-numbers.ts'
import { stratumOf } from './csv-stratum.ts'
import { type NormTable, normTableSchema, type Stratum } from './schema.ts'

/** A CSV file, parsed. */
export interface NormRows {
  columns: string[]
  /** `at`: the line in the file; every row has as many cells as there are columns. */
  rows: { at: number; cells: string[] }[]
  /** Cells stand between semicolons, so that a comma is likely to be a decimal one. */
  semicolons: boolean
}

/** What a file of rows does not say about its tables. */
export interface NormHeader {
  /** Id of the table; with several scales in the file, the beginning of each id. */
  id: string
  version: string
  instrument: string
  instrumentVersions: string
  title: Localized
  population: Localized
  year: number
  /** Where the figures were published; goes before what the rows say themselves. */
  source: string
  /** Band set, `id@version`. */
  bands: string
}

/** A problem in the file; line 0: in what was said about it. */
export interface CsvProblem {
  line: number
  column: string
  reason: string
}

export interface TableFromCsv {
  table: NormTable
  /** Where in the file a mistake in the table comes from. */
  place(mistake: Mistake): CsvProblem
}

export interface FromCsv {
  /** One per scale, in the order of the file. Not to be used when there are problems. */
  tables: TableFromCsv[]
  problems: CsvProblem[]
  /** How decimals were written; null when all numbers are whole. */
  mark: DecimalMark | null
}

const needed = ['scale', 'mean', 'sd']
const optional = ['n', 'source']

/** Reads what the rows say. Strata that overlap, unknown scales and the like are for `checkNorms`. */
export function normTablesFromCsv(header: NormHeader, { columns, rows, semicolons }: NormRows): FromCsv {
  const inHeader = columnProblems(columns)
  if (inHeader.length > 0) return { tables: [], problems: inHeader, mark: null }
  if (rows.length === 0)
    return { tables: [], problems: [{ line: 1, column: '', reason: 'there are no rows under the header' }], mark: null }
  const records = rows.map(({ at, cells }) => ({ at, cell: (name: string) => cells[columns.indexOf(name)]?.trim() ?? '' }))
  const { values, problems, mark } = readNumbers(records, ['mean', 'sd'], semicolons)
  const facts = columns.filter((name) => Object.hasOwn(knownFacts, name))

  const byScale = Map.groupBy(records, ({ cell }) => cell('scale'))
  const tables = [...byScale].flatMap(([scale, ofScale]): TableFromCsv[] => {
    const strata = ofScale.flatMap((record): { stratum: Stratum; at: number; source: string }[] => {
      const [mean, sd] = values.get(record.at) ?? []
      const read = stratumOf(record, facts, ofScale.length === 1)
      problems.push(...read.problems)
      if (mean === undefined || sd === undefined || read.problems.length > 0) return []
      return [
        {
          stratum: { id: read.id, ...(read.when && { when: read.when }), mean, sd, n: read.n },
          at: record.at,
          source: record.cell('source'),
        },
      ]
    })
    if (strata.length < ofScale.length) return []
    const lines = strata.map(({ at }) => at)
    const place = (mistake: Mistake) => placeOf(mistake, lines)
    const several = byScale.size > 1
    const table = {
      kind: 'norm-table',
      id: several ? `${header.id}-${scale.replaceAll('_', '-')}` : header.id,
      version: header.version,
      title: several ? { nl: `${header.title.nl}: ${scale}`, en: `${header.title.en}: ${scale}` } : header.title,
      instrument: header.instrument,
      instrumentVersions: header.instrumentVersions,
      scale,
      population: header.population,
      year: header.year,
      status: isStandIn(header) ? 'stand-in' : 'published',
      source: sourceOf(header.source, strata),
      bands: header.bands,
      strata: strata.map(({ stratum }) => stratum),
    }
    const parsed = normTableSchema.safeParse(table)
    if (parsed.success) return [{ table: parsed.data, place }]
    problems.push(...parsed.error.issues.map(({ path, message }) => place({ path: pointer(path), reason: message })))
    return []
  })
  return { tables, problems: distinct(problems).sort((a, b) => a.line - b.line), mark }
}

function columnProblems(columns: string[]): CsvProblem[] {
  const facts = Object.keys(knownFacts)
  const problem = (column: string, reason: string): CsvProblem => ({ line: 1, column, reason })
  return [
    ...needed.filter((name) => !columns.includes(name)).map((name) => problem(name, 'this column is missing')),
    ...columns.flatMap((name, index) => {
      if (columns.indexOf(name) !== index) return [problem(name, 'this column is there twice')]
      if ([...needed, ...optional, ...facts].includes(name)) return []
      return [problem(name, `this is not a column; there is: ${[...needed, ...optional].join(', ')}, and for strata ${facts.join(', ')}`)]
    }),
  ]
}

/** One text with all sources; where rows have several of their own, each with its stratum. */
function sourceOf(source: string, strata: { stratum: Stratum; source: string }[]): string {
  const own = [...new Set(strata.map((row) => row.source))].filter((text) => text !== '')
  const told = own.length > 1 ? strata.filter((row) => row.source !== '').map((row) => `${row.stratum.id}: ${row.source}`) : own
  return [...(source === '' ? [] : [source]), ...told].join('; ')
}

/** The option of `import-norms` that says what a key of a table does. */
const options: Record<string, string> = {
  id: '--id',
  version: '--version',
  title: '--title-nl, --title-en',
  instrument: '--instrument',
  instrumentVersions: '--versions',
  population: '--population-nl, --population-en',
  year: '--year',
  source: '--source',
  bands: '--bands',
}

function placeOf({ path, reason }: Mistake, lines: number[]): CsvProblem {
  const [, key = '', index, field = '', fact] = path.split('/')
  if (key === 'strata')
    return { line: lines[Number(index)] ?? 1, column: field === 'when' ? (fact ?? '') : field === 'id' ? '' : field, reason }
  if (key === 'scale') return { line: lines[0] ?? 1, column: 'scale', reason }
  return { line: 0, column: options[key] ?? '', reason }
}

/** What is wrong with what all tables share is told once. */
const distinct = (problems: CsvProblem[]): CsvProblem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]

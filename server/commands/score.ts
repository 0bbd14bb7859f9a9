/** `nameting score`: scores of a file of answers, outside any study. */
import { realpathSync } from 'node:fs'
import { extname } from 'node:path'
import type { Command } from 'commander'
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import type { Yardstick } from '../../norms/assess.ts'
import { isForInstrument } from '../../norms/standardise.ts'
import { type Definitions, loadDefinitions } from '../definitions/load.ts'
import { readSettings } from '../env.ts'
import { csvText } from '../export/csv.ts'
import { standInWarning } from '../export/stand-ins.ts'
import { BadCall, Failure } from '../failure.ts'
import { type AnswerTable, readAnswerTable, type TableProblem } from '../scoring/read-answer-table.ts'
import { readYardstick } from '../scoring/read-yardstick.ts'
import { type ScoredTable, scoreTable } from '../scoring/score-table.ts'
import { readWhole, writeWhole } from '../whole-file.ts'

interface Options {
  instrument: string
  norms?: string[]
  in: string
  out?: string
  json?: true
}

export function register(program: Command): void {
  program
    .command('score')
    .description('Scores answers outside any study: one row in, one row out (see docs/scoring.md)')
    .requiredOption('--instrument <id@version or file>', 'the instrument that was answered')
    .option(
      '--norms <id@version or file>',
      'a norm table for one of its scales, or a file with bands; once for each',
      (norm: string, before: string[] = []) => [...before, norm],
    )
    .requiredOption('--in <file>', 'the answers: a .csv with a column per item, or a .json with a list of objects')
    .option('--out <file>', 'where to write the scores, as .csv or .json; on standard output unless given')
    .option('--json', 'write JSON, whatever the name of the file')
    .action(scoreFile)
}

function scoreFile(options: Options): void {
  const { DEFINITIONS_DIR } = readSettings([])
  const definitions = loadDefinitions(DEFINITIONS_DIR)
  const kind = kindOf('--in', options.in)
  const asJson = options.json ?? (options.out !== undefined && kindOf('--out', options.out) === 'json')
  if (options.out !== undefined && realPath(options.out) === realPath(options.in) && realPath(options.in) !== undefined)
    throw new BadCall(`--out ${options.out} is the file with the answers: name another.`)
  const yardstick = readYardstick(definitions, DEFINITIONS_DIR, options.instrument, options.norms ?? [])
  const table = readTable(options.in, kind)
  const { scored, problems, notes } = scoreTable(yardstick, table)
  if (problems.length > 0) throw failureFor(options.in, table.unit, problems)
  const text = asJson ? jsonOf(scored) : csvOf(scored)
  if (options.out === undefined) process.stdout.write(text)
  // Others on this machine must not read it: it holds answers.
  else writeWhole(options.out, text, { mode: 0o600 })
  for (const note of [...notes, ...noteNorms(definitions, yardstick), ...noteStandIns(yardstick)]) process.stderr.write(`${note}\n`)
}

function kindOf(option: string, path: string): 'csv' | 'json' {
  const extension = extname(path).toLowerCase()
  if (extension === '.json') return 'json'
  if (extension === '.csv') return 'csv'
  throw new BadCall(`${option} ${path}: the name must end in .csv or .json.`)
}

function readTable(path: string, kind: 'csv' | 'json'): AnswerTable {
  const read = readAnswerTable(kind, readWhole(path))
  if ('problems' in read) throw failureFor(path, kind === 'csv' ? 'line' : 'row', read.problems)
  return read.table
}

function failureFor(path: string, unit: AnswerTable['unit'], problems: TableProblem[]): Failure {
  const list = problems.map(({ at, column, reason }) => `${path}, ${unit} ${at}${column === '' ? '' : `, ${column}`}: ${reason}`)
  return new Failure(`${list.join('\n')}\nNothing was written.`)
}

/** Cells of the file as they came in, then the scores. */
const csvOf = ({ columns, rows }: ScoredTable): string =>
  csvText([columns, ...rows.map(({ given, scores }) => [...given.map(asText), ...scores])])

function asText(cell: unknown): string | number | null {
  if (cell === undefined || cell === null) return null
  if (typeof cell === 'string' || typeof cell === 'number') return cell
  return Array.isArray(cell) && cell.every((element) => typeof element === 'number') ? cell.join(' ') : JSON.stringify(cell)
}

const jsonOf = ({ columns, rows }: ScoredTable): string => {
  const objects = rows.map(({ read, scores }) => Object.fromEntries([...read, ...scores].map((cell, index) => [columns[index], cell])))
  return objects.length === 0 ? '[]\n' : `[\n${objects.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Norms are a decision, so none is taken unasked; those that would fit are named. */
function noteNorms({ norms }: Definitions, { instrument, tables }: Yardstick): string[] {
  if (tables.length > 0) return []
  const fitting = norms.tables.all().filter((table) => isForInstrument(table, instrument))
  const known = fitting.map(formatReference).join(', ')
  return [`Without --norms there are raw scores only${known ? `; for this instrument there is: ${known}` : ''}.`]
}

function noteStandIns({ instrument, tables, priceTables = [] }: Yardstick): string[] {
  const standIns = [
    ...(instrument.wording.status === 'stand-in' || isStandIn(instrument) ? [formatReference(instrument)] : []),
    ...[...tables, ...priceTables].filter((table) => table.status === 'stand-in' || isStandIn(table)).map(formatReference),
  ]
  return standIns.length > 0 ? [standInWarning(standIns)] : []
}

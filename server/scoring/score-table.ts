/** Scores a table of answers: one row in, one row out. Pure; see docs/scoring.md. */
import { z } from 'zod'
import { type AnswerChecker, answerChecker } from '../../instruments/answers.ts'
import { formatReference } from '../../instruments/definition.ts'
import { itemsOf } from '../../instruments/items.ts'
import { type Assessment, assess, type Yardstick } from '../../norms/assess.ts'
import { factColumns } from './fact-columns.ts'
import { likeThousands, notAvailable, readAnswer } from './read-answer.ts'
import type { AnswerTable, TableProblem } from './read-answer-table.ts'

export interface ScoredTable {
  columns: string[]
  rows: ScoredRow[]
}

export interface ScoredRow {
  /** The cells of the row as they came in. */
  given: unknown[]
  /** The same cells with answers as numbers and lists, and null where an item has none. */
  read: unknown[]
  /** Cells of the columns that scoring adds. */
  scores: (string | number | null)[]
}

export interface Scored {
  scored: ScoredTable
  /** All that is wrong; then `scored` is not to be used. */
  problems: TableProblem[]
  /** What is no mistake, yet good to know. */
  notes: string[]
}

const measures = ['raw', 'z', 'band', 'missing', 'norm', 'reason'] as const

/** Names of the columns that scoring adds for one scale. */
const scoreColumns = (scale: string): string[] => measures.map((measure) => `${scale}_${measure}`)

export function scoreTable(yardstick: Yardstick, table: AnswerTable): Scored {
  const added = yardstick.instrument.scales.flatMap(({ id }) => scoreColumns(id))
  const headerProblems = checkColumns(yardstick, table, added)
  if (headerProblems.length > 0) return { scored: { columns: [], rows: [] }, problems: headerProblems, notes: [] }

  const problems: TableProblem[] = []
  const facts = factColumns(yardstick, table)
  const readRow = rowReader(yardstick, table)
  const completed = completionColumn(table, problems)
  const rows = table.rows.map(({ at, cells }): ScoredRow => {
    const { read, check } = readRow(cells)
    problems.push(...check.problems.map(({ item, reason }) => ({ at, column: item, reason: `${reason}${howToWrite(cells, item, table)}` })))
    const known = facts.read(cells)
    problems.push(...known.problems.map((problem) => ({ at, ...problem })))
    return { given: cells, read, scores: assess(yardstick, check, known.facts, completed.read(cells, at)).flatMap(scoreCells) }
  })
  return {
    scored: { columns: [...table.columns, ...added], rows },
    problems,
    notes: [...noteMissingItems(yardstick, table), ...facts.notes()],
  }
}

/** What to change in a cell that can be read in two ways. */
function howToWrite(cells: unknown[], column: string, table: AnswerTable): string {
  return likeThousands(cells[table.columns.indexOf(column)], table)
    ? ' In a file with semicolons this can be read in two ways: write decimals behind a comma, and no mark for thousands.'
    : ''
}

function checkColumns({ instrument }: Yardstick, { columns }: AnswerTable, added: string[]): TableProblem[] {
  const reference = formatReference(instrument)
  const items = itemsOf(instrument).map(({ name }) => name)
  const wrong = (column: string, reason: string): TableProblem => ({ at: 1, column, reason })
  const problems = columns.flatMap((column, index) => {
    if (columns.indexOf(column) !== index) return [wrong(column, 'this column is there twice')]
    return added.includes(column) ? [wrong(column, 'scoring adds a column of this name: rename this one, or leave it out')] : []
  })
  if (columns.some((column) => items.includes(column))) return problems
  return [...problems, wrong('', `there is no column of ${reference}; its items are: ${items.join(', ')}`)]
}

function noteMissingItems({ instrument }: Yardstick, { columns }: AnswerTable): string[] {
  const lacking = itemsOf(instrument)
    .map(({ name }) => name)
    .filter((name) => !columns.includes(name))
  if (lacking.length === 0) return []
  return [`There is no column for ${lacking.join(', ')}: in every row these count as unanswered.`]
}

type RowReader = (cells: unknown[]) => { read: unknown[]; check: ReturnType<AnswerChecker> }

function rowReader({ instrument }: Yardstick, table: AnswerTable): RowReader {
  const check = answerChecker(instrument)
  const items = new Map(itemsOf(instrument).map((item) => [item.name, item]))
  const itemOf = table.columns.map((column) => items.get(column))
  return (cells) => {
    const read = cells.map((cell, index) => {
      const item = itemOf[index]
      return item ? readAnswer(cell, item, table) : cell
    })
    return { read, check: check(Object.fromEntries(itemOf.flatMap((item, index) => (item ? [[item.name, read[index]]] : [])))) }
  }
}

/** The day on which each list was completed, from a column of that name. */
function completionColumn({ columns }: AnswerTable, problems: TableProblem[]) {
  const index = columns.indexOf('completed_on')
  return {
    read(cells: unknown[], at: number): string | null {
      const cell = index === -1 ? null : (cells[index] ?? null)
      if (cell === null || cell === '' || cell === notAvailable) return null
      if (typeof cell === 'string' && z.iso.date().safeParse(cell).success) return cell
      problems.push({ at, column: 'completed_on', reason: 'This is a day written as YYYY-MM-DD.' })
      return null
    },
  }
}

function scoreCells({ raw, z, band, missing, normId, normVersion, reason }: Assessment): (string | number | null)[] {
  const norm = normId !== null && normVersion !== null ? formatReference({ id: normId, version: normVersion }) : null
  return [raw, z, band, missing, norm, reason]
}

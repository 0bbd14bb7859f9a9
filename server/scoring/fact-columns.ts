/** Reads from a table the facts by which norms differ, such as sex or the child's age: from columns that are named like them. */
import type { Yardstick } from '../../norms/assess.ts'
import type { Facts, Stratum } from '../../norms/schema.ts'
import { applicableNorm } from '../../norms/standardise.ts'
import { notAvailable } from './read-answer.ts'
import type { AnswerTable, TableProblem } from './read-answer-table.ts'

export interface FactColumns {
  read(cells: unknown[]): { facts: Facts; problems: Omit<TableProblem, 'at'>[] }
  /** After all rows: facts without a column, and texts that no stratum knows, which are easily a spelling of one that it does. */
  notes(): string[]
}

export function factColumns({ instrument, tables }: Yardstick, { columns }: AnswerTable): FactColumns {
  const used = new Set(instrument.scales.flatMap(({ id }) => applicableNorm(tables, instrument, id) ?? []))
  const wanted = collectConditions([...used].flatMap(({ strata }) => strata))
  const unknown = new Map([...wanted.keys()].map((fact) => [fact, new Set<string>()]))
  const present = [...wanted].filter(([fact]) => columns.includes(fact))

  return {
    read(cells) {
      const facts: Facts = {}
      const problems: Omit<TableProblem, 'at'>[] = []
      for (const [fact, { texts, isRange }] of present) {
        const cell = readCell(cells[columns.indexOf(fact)])
        if (cell === undefined) continue
        const value = isRange ? Number(cell) : cell
        if (isRange && !Number.isInteger(value)) problems.push({ column: fact, reason: 'This fact is a whole number.' })
        else facts[fact] = value
        if (!isRange && !texts.has(cell)) unknown.get(fact)?.add(cell)
      }
      return { facts, problems }
    },
    notes: () => [
      ...[...wanted.keys()]
        .filter((fact) => !columns.includes(fact))
        .map((fact) => `There is no column ${fact}, by which the norms differ: it counts as unknown in every row.`),
      ...[...unknown].flatMap(([fact, cells]) => noteUnknown(fact, [...cells], [...(wanted.get(fact)?.texts ?? [])])),
    ],
  }
}

interface Wanted {
  /** Texts that a stratum asks for. */
  texts: Set<string>
  /** Whether a stratum asks for a range, so that the fact is a number. */
  isRange: boolean
}

function collectConditions(strata: Stratum[]): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>()
  for (const [fact, condition] of strata.flatMap(({ when }) => Object.entries(when ?? {}))) {
    const known = wanted.get(fact) ?? { texts: new Set(), isRange: false }
    if (typeof condition === 'string') known.texts.add(condition)
    else known.isRange = true
    wanted.set(fact, known)
  }
  return wanted
}

function readCell(cell: unknown): string | undefined {
  const text = cell === undefined || cell === null ? '' : String(cell).trim()
  return text === '' || text === notAvailable ? undefined : text
}

function noteUnknown(fact: string, cells: string[], texts: string[]): string[] {
  if (cells.length === 0) return []
  const some = cells.slice(0, 5).map((cell) => JSON.stringify(cell.slice(0, 40)))
  return [
    `${fact}: no norm is for ${some.join(', ')}${cells.length > 5 ? ', ...' : ''}; there is: ${texts.join(', ')}. ` +
      'Such rows are compared with everybody else, or get no z.',
  ]
}

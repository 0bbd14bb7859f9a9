/**
 * A report as it is kept in the data folder. What it says of single cases (who is behind a number, lines and points of persons) is in a file
 * of its own: that one goes when somebody's answers are erased, and the totals stay.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Folder, inNewFolder } from '../../export/folder.ts'
import type { CaseOfCell, FigureResult, ReportResult, SeriesResult } from '../result.ts'
import type { CasesBehind } from './cases-behind.ts'

const reportFile = 'report.json'
export const personsFile = 'cases.json'

/** A report that was worked out; its cases apart. */
export interface WorkedOut {
  result: ReportResult
  /** Null once it is forgotten. */
  behind: CasesBehind | null
  /** Of all cases that were read. */
  caseIds: string[]
}

/** What is drawn of persons, per series of a figure. */
type OfPersons = Pick<SeriesResult, 'lines' | 'pairs'>

interface Persons {
  cases: CaseOfCell[]
  /** Bits in base64, each once: many numbers are of the same cases. */
  sets: string[]
  /** By table: of each cell, by row and column, its place among the sets. */
  tables: Record<string, (number | null)[][]>
  /** By figure. */
  figures: Record<string, OfPersons[]>
}

/** Writes both files; the folder is whole or not there. Throws a Failure when it cannot be written. */
export async function writeKept(directory: string, { result, behind, caseIds }: WorkedOut): Promise<void> {
  const write = async (folder: Folder): Promise<void> => {
    const { stripped, figures } = withoutPersons(result)
    await (await folder.create(reportFile)).write(JSON.stringify({ result: stripped, caseIds }))
    if (behind) await (await folder.create(personsFile)).write(JSON.stringify({ ...packed(behind), figures } satisfies Persons))
  }
  await inNewFolder(directory, write, { partial: partialOf(directory) })
}

/** What it is called until it is whole: by this it is found when the thread that wrote it was stopped. */
export const partialOf = (directory: string): string => `${directory}.partial`

/** Without what is forgotten of it. Throws the system's error when it is not there. */
export async function readKept(directory: string): Promise<WorkedOut> {
  const kept = JSON.parse(await readFile(join(directory, reportFile), 'utf8')) as Pick<WorkedOut, 'result' | 'caseIds'>
  const persons = await readPersons(directory)
  if (!persons) return { ...kept, behind: null }
  return {
    ...kept,
    result: mapFigures(kept.result, (figure) => withPersons(figure, persons.figures[figure.id])),
    behind: unpacked(persons),
  }
}

async function readPersons(directory: string): Promise<Persons | null> {
  try {
    return JSON.parse(await readFile(join(directory, personsFile), 'utf8')) as Persons
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw reason
  }
}

const mapFigures = (result: ReportResult, change: (figure: FigureResult) => FigureResult): ReportResult => ({
  ...result,
  sections: result.sections.map((section) => ({ ...section, figures: section.figures.map(change) })),
})

function withoutPersons(result: ReportResult): { stripped: ReportResult; figures: Persons['figures'] } {
  const figures: Persons['figures'] = {}
  const stripped = mapFigures(result, (figure) => {
    figures[figure.id] = figure.series.map(({ lines, pairs }) => ({ lines, ...(pairs && { pairs }) }))
    return { ...figure, series: figure.series.map((one) => ({ ...one, lines: [], ...(one.pairs && { pairs: [] }) })) }
  })
  return { stripped, figures }
}

const withPersons = (figure: FigureResult, persons: OfPersons[] | undefined): FigureResult => ({
  ...figure,
  series: figure.series.map((one, at) => ({ ...one, ...persons?.[at] })),
})

function packed({ cases, tables }: CasesBehind): Omit<Persons, 'figures'> {
  const places = new Map<string, number>()
  const placeOf = (bits: Uint8Array | null): number | null => {
    if (bits === null) return null
    const text = Buffer.from(bits).toString('base64')
    const place = places.get(text) ?? places.size
    places.set(text, place)
    return place
  }
  const made = Object.fromEntries([...tables].map(([id, rows]) => [id, rows.map((cells) => cells.map(placeOf))]))
  return { cases, sets: [...places.keys()], tables: made }
}

function unpacked({ cases, sets, tables }: Persons): CasesBehind {
  const bits = sets.map((text) => new Uint8Array(Buffer.from(text, 'base64')))
  const rows = Object.entries(tables).map(
    ([id, made]) => [id, made.map((cells) => cells.map((place) => (place === null ? null : (bits[place] ?? null))))] as const,
  )
  return { cases, tables: new Map(rows) }
}

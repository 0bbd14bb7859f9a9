/** Writes an export: one consistent moment of one study, a folder that is whole or not there. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { StudyReader } from '../db/study-reader.ts'
import type { Definitions } from '../definitions/load.ts'
import { Failure } from '../failure.ts'
import { countCases, type ExportCase, exportCases } from '../queries/export-rows.ts'
import { type CodebookEntry, codebookEntries, codebookNames, codebookRow } from './codebook.ts'
import type { Table } from './column.ts'
import { csvText } from './csv.ts'
import { byteOrderMark, excelNlText } from './csv-excel-nl.ts'
import { type Folder, inNewFolder } from './folder.ts'
import { type Format, type FormatName, formats, type Language, type RowWriter } from './format.ts'
import { type Layout, tablesOf } from './layouts.ts'
import { type Counts, type Manifest, manifest } from './manifest.ts'
import { note } from './note.ts'
import { type ExportPlan, planExport } from './plan.ts'
import { rScript } from './r-script.ts'
import { standInsIn, standInWarning } from './stand-ins.ts'
import { stopped } from './stopped.ts'
import { weighed } from './weights.ts'

export interface ExportRequest {
  study: string
  /** The folder to make; it must not be there yet, or be empty. */
  directory: string
  layouts: Layout[]
  formats: FormatName[]
  /** Of the labels, in formats that have them in the files. Dutch unless said otherwise. */
  language?: Language
  now: string
  /** Writes down that it was made, once all of it is on disk and just before it gets its name; what this throws stops it. */
  register?: (made: ExportMade) => Promise<void>
  /** Called after some cases, and once when all files are written. */
  onProgress?: (progress: Progress) => void | Promise<void>
  /** Stops the export; nothing is left of it. */
  signal?: AbortSignal
  /** The folder in which it is made until it is whole; beside `directory` unless given. */
  partial?: string
}

export interface Progress {
  /** That are written in all files. */
  cases: number
  /** That there are. */
  of: number
  /** Over all files. */
  rows: number
}

/** What is kept of an export: enough to find it again when somebody in it has their answers erased. */
export interface ExportMade {
  study: string
  madeAt: string
  manifestSha256: string
  layouts: Layout[]
  formats: FormatName[]
  caseIds: string[]
}

/**
 * Exports a study. All is read in one transaction, so that what comes in meanwhile is in no file of it.
 *
 * Throws a Failure for an unknown study, a folder that is not empty or cannot be written, a definition that is not there.
 */
export function exportStudy(reader: StudyReader, definitions: Definitions, request: ExportRequest): Promise<Manifest> {
  return reader.atOneMoment(async (db) => {
    const plan = await planExport(db, definitions, request.study)
    const cases = { of: await countCases(db, plan.study.id), batches: weighed(exportCases(db, plan.study.id), plan.weights) }
    return await inNewFolder(request.directory, (folder) => write(folder, plan, cases, request), request)
  })
}

/** A table on its way into a file. */
interface Output {
  table: Table
  file: string
  codebook: CodebookEntry[]
  writer: RowWriter
  rows: number
}

interface Cases {
  of: number
  batches: AsyncIterable<ExportCase[]>
}

async function write(folder: Folder, plan: ExportPlan, cases: Cases, request: ExportRequest): Promise<Manifest> {
  const outputs = await openOutputs(folder, plan, request)
  const caseIds: string[] = []
  const counts = await writeRows(outputs, { ...cases, batches: noting(cases.batches, caseIds) }, request)
  const entries = outputs.flatMap(({ codebook }) => codebook)
  const codebook = await folder.create('codebook.csv')
  const rows = [codebookNames(), ...entries.map(codebookRow)]
  await codebook.write(csvText(rows))
  if (request.formats.includes('csv-excel-nl'))
    await (await folder.create('codebook.excel-nl.csv')).write(byteOrderMark + excelNlText(rows))
  const csvFiles = outputs.filter(({ file, table }) => file === `${table.name}.csv`)
  if (csvFiles.length > 0) await (await folder.create('read.R')).write(rScript(csvFiles, request.language ?? 'nl'))
  await (await folder.create('README.txt')).write(
    note(
      plan,
      outputs.map(({ file, table }) => ({ name: file, table })),
    ),
  )

  const tables = new Map(outputs.map(({ file, rows, table }) => [file, { rows, columns: table.columns.length }]))
  for (const name of ['codebook.csv', 'codebook.excel-nl.csv']) tables.set(name, { rows: entries.length, columns: codebookNames().length })
  const written = await folder.finish()
  const facts = manifest({
    plan,
    layouts: request.layouts,
    formats: request.formats,
    files: written.map((file) => ({ ...file, ...(tables.get(file.name) ?? { rows: null, columns: null }) })),
    counts,
    now: request.now,
    software: software(),
  })
  const text = `${JSON.stringify(facts, null, 2)}\n`
  await (await folder.create('manifest.json')).write(text)
  await folder.finish()
  const { study, layouts, formats, now } = request
  const manifestSha256 = createHash('sha256').update(text).digest('hex')
  await request.register?.({ study, madeAt: now, manifestSha256, layouts, formats, caseIds })
  return facts
}

async function* noting(batches: AsyncIterable<ExportCase[]>, caseIds: string[]): AsyncGenerator<ExportCase[]> {
  for await (const batch of batches) {
    for (const { id } of batch) caseIds.push(id)
    yield batch
  }
}

async function openOutputs(folder: Folder, plan: ExportPlan, { layouts, formats: chosen, language = 'nl', now }: ExportRequest) {
  const standIns = standInsIn(plan)
  const about = { language, now, study: plan.study.title, warning: standIns.length > 0 ? standInWarning(standIns) : null }
  const outputs: Output[] = []
  for (const table of tablesOf(plan, layouts)) {
    assertDistinct(table)
    for (const name of chosen) {
      const format: Format = formats[name]
      const file = `${table.name}.${format.extension}`
      const codebook = codebookEntries(table, file, plan.prices)
      const writer = await format.open(await folder.create(file), { ...table, ...about, codebook })
      outputs.push({ table, file, codebook, writer, rows: 0 })
    }
  }
  return outputs
}

async function writeRows(outputs: Output[], { of, batches }: Cases, { onProgress, signal }: ExportRequest): Promise<Counts> {
  const counts: Counts = { cases: 0, participants: 0, assignments: 0, responses: 0, scores: 0 }
  const report = async () => onProgress?.({ cases: counts.cases, of, rows: outputs.reduce((sum, { rows }) => sum + rows, 0) })
  for await (const batch of batches) {
    await letOthersTurn(signal)
    for (const output of outputs) {
      const rows = batch.flatMap((whole) => output.table.rows(whole))
      await output.writer.write(rows)
      output.rows += rows.length
    }
    for (const whole of batch) add(counts, whole)
    await report()
  }
  for (const { writer } of outputs) {
    await letOthersTurn(signal)
    await writer.finish?.()
  }
  await report()
  return counts
}

/** Reading is synchronous: without this no signal would come through, and what SQLite has done with would not be freed. */
async function letOthersTurn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (signal?.aborted) throw stopped()
}

function add(counts: Counts, { participants, assignments }: ExportCase): void {
  const responses = assignments.flatMap(({ response }) => response ?? [])
  counts.cases += 1
  counts.participants += participants.length
  counts.assignments += assignments.length
  counts.responses += responses.length
  counts.scores += responses.reduce((sum, { scores }) => sum + scores.size, 0)
}

function assertDistinct({ name, columns }: Table): void {
  const seen = new Set<string>()
  for (const column of columns) {
    if (seen.has(column.name))
      throw new Failure(`Two columns of ${name} would be called ${column.name}. Rename one of the items in a new version.`)
    seen.add(column.name)
  }
}

function software(): { name: string; version: string } {
  const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    name: string
    version: string
  }
  return { name, version }
}

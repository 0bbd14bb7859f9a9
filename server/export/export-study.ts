/** Writes an export: one consistent moment of one study, a folder that is whole or not there. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { StudyReader } from '../db/study-reader.ts'
import type { Definitions } from '../definitions/load.ts'
import { chosenCases } from '../queries/export-choice.ts'
import { type ExportCase, exportCasesOf } from '../queries/export-rows.ts'
import { assertSame } from './again.ts'
import type { Tier } from './choices.ts'
import { codebookNames, codebookRow } from './codebook.ts'
import { ddiCodebook } from './codebooks/ddi.ts'
import { jsonCodebook } from './codebooks/json.ts'
import { phenotypes } from './codebooks/phenotype.ts'
import { redcapDictionary } from './codebooks/redcap.ts'
import { ConsentTally, unaskedWarning } from './consent.ts'
import { csvText } from './csv.ts'
import { byteOrderMark, excelNlText } from './csv-excel-nl.ts'
import { assertKnown, type ExportFilter, filtered, planOf } from './filter.ts'
import { type Folder, inPartialFolder, partialFolder } from './folder.ts'
import type { FormatName, Language } from './format.ts'
import { type Layout, withAnswers } from './layouts.ts'
import { type Counts, type ListedFile, type Manifest, manifest } from './manifest.ts'
import { note } from './note.ts'
import { Outputs } from './outputs.ts'
import { type ExportPlan, planExport } from './plan.ts'
import { rScript } from './r-script.ts'
import type { EarlierManifest } from './read-manifest.ts'
import { settled } from './settled.ts'
import { type How, type Sharing, sharing } from './shared/sharing.ts'
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
  /** Which part of the study; all of it unless given. */
  filter?: ExportFilter | null
  /** Pseudonymous unless said otherwise. */
  tier?: Tier
  /** Of the tier `shared`: ages in bands, not in years. */
  ageBands?: boolean
  /** What it is for, in the words of whoever takes it. */
  purpose?: string | null
  /** Who takes it: an account. */
  takenBy?: string | null
  /** The manifest of an export that this one has to be the same as; what differs is a Failure. */
  again?: EarlierManifest
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
  filter: ExportFilter | null
  tier: Tier
  purpose: string | null
  caseIds: string[]
}

/** An export that is whole and has no name yet. */
export interface ExportWritten {
  manifest: Manifest
  made: ExportMade
}

/**
 * Exports a study. All is read in one transaction, so that what comes in meanwhile is in no file of it.
 *
 * Throws a Failure for an unknown study, a folder that is not empty or cannot be written, a definition that is not there.
 */
export async function exportStudy(reader: StudyReader, definitions: Definitions, request: ExportRequest): Promise<Manifest> {
  const partial = request.partial ?? partialFolder(request.directory)
  return await settled(await writeExport(reader, definitions, { ...request, partial }), { ...request, partial })
}

/** All of `exportStudy` but its end: what it made is in `request.partial`. */
export function writeExport(
  reader: StudyReader,
  definitions: Definitions,
  request: ExportRequest & { partial: string },
): Promise<ExportWritten> {
  return reader.atOneMoment(async (db) => {
    const filter = request.filter ?? {}
    const whole = await planExport(db, definitions, request.study)
    await assertKnown(db, whole, filter)
    const how: How = { ages: request.ageBands ? 'bands' : 'years', marks: definitions.identifying, hasAnswers: hasAnswers(request) }
    const shared = request.tier === 'shared' ? await sharing(db, whole, how) : undefined
    // What values were changed from and to is in no shared export.
    const plan = planOf(shared ? { ...whole, hasChanges: false } : whole, filter)
    const chosen = await chosenCases(db, plan.study.id, filter)
    const ids = shared?.inOrder(chosen) ?? chosen
    const consent = filter.consents && new ConsentTally(plan.protocol, filter.consents)
    if (shared) await count(filtered(db, exportCasesOf(db, ids), filter, plan, undefined), shared, request.signal)
    const batches = filtered(db, weighed(exportCasesOf(db, ids), plan.weights), filter, plan, consent)
    const cases: Cases = { ids, batches, consent }
    return await inPartialFolder(request.directory, (folder) => write(folder, plan, cases, request, shared), request)
  })
}

/** Whether answers are in it, and not only what became of lists and their scores. */
const hasAnswers = ({ layouts, formats }: ExportRequest): boolean =>
  formats.includes('fhir') || withAnswers.some((layout) => layouts.includes(layout))

interface Cases {
  /** That were chosen, in the order in which they come. */
  ids: readonly string[]
  batches: AsyncIterable<ExportCase[]>
  /** What is left out, once all batches were read; of an export that is narrowed to a consent. */
  consent: ConsentTally | undefined
}

async function write(folder: Folder, plan: ExportPlan, cases: Cases, request: ExportRequest, shared?: Sharing): Promise<ExportWritten> {
  const outputs = await Outputs.open(folder, plan, request, shared)
  const caseIds: string[] = []
  const counts = await writeRows(outputs, { ...cases, batches: noting(cases, caseIds, shared) }, request)
  const entries = outputs.tables.flatMap(({ codebook }) => codebook)
  const rows = [codebookNames(), ...entries.map(codebookRow)]
  const put = async (name: string, content: string) => await (await folder.create(name)).write(content)
  await put('codebook.csv', csvText(rows))
  await put('codebook.json', jsonCodebook(plan, outputs.tables))
  await put('codebook.xml', ddiCodebook(plan, outputs.tables, software()))
  const files = [
    ...outputs.tables.map(({ file, table }) => ({ name: file, about: table.about })),
    ...outputs.bundles.map(({ file, about }) => ({ name: file, about })),
  ]
  if (request.formats.includes('csv-excel-nl')) {
    await put('codebook.excel-nl.csv', byteOrderMark + excelNlText(rows))
    files.push({ name: 'codebook.excel-nl.csv', about: 'codebook.csv for Excel in Dutch' })
  }
  const language = request.language ?? 'nl'
  if (request.formats.includes('phenotype'))
    for (const { name, content } of phenotypes(plan, outputs.contents, language)) {
      await put(name, content)
      files.push({ name, about: 'what the columns of this instrument mean, in the manner of BIDS' })
    }
  if (request.formats.includes('redcap')) {
    await put('redcap.csv', redcapDictionary(plan, language))
    files.push({ name: 'redcap.csv', about: 'the questions as a data dictionary for REDCap' })
  }
  const csvFiles = outputs.tables.filter(({ file, table }) => file === `${table.name}.csv`)
  if (csvFiles.length > 0) {
    await put('read.R', rScript(csvFiles, language))
    files.push({ name: 'read.R', about: 'reads the CSV files into R, with labels, factors and dates' })
  }
  const withoutConsent = cases.consent?.found() ?? null
  const sharingWarning = shared && !cases.consent ? unaskedWarning(plan.protocol) : null
  const told = { filter: request.filter ?? null, shared: shared?.facts() ?? null, withoutConsent, sharingWarning }
  await put('README.txt', note(plan, { ...told, files }))

  const tables = new Map<string, Pick<ListedFile, 'rows' | 'columns'>>([
    ...outputs.tables.map(({ file, rows, codebook }) => [file, { rows, columns: codebook.length }] as const),
    ...outputs.bundles.map(({ file, rows }) => [file, { rows, columns: null }] as const),
  ])
  for (const name of ['codebook.csv', 'codebook.excel-nl.csv']) tables.set(name, { rows: entries.length, columns: codebookNames().length })
  const written = await folder.finish()
  const facts = manifest({
    plan,
    layouts: request.layouts,
    formats: request.formats,
    language: request.language ?? 'nl',
    tier: request.tier ?? 'pseudonymous',
    purpose: request.purpose ?? null,
    takenBy: request.takenBy ?? null,
    ...told,
    files: written.map((file) => ({ ...file, ...(tables.get(file.name) ?? { rows: null, columns: null }) })),
    counts,
    now: request.now,
    software: software(),
  })
  if (request.again) assertSame(request.again, facts)
  const text = `${JSON.stringify(facts, null, 2)}\n`
  await put('manifest.json', text)
  await folder.finish()
  const { study, layouts, formats, now } = request
  const { filter, tier, purpose } = facts
  const manifestSha256 = createHash('sha256').update(text).digest('hex')
  return { manifest: facts, made: { study, madeAt: now, manifestSha256, layouts, formats, filter, tier, purpose, caseIds } }
}

/** All cases are read twice for that, but only where data are shared. */
async function count(batches: AsyncIterable<ExportCase[]>, shared: Sharing, signal: AbortSignal | undefined): Promise<void> {
  for await (const batch of batches) {
    await letOthersTurn(signal)
    for (const whole of batch) shared.count(whole)
  }
}

/** Keeps the id of each case that comes by as it is in `ids`, which is in memory anyway. */
async function* noting({ ids, batches }: Cases, caseIds: string[], shared?: Sharing): AsyncGenerator<ExportCase[]> {
  let place = 0
  for await (const batch of batches) {
    for (const { id } of batch) {
      while (ids[place] !== id) place++
      caseIds.push(ids[place] as string)
    }
    yield shared ? batch.map((whole) => shared.case(whole)) : batch
  }
}

async function writeRows(
  outputs: Outputs,
  { ids: { length: of }, batches }: Cases,
  { onProgress, signal }: ExportRequest,
): Promise<Counts> {
  const counts: Counts = { cases: 0, participants: 0, assignments: 0, responses: 0, scores: 0 }
  const report = async (cases: number) => onProgress?.({ cases, of, rows: outputs.rows })
  for await (const batch of batches) {
    await letOthersTurn(signal)
    await outputs.write(batch)
    for (const whole of batch) add(counts, whole)
    await report(counts.cases)
  }
  await outputs.finish(() => letOthersTurn(signal))
  await report(of)
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

function software(): { name: string; version: string } {
  const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    name: string
    version: string
  }
  return { name, version }
}

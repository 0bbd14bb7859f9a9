/** Reads a study at one moment, and works out its report. */
import { formatReference } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { StudyReader } from '../db/study-reader.ts'
import type { Definitions } from '../definitions/load.ts'
import type { Words } from '../export/consent.ts'
import { type ExportPlan, planExport } from '../export/plan.ts'
import { weighed } from '../export/weights.ts'
import { Failure } from '../failure.ts'
import { countMistaken } from '../queries/cases.ts'
import { countingNumbers } from '../queries/counting-scores.ts'
import { lastWords } from '../queries/export-choice.ts'
import { exportCases } from '../queries/export-rows.ts'
import { computeReport } from './compute.ts'
import { neededBy } from './needed.ts'
import { type ReportCase, reportCases, type Scored } from './report-case.ts'
import type { ReportOptions, ReportResult, TableResult } from './result.ts'

export interface ReportRequest {
  study: string
  options: ReportOptions
  now: string
  /** Called after some cases, with how many were read. */
  onProgress?: ((cases: number) => void) | undefined
  /** Is told of each table while the cases behind its numbers are known. */
  behind?: ((table: TableResult) => void) | undefined
  /** Stops the reading. */
  signal?: AbortSignal
}

/** A report, with what a folder of it has to say of its making. */
export interface ReadReport {
  result: ReportResult
  plan: ExportPlan
  caseIds: string[]
}

/** Of each case little is kept, so that more of them can be read at once. */
const reading = { atOnce: 50, withScoresAndChanges: false }

/**
 * The report of a study. All is read in one transaction, so that tables agree with each other.
 *
 * Throws a Failure for an unknown study, a definition that is not there, and a protocol without a report.
 */
export function readReport(reader: StudyReader, definitions: Definitions, request: ReportRequest): Promise<ReadReport> {
  return reader.atOneMoment(async (db) => {
    const plan = await planExport(db, definitions, request.study)
    const definition = needReport(plan.protocol, definitions)
    const asksConsent = Object.values(definition.groups).some(({ consent }) => consent !== undefined)
    const cases: ReportCase[] = []
    const mistakes = await countMistaken(db, plan.study.id)
    const counts = { cases: 0, participants: 0, assignments: 0, responses: 0, ...(mistakes > 0 && { mistakes }) }
    const needed = neededBy(definition, (id, scale) => itemsOfScale(plan, id, scale))
    const scales = [...new Set([...needed.values()].flatMap((one) => [...one.scales]))]
    const reduced = reportCases(definition, needed, { now: request.now, protocol: plan.protocol })
    for await (const batch of weighed(exportCases(db, plan.study.id, reading), plan.weights)) {
      if (request.signal?.aborted) throw new Failure('The report was stopped. Nothing of it was left behind.')
      const people = asksConsent ? batch.flatMap(({ participants }) => participants.map(({ id }) => id)) : []
      const words: Words = asksConsent ? await lastWords(db, people) : new Map()
      const ids = batch.map(({ id }) => id)
      const scored: Scored = scales.length === 0 ? new Map() : await countingNumbers(db, ids, scales)
      for (const whole of batch) {
        cases.push(reduced(whole, words, scored))
        counts.participants += whole.participants.length
        counts.assignments += whole.assignments.length
        counts.responses += whole.assignments.filter(({ response }) => response !== undefined).length
      }
      counts.cases = cases.length
      request.onProgress?.(cases.length)
    }
    const { options, now, behind } = request
    const result = computeReport({ plan, protocol: formatReference(plan.protocol), definition, cases, counts, options, now, behind })
    return { result, plan, caseIds: cases.map(({ id }) => id) }
  })
}

const itemsOfScale = ({ instruments }: ExportPlan, id: string, scale: string): string[] =>
  instruments
    .filter((planned) => planned.id === id)
    .flatMap(({ versions }) => versions.flatMap(({ scales }) => scales.filter((one) => one.id === scale).flatMap(({ items }) => items)))

function needReport(protocol: Protocol, { protocols }: Definitions) {
  if (protocol.report) return protocol.report
  const later = protocols.versions(protocol.id).findLast(({ report }) => report)
  throw new Failure(
    `${formatReference(protocol)} has no report${later ? `; ${formatReference(later)} has one, and a study can adopt it: \`npx nameting study adopt\`` : ': a protocol describes its tables under "report", see docs/report.md'}.`,
  )
}

/** Writes a report: a folder that is whole or not there. */
import { createHash } from 'node:crypto'
import type { StudyReader } from '../db/study-reader.ts'
import type { Definitions } from '../definitions/load.ts'
import { inNewFolder } from '../export/folder.ts'
import { figureDrawing } from './output/figure-drawing.ts'
import { reportHtml } from './output/html.ts'
import { reportPdf } from './output/pdf.ts'
import { tableCsv } from './output/report-csv.ts'
import { type ReportRequest, readReport } from './read-report.ts'
import { type ReportManifest, reportManifest } from './report-manifest.ts'
import type { ReportLanguage } from './words.ts'

export interface WriteRequest extends ReportRequest {
  /** The folder to make; it must not be there yet, or be empty. */
  directory: string
  language: ReportLanguage
  /** Writes down that it was made, once all of it is on disk and just before it gets its name; what this throws stops it. */
  register?: (made: ReportMade) => Promise<void>
}

/** What is kept of a report: whose answers are in it. */
export interface ReportMade {
  study: string
  madeAt: string
  manifestSha256: string
  layouts: string[]
  formats: string[]
  caseIds: string[]
}

/**
 * Writes the page, the PDF, a CSV file per table and figure, `report.json` and the manifest. No case is named in any of them.
 *
 * Throws a Failure as `readReport` does, and for a folder that is not empty or cannot be written,
 * and when the figures were not built.
 */
export async function writeReport(reader: StudyReader, definitions: Definitions, request: WriteRequest): Promise<ReportManifest> {
  const { language, directory, study, now } = request
  return await inNewFolder(
    directory,
    async (folder) => {
      const { result: shown, plan, caseIds } = await readReport(reader, definitions, request)
      const draw = await figureDrawing()
      await (await folder.create('report.html')).write(await reportHtml(shown, language, draw))
      await (await folder.create('report.pdf')).write(reportPdf(shown, language, draw))
      for (const { tables, figures } of shown.sections)
        for (const { id, table } of [...tables.map((one) => ({ id: one.id, table: one })), ...figures])
          await (await folder.create(`table-${id}.csv`)).write(tableCsv(table, language))
      await (await folder.create('report.json')).write(`${JSON.stringify(shown, null, 2)}\n`)
      const manifest = reportManifest(shown, plan, language, await folder.finish())
      const text = `${JSON.stringify(manifest, null, 2)}\n`
      await (await folder.create('manifest.json')).write(text)
      await folder.finish()
      const manifestSha256 = createHash('sha256').update(text).digest('hex')
      await request.register?.({
        study,
        madeAt: now,
        manifestSha256,
        layouts: ['report'],
        formats: ['html', 'pdf', 'csv', 'json'],
        caseIds,
      })
      return manifest
    },
    { signal: request.signal },
  )
}

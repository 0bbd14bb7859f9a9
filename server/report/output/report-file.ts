/** One file of a report, as it is taken from the desk. */
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import type { ReportResult } from '../result.ts'
import type { ReportLanguage } from '../words.ts'
import { figureDrawing } from './figure-drawing.ts'
import { reportHtml } from './html.ts'
import { reportPdf } from './pdf.ts'
import { tableCsv } from './report-csv.ts'

export const reportFiles = { html: 'text/html; charset=utf-8', pdf: 'application/pdf', zip: 'application/zip' } as const
/** The page, the same on paper, or all tables as CSV in one file. */
export type ReportFile = keyof typeof reportFiles

/** `result`: without cases. */
export async function reportFile(result: ReportResult, language: ReportLanguage, kind: ReportFile): Promise<Uint8Array> {
  if (kind === 'zip') return await zipped(result, language)
  const draw = await figureDrawing()
  return kind === 'html' ? Buffer.from(await reportHtml(result, language, draw)) : reportPdf(result, language, draw)
}

function zipped({ sections, madeAt }: ReportResult, language: ReportLanguage): Promise<Uint8Array> {
  const zip = new ZipFile()
  for (const { tables, figures } of sections)
    for (const table of [...tables, ...figures.map((figure) => figure.table)])
      zip.addBuffer(Buffer.from(tableCsv(table, language)), `table-${table.id}.csv`, { mtime: new Date(madeAt) })
  zip.end()
  return buffer(zip.outputStream)
}

/**
 * The report as a PDF: the template `report.typ`, filled in with the same texts and drawings as the page. They go in as data, never as
 * source, so that nothing in a title can be taken for an instruction.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { DrawFigure } from './figure-drawing.ts'
import { htmlWords } from './html-words.ts'
import type { ReportResult } from './result.ts'
import { type ShownTable, shownReport } from './shown.ts'
import type { ReportLanguage } from './words.ts'

const template = readFileSync(new URL('./report.typ', import.meta.url), 'utf8')
const folder = fileURLToPath(new URL('.', import.meta.url))

/** Of the same report and on the same machine always the same bytes. It takes a second or more, in which nothing else is done. */
export function reportPdf(result: ReportResult, language: ReportLanguage, draw: DrawFigure): Buffer {
  const { sections, ...shown } = shownReport(result, language)
  const { tests, denominators, whichStandIns, contents, masked, none, numbersOf } = htmlWords[language]
  const report = {
    ...shown,
    words: { tests, denominators, whichStandIns, contents, masked, none, numbersOf },
    sections: sections.map(({ title, parts }) => ({ title, parts: parts.map((part) => partOf(part, language, draw)) })),
  }
  const source = { mainFileContent: template, inputs: { report: JSON.stringify(report, printable) } }
  const compiler = NodeCompiler.create({ workspace: folder })
  const creationTimestamp = Math.floor(Date.parse(result.madeAt) / 1000)
  try {
    return compiler.pdf(source, { pdfStandard: 'ua-1', creationTimestamp })
  } catch {
    // The standard refuses a sign that no font here has. It is tagged all the same.
    return compiler.pdf(source, { pdfStandard: '1.7', creationTimestamp })
  }
}

const partOf = ({ figure, ...table }: ShownTable, language: ReportLanguage, draw: DrawFigure) => ({
  ...table,
  width: table.head.at(-1)?.length ?? 0,
  svg: figure ? forPaper(draw({ figure, language })) : null,
})

/** The letters of the page around it. */
const forPaper = (svg: string): string => svg.replace('<svg ', '<svg font-family="Libertinus Serif" color="#000" ')

/** Halves of signs and control characters are no text, whatever somebody called a region. */
const printable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}/gu, '') : value

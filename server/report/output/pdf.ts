/**
 * The report as a PDF: the template `report.typ`, filled in with the same texts and drawings as the page. They go in as data, never as
 * source, so that nothing in a title can be taken for an instruction.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { ReportResult } from '../result.ts'
import type { ReportLanguage } from '../words.ts'
import type { DrawFigure } from './figure-drawing.ts'
import { htmlWords } from './html-words.ts'
import { onPaper } from './paper-panels.ts'
import { type ShownTable, shownReport } from './shown.ts'

const template = readFileSync(new URL('./report.typ', import.meta.url), 'utf8')
const folder = fileURLToPath(new URL('.', import.meta.url))

/** Of the same report and on the same machine always the same bytes. It takes a second or more, in which nothing else is done. */
export function reportPdf(result: ReportResult, language: ReportLanguage, draw: DrawFigure): Buffer {
  const { sections, ...shown } = shownReport(result, language)
  const { tests, denominators, whichStandIns, contents, masked, none } = htmlWords[language]
  const report = {
    ...shown,
    words: { tests, denominators, whichStandIns, contents, masked, none },
    runs: runsOf(sections.flatMap(({ title, parts }) => [{ section: title }, ...parts.map((part) => partOf(part, language, draw))])),
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

type Part = ReturnType<typeof partOf>
type Piece = { section: string } | Part

const partOf = ({ figure, ...table }: ShownTable, language: ReportLanguage, draw: DrawFigure) => ({
  ...table,
  ...onPaper(table),
  svg: figure ? forPaper(draw({ figure, language })) : null,
  alt: `${table.title}. ${htmlWords[language].numbersBelow}`,
})

/** Pages stand or lie: what follows each other in one way is together. The title of a section goes with what comes after it. */
function runsOf(pieces: readonly Piece[]): { lies: boolean; pieces: Piece[] }[] {
  const runs: { lies: boolean; pieces: Piece[] }[] = []
  for (const [at, piece] of pieces.entries()) {
    const next = 'section' in piece ? pieces[at + 1] : piece
    const lies = next !== undefined && 'lies' in next && next.lies
    const last = runs.at(-1)
    if (last?.lies === lies) last.pieces.push(piece)
    else runs.push({ lies, pieces: [piece] })
  }
  return runs
}

/** The letters of the page around it. */
const forPaper = (svg: string): string => svg.replace('<svg ', '<svg font-family="Libertinus Serif" color="#000" ')

/** Halves of signs and control characters are no text, whatever somebody called a region. */
const printable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}/gu, '') : value

/** A report in one language, as it is read: every number written, every sentence made. What pages, the PDF and the desk show. */
import { textIn } from '../../../instruments/definition.ts'
import type { CellResult, FigureResult, ReportResult, RowResult, TableResult } from '../result.ts'
import type { ReportLanguage } from '../words.ts'
import { counted } from './counted.ts'
import { numbered } from './html-table.ts'
import { htmlWords } from './html-words.ts'
import { momentIn } from './moment-in.ts'
import { statisticText } from './numbers.ts'
import { optionSentences, testSentence, warningSentence } from './sentences.ts'

export interface ShownReport {
  language: ReportLanguage
  title: string
  /** What it is the report of, and its protocol (`id@version`). */
  about: string
  protocol: string
  /** When it was made and how many are in it. */
  moment: string
  counts: string
  /** That it is of invented families, or made with stand-ins. */
  warnings: string[]
  /** `id@version` of each stand-in. */
  standIns: string[]
  /** Whether small numbers are left out; then nobody is shown behind any number. */
  masked: boolean
  /** How the numbers were made. */
  manner: string[]
  sections: ShownSection[]
}

export interface ShownSection {
  id: string
  title: string
  /** In the order in which they are read: a figure has its numbers in the table beneath it. */
  parts: ShownTable[]
}

export interface ShownTable {
  id: string
  title: string
  /** What is drawn above it. */
  figure: ShownFigure | null
  head: { text: string; span: number }[][]
  /** Each column by itself: "Start: n". */
  columns: string[]
  rows: ShownRow[]
  notes: string[]
  warnings: string[]
  tests: string[]
  standIns: string | null
  /** Of which a cell names one by its place. */
  denominators: string[]
  /** The same to be read beneath the table, in fewer lines. */
  counted: string[]
}

/** What is drawn; its numbers are those of the table. */
export type ShownFigure = Omit<FigureResult, 'table'>

export type ShownRow = ShownHeading | { title: string; cells: ShownCell[] }

interface ShownHeading {
  heading: string
  /** Whether all rows up to the next heading are under it, so that it can be said again where they go on. */
  covers?: boolean
}

export interface ShownCell {
  /** Null: there is no such number. */
  text: string | null
  masked: boolean
  n: number | null
  asked: number | null
  denominator: number
}

export function shownReport(result: ReportResult, language: ReportLanguage): ShownReport {
  const words = htmlWords[language]
  const { study, standIns, sections } = result
  return {
    language,
    title: `${words.report}: ${study.title}`,
    about: textIn(result.title, language),
    protocol: result.protocol,
    moment: words.made(momentIn(result.madeAt, language, result.timeZone)),
    counts: words.counts(result.counts),
    warnings: [...(study.demonstration ? [words.demonstration] : []), ...(standIns.length > 0 ? [words.standIns] : [])],
    standIns,
    masked: result.options.maskBelow !== null,
    manner: [...optionSentences(result.options).map((sentence) => textIn(sentence, language)), words.alpha(result.alpha)],
    sections: sections.map(({ id, title, tables, figures }) => ({
      id,
      title: textIn(title, language),
      parts: [
        ...tables.map((table) => shownTable(table, null, language)),
        ...figures.map(({ table, ...figure }) => shownTable(table, figure, language)),
      ],
    })),
  }
}

function shownTable(table: TableResult, figure: ShownFigure | null, language: ReportLanguage): ShownTable {
  const { id, head, columns, rows, notes, warnings, tests, standIns, denominators } = table
  return {
    id,
    title: numbered(table, language),
    figure,
    head: head.map((cells) => cells.map(({ text, span }) => ({ text: textIn(text, language), span }))),
    columns: columns.map((column) => textIn(column.title, language)),
    rows: rows.map((row, at) =>
      row.kind === 'heading'
        ? { heading: textIn(row.title, language), covers: coversAll(rows, at) }
        : { title: textIn(row.title, language), cells: row.cells.map((cell) => shownCell(cell, language)) },
    ),
    notes: [...(figure?.notes ?? []), ...notes].map((note) => textIn(note, language)),
    warnings: warnings.map((warning) => textIn(warningSentence(warning), language)),
    tests: tests.map((test) => textIn(testSentence(test), language)),
    standIns: standIns.length > 0 ? htmlWords[language].standInsOfTable(standIns) : null,
    denominators: denominators.map((one) => textIn(one, language)),
    counted: counted(denominators.map((one) => textIn(one, language))),
  }
}

function coversAll(rows: readonly RowResult[], heading: number): boolean {
  const next = rows.findIndex(({ kind }, at) => at > heading && kind === 'heading')
  return rows.slice(heading + 1, next === -1 ? undefined : next).every((row) => row.kind === 'cells' && row.within !== null)
}

const shownCell = (cell: CellResult, language: ReportLanguage): ShownCell => ({
  text: cell.masked ? null : statisticText(cell, language),
  masked: cell.masked ?? false,
  n: cell.n,
  asked: cell.asked,
  denominator: cell.denominator,
})

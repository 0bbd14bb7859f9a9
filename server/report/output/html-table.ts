/** One table of the page: a caption, heads with their scope, and under it all that it must be read with. A figure stands above it. */
import { html } from 'hono/html'
import { textIn } from '../../../instruments/definition.ts'
import type { CellResult, HeadCell, RowResult, TableResult } from '../result.ts'
import type { ReportLanguage } from '../words.ts'
import { counted } from './counted.ts'
import type { Markup } from './html.ts'
import { htmlWords } from './html-words.ts'
import { statisticText } from './numbers.ts'
import { testSentence, warningSentence } from './sentences.ts'

export function tableHtml(table: TableResult, language: ReportLanguage, drawing: Markup | '' = ''): Markup {
  const words = htmlWords[language]
  const { id, head, rows, columns, notes, tests, warnings, standIns, denominators } = table
  const width = columns.length
  return html`<article class="table" aria-labelledby="t-${id}">
    <h3 id="t-${id}">${numbered(table, language)}</h3>
    ${drawing}
    <div class="scroll" role="region" aria-labelledby="t-${id}" tabindex="0">
      <table>
        <caption class="unseen">${numbered(table, language)}</caption>
        <thead>${head.map((cells, at) => headRow(cells, at, head.length, language))}</thead>
        ${blocksOf(rows).map((block) => blockHtml(block, width, language))}
      </table>
    </div>
    ${notes.map((note) => html`<p>${note[language]}</p>`)}
    ${warnings.map((warning) => html`<p class="mind">${warningSentence(warning)[language]}</p>`)}
    ${tests.length === 0 ? '' : html`<h4>${words.tests}</h4><ul>${tests.map((test) => html`<li>${testSentence(test)[language]}</li>`)}</ul>`}
    ${standIns.length === 0 ? '' : html`<p class="mind">${words.standInsOfTable(standIns)}</p>`}
    <details><summary>${words.denominators}</summary><ul>${counted(denominators.map((one) => textIn(one, language))).map((one) => html`<li>${one}</li>`)}</ul></details>
  </article>`
}

/** With its number, where it has one. */
export const numbered = ({ id, title }: Pick<TableResult, 'id' | 'title'>, language: ReportLanguage): string =>
  /^\d/.test(id) ? `${id} ${title[language]}` : title[language]

/** The first row of heads begins with an empty corner, over all of its rows. */
const headRow = (cells: HeadCell[], at: number, height: number, language: ReportLanguage): Markup =>
  html`<tr>${at === 0 ? html`<td class="corner" rowspan="${height}"></td>` : ''}${cells.map(({ text, span }) =>
    span > 1 ? html`<th scope="colgroup" colspan="${span}">${text[language]}</th>` : html`<th scope="col">${text[language]}</th>`,
  )}</tr>`

/** Rows under one heading; the first of them may have none. */
interface Block {
  heading: RowResult | undefined
  rows: Extract<RowResult, { kind: 'cells' }>[]
}

function blocksOf(rows: readonly RowResult[]): Block[] {
  const blocks: Block[] = []
  for (const row of rows) {
    const last = blocks.at(-1)
    if (row.kind === 'heading') blocks.push({ heading: row, rows: [] })
    // What is under no heading does not belong to the one before it.
    else if (!last || (last.heading !== undefined && row.within === null)) blocks.push({ heading: undefined, rows: [row] })
    else last.rows.push(row)
  }
  return blocks
}

const blockHtml = ({ heading, rows }: Block, width: number, language: ReportLanguage): Markup => html`<tbody>
  ${heading ? html`<tr><th scope="rowgroup" colspan="${width + 1}" class="heading">${heading.title[language]}</th></tr>` : ''}
  ${rows.map((row) => html`<tr><th scope="row">${row.title[language]}</th>${row.cells.map((cell) => cellHtml(cell, language))}</tr>`)}
</tbody>`

function cellHtml(cell: CellResult, language: ReportLanguage): Markup {
  const words = htmlWords[language]
  if (cell.masked) return html`<td><span aria-hidden="true">*</span><span class="unseen">${words.masked}</span></td>`
  const text = statisticText(cell, language)
  return text === null ? html`<td><span aria-hidden="true">–</span><span class="unseen">${words.none}</span></td>` : html`<td>${text}</td>`
}

/** The report as one page that needs nothing else: no script, no font, no picture from elsewhere. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { FigureResult, ReportResult } from '../result.ts'
import type { ReportLanguage } from '../words.ts'
import type { DrawFigure } from './figure-drawing.ts'
import { numbered, tableHtml } from './html-table.ts'
import { htmlWords } from './html-words.ts'
import { momentIn } from './moment-in.ts'
import { optionSentences } from './sentences.ts'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

const css = readFileSync(new URL('./report.css', import.meta.url), 'utf8')
/** The page's own policy: its one style and nothing more, also when it is opened as a file. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** The whole page. Cases are in no part of it. */
export async function reportHtml(result: ReportResult, language: ReportLanguage, draw: DrawFigure): Promise<string> {
  const words = htmlWords[language]
  const { study, sections, counts, protocol, madeAt, timeZone } = result
  const demonstration = study.demonstration ? html`<p class="warning">${words.demonstration}</p>` : ''
  const standIns =
    result.standIns.length > 0
      ? html`<div class="warning"><p>${words.standIns}</p><details><summary>${words.whichStandIns}</summary>${result.standIns.join(', ')}</details></div>`
      : ''
  return String(
    await html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${words.report}: ${study.title}</title>
    <style>${raw(css)}</style>
  </head>
  <body>
    <a class="skip" href="#report">${words.skip}</a>
    <header>
      <h1>${words.report}: ${study.title}</h1>
      <p>${result.title[language]}, <code>${protocol}</code></p>
      <p>${words.made(momentIn(madeAt, language, timeZone))} ${words.counts(counts)}</p>
      ${demonstration}${standIns}
      <ul>
        ${[...optionSentences(result.options).map((sentence) => sentence[language]), words.alpha(result.alpha)].map((line) => html`<li>${line}</li>`)}
      </ul>
    </header>
    <nav aria-label="${words.contents}">
      <h2>${words.contents}</h2>
      <ul>
        ${sections.map(
          ({ id, title, tables, figures }) =>
            html`<li><a href="#${id}">${title[language]}</a>
              <ul>${[...tables, ...figures].map((one) => html`<li><a href="#t-${one.id}">${numbered(one, language)}</a></li>`)}</ul></li>`,
        )}
      </ul>
    </nav>
    <main id="report">
      ${sections.map(
        ({ id, title, tables, figures }) =>
          html`<section aria-labelledby="${id}">
            <h2 id="${id}">${title[language]}</h2>
            ${tables.map((table) => tableHtml(table, language))}
            ${figures.map((figure) => figureHtml(figure, language, draw))}
          </section>`,
      )}
    </main>
  </body>
</html>
`,
  )
}

/** The drawing, and its numbers beneath it. */
const figureHtml = (figure: FigureResult, language: ReportLanguage, draw: DrawFigure): Markup =>
  tableHtml({ ...figure.table, notes: [...figure.notes, ...figure.table.notes] }, language, raw(draw({ figure, language })))

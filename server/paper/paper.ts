/**
 * A list as a page to print: for a visit at home, or for whoever would rather write. Staff type it in later, by the names of the
 * questions and the values of the answers that stand beside them. It says no name of anybody, and none of the answers given so far.
 */
import { html, raw } from 'hono/html'
import { formatReference, isStandIn, type Localized, textIn } from '../../instruments/definition.ts'
import { paragraphsOf } from '../../instruments/plain-text.ts'
import type { Instrument } from '../../instruments/schema.ts'
import { directionOf } from '../languages.ts'
import { conditionInWords } from './condition-words.ts'
import { code, type Markup, questionOnPaper, type Reading, tableOnPaper } from './question.ts'
import { type PaperBlock, type PaperRecords, sheetOf } from './sheet.ts'
import { paperTextsIn } from './texts/languages.ts'
import { said } from './words.ts'

/** Whose list it is. */
export interface Whose {
  study: { title: string; organisation: string; contact: string; demonstration: boolean }
  caseCode: string
  wave: Localized
  /** Of whoever fills it in, with a number where the case has several in that role. */
  role: Localized
  place: number | null
  /** Whom it is about, when it is about somebody. */
  about: { role: Localized; place: number | null } | null
  /** The pseudonym of whoever fills it in, by which staff know whose paper comes back; only on what staff print. */
  pseudonym?: string
}

export interface Paper {
  instrument: Instrument
  language: string
  /** Null for one that is not anybody's yet: there is room to write it. */
  whose: Whose | null
}

/** What stands above the paper on a screen only; null for a file. */
export interface OnScreen {
  back: string
  quickExit: Markup
  /** Of whoever prints it, where that is not whoever fills it in. */
  words?: { language: string; lead: string; print: string; back: string }
}

/** `head`: what brings the styles, and scripts where there are any. */
export function paper({ instrument, language, whose }: Paper, head: Markup, screen: OnScreen | null): Markup {
  const texts = paperTextsIn(language)
  const { pages, questions } = sheetOf(instrument)
  const reading: Reading = {
    language,
    texts,
    condition: (visibleIf, group) => {
      if (visibleIf === undefined) return ''
      const inside = [...questions].flatMap(([name, one]) =>
        name.startsWith(`${group}/`) ? [[name.slice(`${group}/`.length), one] as const] : [],
      )
      return html`<p class="condition">${conditionInWords(visibleIf, new Map([...questions, ...inside]), texts, language)}</p>`
    },
  }
  const { title, description } = instrument.survey
  const blank = html`<span class="blank blank-long"></span>`
  const called = ({ role, place }: { role: Localized; place: number | null }) =>
    html`${said(role, language)}${place === null ? '' : ` ${place}`}`
  const facts: [string, Markup][] = [
    ...(whose ? ([[texts.study, `${whose.study.title} – ${whose.study.organisation}`]] as [string, Markup][]) : []),
    [texts.case, whose ? whose.caseCode : blank],
    [texts.wave, whose ? said(whose.wave, language) : blank],
    [texts.filledInBy, whose ? called(whose) : blank],
    ...(whose?.pseudonym ? ([[texts.person, code(whose.pseudonym)]] as [string, Markup][]) : []),
    ...(whose?.about ? ([[texts.about, called(whose.about)]] as [string, Markup][]) : []),
    [texts.list, formatReference(instrument)],
    [texts.language, language],
    [texts.date, html`<span class="blank"></span> - <span class="blank"></span> - <span class="blank blank-year"></span>`],
  ]
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${[textIn(title, language), whose?.caseCode].filter(Boolean).join(' – ')}</title>
    ${head}
  </head>
  <body>
    ${
      screen
        ? html`<aside class="screen" lang="${screen.words?.language ?? language}" dir="${directionOf(screen.words?.language ?? language)}">
      ${screen.quickExit}
      <p>${screen.words?.lead ?? texts.printLead}</p>
      <p><button type="button" class="button" data-print hidden>${screen.words?.print ?? texts.print}</button> <a href="${screen.back}">${screen.words?.back ?? texts.back}</a></p>
    </aside>`
        : ''
    }
    <table class="sheets" role="presentation">
      <thead><tr><td><div class="running" aria-hidden="true">${[whose?.caseCode, whose && said(whose.wave, language), said(title, language), formatReference(instrument)].filter(Boolean).map((part, index) => html`${index ? ' · ' : ''}${part}`)}</div></td></tr></thead>
      <tbody><tr><td><main>
        <h1>${said(title, language)}</h1>
        ${isStandIn(instrument) ? html`<p class="mark">${texts.standIn}</p>` : ''}
        ${whose?.study.demonstration ? html`<p class="mark">${texts.demonstration}</p>` : ''}
        ${texts.draft ? html`<p class="mark">${texts.draft}</p>` : ''}
        <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
        <section class="how-to"><h2>${texts.howTo}</h2><ul>${texts.howToLines.map((line) => html`<li>${line}</li>`)}</ul>
          ${whose ? html`<p>${texts.contact(whose.study.contact)}</p>` : ''}</section>
        ${description ? html`<p class="lead">${said(description, language)}</p>` : ''}
        ${pages.map((page) => blockOnPaper(page, reading, 2))}
        <p class="end">${texts.end}</p>
      </main></td></tr></tbody>
    </table>
  </body>
</html>`
}

function blockOnPaper(block: PaperBlock, reading: Reading, level: 2 | 3): Markup {
  const { language } = reading
  switch (block.kind) {
    case 'question':
      return questionOnPaper(block, reading)
    case 'table':
      return tableOnPaper(block, reading)
    case 'records':
      return recordsOnPaper(block, reading)
    case 'text':
      return html`${reading.condition(block.element.visibleIf)}${paragraphsOf(block.element.html[language] ?? block.element.html.nl).map((text) => html`<p>${text}</p>`)}`
    case 'panel': {
      const { title, description, visibleIf } = block.panel
      return html`<section class="part">
        ${title ? (level === 2 ? html`<h2>${said(title, language)}</h2>` : html`<h3 class="panel-title">${said(title, language)}</h3>`) : ''}
        ${reading.condition(visibleIf)}
        ${description ? html`<p class="lead">${said(description, language)}</p>` : ''}
        ${block.blocks.map((inner) => blockOnPaper(inner, reading, 3))}
      </section>`
    }
  }
}

/** The same questions once more for each record, and where the rest goes. */
function recordsOnPaper({ number, records, questions, copies }: PaperRecords, reading: Reading): Markup {
  const { language, texts } = reading
  const headingOf = (index: number) =>
    records.templateTitle
      ? said(
          Object.fromEntries(
            Object.entries(records.templateTitle).map(([key, text]) => [key, text.replaceAll('{panelIndex}', String(index))]),
          ),
          language,
        )
      : html`${said(records.title, language)} ${index}`
  return html`<section class="records">
      ${reading.condition(records.visibleIf)}
      <h3><span class="number">${number}</span> ${said(records.title, language)} ${code(records.name)}</h3>
      ${records.description ? html`<p class="hint">${said(records.description, language)}</p>` : ''}
      ${Array.from(
        { length: copies },
        (_, index) => html`<section class="record"><h4>${headingOf(index + 1)}</h4>
          ${questions.map((question) => questionOnPaper(question, reading, records.name))}</section>`,
      )}
      ${copies < records.maxPanelCount ? html`<p class="hint">${texts.moreRecords}</p>` : ''}
    </section>`
}

/** The head of a page that the server sends. `scripts`: further ones. */
export const linkedHead = (scripts: string[]): Markup =>
  html`<link rel="stylesheet" href="${paperStyles}">${[printScript, ...scripts].map((path) => html`<script src="${path}" defer></script>`)}`

/** The head of a file that stands on its own. */
export const ownHead = (styles: string): Markup => html`<style>${raw(styles)}</style>`

/** Addresses of what the page brings. */
export const paperStyles = '/paper.css'
export const printScript = '/print.js'

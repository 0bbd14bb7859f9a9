/** One question on paper: its number, its name for whoever types it in later, and room for the answer. */
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Choice, Question } from '../../instruments/schema.ts'
import type { PaperQuestion, PaperTable } from './sheet.ts'
import type { PaperTexts } from './texts/languages.ts'
import { said } from './words.ts'

export type Markup = string | HtmlEscapedString | Promise<HtmlEscapedString>

export interface Reading {
  language: string
  texts: PaperTexts
  /** A condition in words, if there is one; within the records of `group`. */
  condition(visibleIf: string | undefined, group?: string): Markup
}

/** Lines for free text: of so many characters at most one will do. */
const oneLine = 200
const lines = { short: 2, long: 6 }

/** With so many choices they stand in two columns. */
const manyChoices = 9

export function questionOnPaper({ number, question, choices }: PaperQuestion, reading: Reading, group?: string): Markup {
  const { language, texts } = reading
  return html`<section class="question">
      ${reading.condition(question.visibleIf, group)}
      <h3><span class="number">${number}</span> ${said(question.title, language)}${question.isRequired ? html` <span class="hint">${texts.needed}</span>` : ''} ${code(question.name)}</h3>
      ${question.description ? html`<p class="hint">${said(question.description, language)}</p>` : ''}
      ${room(question, choices, reading)}
    </section>`
}

/** Names and values are for whoever types it in: small, and no part of the question. */
export const code = (text: string | number): Markup => html`<span class="code" dir="ltr">${String(text)}</span>`

function room(question: Question, choices: Choice[], { language, texts }: Reading): Markup {
  if (question.type === 'comment') return rule(question.maxLength !== undefined && question.maxLength <= oneLine ? lines.short : lines.long)
  if (question.type !== 'text') return choicesOnPaper(question, choices, language, texts)
  if (question.inputType === 'date')
    return html`<p class="entry"><span class="blank"></span> - <span class="blank"></span> - <span class="blank blank-year"></span> <span class="hint">(${texts.dayMonthYear})</span></p>`
  if (question.inputType === 'number')
    return html`<p class="entry"><span class="blank blank-year"></span> <span class="hint">(${numberHint(question, texts)})</span></p>`
  return rule(1)
}

const rule = (count: number): Markup =>
  html`<div class="rules">${Array.from({ length: count }, () => html`<div class="rule"></div>`)}</div>`

function numberHint({ min, max }: Question, texts: PaperTexts): string {
  if (typeof min === 'number') return typeof max === 'number' ? texts.numberBetween(min, max) : texts.numberFrom(min)
  return typeof max === 'number' ? texts.numberUpTo(max) : texts.number
}

function choicesOnPaper({ type }: Question, choices: Choice[], language: string, texts: PaperTexts): Markup {
  const shape = type === 'checkbox' ? 'square' : 'circle'
  return html`${type === 'checkbox' ? html`<p class="hint">${texts.several}</p>` : ''}
      <ul class="choices${choices.length >= manyChoices ? ' choices-many' : ''}">
        ${choices.map(({ value, text }) => html`<li><span class="${shape}"></span> ${said(text, language)} ${code(value)}</li>`)}
      </ul>`
}

/** Statements under one another, answers beside one another. */
export function tableOnPaper({ choices, rows }: PaperTable, { language, texts }: Reading): Markup {
  return html`<table class="statements">
      <thead><tr>
        <th scope="col">${texts.statement}</th>
        ${choices.map(({ text }) => html`<th scope="col">${said(text, language)}</th>`)}
      </tr></thead>
      <tbody>
        ${rows.map(
          ({ number, question }) => html`<tr>
          <th scope="row"><span class="number">${number}</span> ${said(question.title, language)} ${code(question.name)}</th>
          ${choices.map(({ value }) => html`<td><span class="circle"></span> ${code(value)}</td>`)}
        </tr>`,
        )}
      </tbody>
    </table>`
}

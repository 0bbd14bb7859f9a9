/** The frame of a page that the server draws itself. It needs no script and has nothing inline. */
import { hash } from 'node:crypto'
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { directionOf, ownDrafts } from '../languages.ts'
import { quickExit as quickExitCode } from './quick-exit.ts'
import { type PageTexts, spokenOnPages, textsIn } from './texts/languages.ts'

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Page {
  language: string
  title: string
  /** Addresses of stylesheets. */
  styles: string[]
  /** Said above everything, for example that this is a demonstration. */
  banner?: string | undefined
  /** The languages of the study; without one all that pages speak. */
  languages?: readonly string[] | undefined
  /** Whether nobody has read the translation over; unless given, whether that is so of the words of our own. */
  isDraft?: boolean | undefined
  /** Where to get help at once; the usual line when there is none, and no line at all when it is empty. */
  helpLine?: string | null | undefined
  /** Where to leave to in a hurry. */
  quickExit?: string | null | undefined
  content: Markup
}

/** Address of the script by which leaving in a hurry leaves nothing behind. Without it the link is an ordinary one. */
export const quickExitPath = '/quick-exit.js'

/** The same with what its content hashes to, so that browsers keep it until it changes. */
export const quickExitScript = `${quickExitPath}?${hash('sha256', quickExitCode).slice(0, 8)}`

export function page({
  language,
  title,
  styles,
  banner,
  languages = spokenOnPages,
  isDraft = ownDrafts.includes(language),
  helpLine,
  quickExit,
  content,
}: Page): Markup {
  const texts = textsIn(language)
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${title}</title>
    ${styles.map((style) => html`<link rel="stylesheet" href="${style}">`)}
    ${quickExit ? html`<script src="${quickExitScript}" defer></script>` : ''}
  </head>
  <body>
    ${quickExit ? quickExitBar(quickExit, texts) : ''}
    <header>
      ${banner ? html`<p class="banner" role="note">${banner}</p>` : ''}
      ${isDraft ? html`<p class="banner banner-draft" role="note">${texts.draft}</p>` : ''}
      ${languageSwitch(language, languages, texts)}
    </header>
    <main class="page">
      <h1>${title}</h1>
      ${content}
    </main>
    ${helpLine === '' ? '' : html`<footer class="footer"><p class="help-line">${helpLine ?? texts.help}</p></footer>`}
  </body>
</html>`
}

export const quickExitBar = (address: string, texts: PageTexts): Markup => html`<aside class="quick-exit" aria-label="${texts.quickExit}">
      <p class="quick-exit-key">${texts.quickExitKey}</p>
      <a class="button" href="${address}" rel="noreferrer" data-quick-exit>${texts.quickExit}</a>
    </aside>`

/** Links to the same page in another language. They change nothing; what is chosen is kept by the button of the page. */
function languageSwitch(language: string, languages: readonly string[], texts: PageTexts): Markup | '' {
  const offered = spokenOnPages.filter((one) => languages.includes(one))
  if (offered.length < 2) return ''
  return html`<div class="header"><nav class="languages" aria-label="${texts.language}"><ul class="languages-list">
      ${offered.map(
        (one) =>
          html`<li><a class="button-quiet" href="?language=${one}" lang="${one}" hreflang="${one}"${one === language ? html` aria-current="true"` : ''}>${textsIn(one).languageName}</a></li>`,
      )}
      </ul></nav></div>`
}

/** The respondent's page as it was built, with the content of one address drawn into it. */

import { quickExitScript } from './page.ts'

/** What the built module dist/draw/draw.js makes of a page. */
export interface Drawn {
  language: string
  direction: 'ltr' | 'rtl'
  title: string
  html: string
}

/** Addresses of scripts that the page will ask for: at once, and when the first question is there. */
export interface Scripts {
  now: string[]
  later: string[]
}

/** The way out works before the page's own script is there. */
const quickExitIn = (html: string): string => (html.includes('data-quick-exit') ? `<script src="${quickExitScript}" defer></script>` : '')

/** `start`: what the page's script goes on with. */
export function drawnPage(built: string, { language, direction, title, html }: Drawn, start: unknown, { now, later }: Scripts): string {
  return (
    built
      // What is drawn works without scripts, too.
      .replace(/<noscript>[\s\S]*<\/noscript>/, '')
      .replace('<html lang="nl">', () => `<html lang="${language}" dir="${direction}">`)
      .replace(
        /<title>[^<]*<\/title>/,
        () =>
          `<title>${escapeText(title)}</title>${now.map((path) => `<link rel="modulepreload" href="${path}">`).join('')}${quickExitIn(html)}`,
      )
      .replace(
        '<div id="app"></div>',
        () =>
          `<div id="app">${html}</div>\n${later.map((path) => `<link rel="modulepreload" fetchpriority="low" href="${path}">`).join('')}\n<script type="application/json" id="start">${inScript(start)}</script>`,
      )
  )
}

const escapeText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

/** JSON in which nothing can end the script element that it stands in. */
const inScript = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c')

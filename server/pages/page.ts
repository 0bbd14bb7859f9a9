/** The frame of a page that the server draws itself. It needs no script and has nothing inline. */
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Page {
  language: string
  title: string
  /** Addresses of stylesheets. */
  styles: string[]
  /** Said above everything, for example that this is a demonstration. */
  banner?: string | undefined
  content: Markup
}

export const page = ({ language, title, styles, banner, content }: Page): Markup => html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${title}</title>
    ${styles.map((style) => html`<link rel="stylesheet" href="${style}">`)}
  </head>
  <body>
    ${banner ? html`<header><p class="banner" role="note">${banner}</p></header>` : ''}
    <main class="page">
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>`

import { html } from 'hono/html'

/** Leads on to another site at once, without a script and without a word; the link is for a browser that does not. */
export const away = (address: string) => html`<!doctype html>
<html lang="nl">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${new URL(address).hostname}</title>
  </head>
  <body><a href="${address}" rel="noreferrer">${new URL(address).hostname}</a></body>
</html>`

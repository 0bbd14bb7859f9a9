/** The routes for other software as a page to read: no script, in English, as the routes themselves are. */
import { readFileSync } from 'node:fs'
import { html } from 'hono/html'

export const apiStyles: string = readFileSync(new URL('./api.css', import.meta.url), 'utf8')

type Media = { 'application/json': { schema: Record<string, unknown> } }
interface Operation {
  operationId: string
  tags: string[]
  description: string
  security: Record<string, string[]>[]
  parameters: { in: string; name: string; required: boolean; schema: Record<string, unknown> }[]
  requestBody?: { content: Media }
  responses: Record<string, { description: string; content?: Media }>
}
interface ApiDocument {
  info: { title: string; description: string }
  paths: Record<string, Record<string, Operation>>
}

export function apiPage({ info, paths }: ApiDocument) {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, ...operation })),
  )
  const groups = Map.groupBy(operations, ({ tags }) => tags[0] ?? '')
  const names = [...groups.keys()]
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${info.title}: routes for other software</title>
    <link rel="stylesheet" href="/api/docs.css">
  </head>
  <body>
    <main>
      <h1>${info.title}: routes for other software</h1>
      <p>${info.description}</p>
      <p>Keys are made at the <a href="/desk">desk</a>, on the page of one's own account. A key goes into the head of each request:
        <code>Authorization: Bearer nmt_...</code>. The same as this page for programs: <a href="/api/openapi.json">openapi.json</a>.</p>
      <nav aria-label="Parts"><ul>${names.map((name) => html`<li><a href="#${anchor(name)}">${name}</a></li>`)}</ul></nav>
      ${names.map(
        (name) => html`<section aria-labelledby="${anchor(name)}">
        <h2 id="${anchor(name)}">${name}</h2>
        ${(groups.get(name) ?? []).map(operation)}
      </section>`,
      )}
    </main>
  </body>
</html>`
}

const anchor = (name: string): string => `part-${name.replaceAll(' ', '-')}`

const operation = ({
  route,
  operationId,
  description,
  security,
  parameters,
  requestBody,
  responses,
}: Operation & { route: string }) => html`
  <details id="${operationId}">
    <summary><code>${route}</code>${security.some(({ key }) => key) ? html` <span class="key">with a key</span>` : ''}</summary>
    <p>${description}</p>
    ${
      parameters.length > 0
        ? html`<h3>In the address</h3><ul>${parameters.map(
            (one) => html`<li><code>${one.name}</code>${one.in === 'query' ? ' behind the ?' : ''}${one.required ? '' : ', may be left out'}
              ${one.in === 'query' ? html`<code class="kind">${JSON.stringify(one.schema)}</code>` : ''}</li>`,
          )}</ul>`
        : ''
    }
    ${requestBody ? html`<h3>Body</h3>${schema(requestBody.content)}` : ''}
    <h3>Answers</h3>
    <dl>${Object.entries(responses).map(
      ([status, response]) => html`<dt>${status}</dt><dd>${response.description}
        ${response.content && Number(status) < 400 ? schema(response.content) : ''}</dd>`,
    )}</dl>
  </details>`

const schema = (content: Media) => html`<pre tabindex="0"><code>${JSON.stringify(content['application/json'].schema, null, 2)}</code></pre>`

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createApp } from '../../server/app.ts'
import type { Demonstration } from '../../server/demo/demonstration.ts'
import { createLog } from '../../server/log.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { refusals } from '../../server/refusal.ts'
import { demonstrationApp } from '../../server/routes/demo.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { readPage, section, tableRows } from './pages.ts'

const page = readPage('docs/http.md')
const routesIn = (heading: string): string[] =>
  tableRows(section(page, heading)).flatMap(([cell]) => /^`((?:GET|POST|PUT|DELETE|PATCH) [^`]+)`$/.exec(cell ?? '')?.[1] ?? [])

/** The routes of the application, with or without the demonstration, as Hono knows them. */
async function routesOf(t: Parameters<typeof temporaryFolder>[0] & { after(fn: () => unknown): void }) {
  const folder = temporaryFolder(t)
  const context = await openContext({
    DATA_DIR: join(folder, 'data'),
    BASE_URL: 'https://meting.example.org',
    IDENTITY_KEY: randomBytes(32),
    DEFINITIONS_DIR: undefined,
  })
  t.after(() => closeContext(context))
  for (const name of ['desk', 'respond']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'desk', 'index.html'), '<!doctype html>')
  const site = {
    directory: folder,
    respondPage: '<!doctype html>',
    deskPage: '<!doctype html>',
    respondStyles: [],
    scripts: {},
    drawing: async () => null,
  }
  const log = createLog('silent')
  // Its routes are listed here, not called, so that the demonstration behind them need not be made.
  const demonstration = demonstrationApp({ context, study: { id: 's1' } } as unknown as Demonstration, folder)
  const named = (app: ReturnType<typeof createApp>): string[] => [
    ...new Set(
      app.routes
        .filter(({ path, method }) => path !== '/*' && !(method === 'ALL' && path.startsWith('/api/')))
        // Assets are offered by a middleware, which serves GET and HEAD.
        .map(({ method, path }) => `${method === 'ALL' ? 'GET' : method} ${path}`),
    ),
  ]
  const provider = { issuer: 'https://login.example.org', clientId: 'nameting', clientSecret: 'geheim', secondFactors: [] }
  return {
    real: named(createApp(context, { site, log, provider })),
    demo: named(createApp(context, { site, log, provider, demonstration })),
  }
}

test('every route of the real server stands in docs/http.md, and every one that stands there exists', async (t) => {
  const { real } = await routesOf(t)
  const documented = [
    ...routesIn('For whoever operates it'),
    ...routesIn('For participants: pages'),
    ...routesIn('For participants: API'),
    ...routesIn('For staff: pages'),
    ...routesIn('For staff: API'),
  ]
  assert.deepEqual(documented.toSorted(), real.toSorted())
})

test('what only the demonstration has stands apart', async (t) => {
  const { real, demo } = await routesOf(t)
  assert.deepEqual(routesIn('For the demonstration only').toSorted(), demo.filter((route) => !real.includes(route)).toSorted())
})

test('every refusal stands in the catalogue with its status, and there is no other', () => {
  const rows = tableRows(section(page, 'Refusals'))
  assert.deepEqual(
    Object.fromEntries(rows.map(([code, status]) => [code, status])),
    Object.fromEntries(Object.entries(refusals).map(([code, { status }]) => [`\`${code}\``, String(status)])),
  )
})

test('routes name only refusals of the catalogue, and each refusal can be met somewhere', () => {
  const apis = [
    ...tableRows(section(page, 'For participants: API')),
    ...tableRows(section(page, 'For staff: API')),
    ...tableRows(section(page, 'For the demonstration only')),
  ]
  const named = apis.filter(([route]) => route?.includes('/api/')).flatMap((cells) => [...(cells.at(-1) ?? '').matchAll(/`([a-z-]+)`/g)])
  for (const [, code = ''] of named) assert.ok(Object.hasOwn(refusals, code), code)
  const prose = page.text.replaceAll(/^\|.*$/gm, '')
  for (const code of Object.keys(refusals)) {
    const isNamed = named.some(([, other]) => other === code) || prose.includes(`\`${code}\``) || /^link-/.test(code)
    assert.ok(isNamed, `no route is said to refuse with ${code}`)
  }
})

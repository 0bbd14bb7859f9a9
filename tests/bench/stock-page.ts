/** A page as SurveyJS's own React package makes it, to compare with: built here, compressed, served from this machine. */
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'vite'

const entry = `
import 'survey-core/survey-core.fontless.min.css'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { Model } from 'survey-core'
import { Survey } from 'survey-react-ui'
fetch('/list.json').then((answer) => answer.json()).then((list) => {
  createRoot(document.getElementById('app')).render(createElement(Survey, { model: new Model(list) }))
})
`

const page =
  '<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>List</title></head><body><div id="app"></div><script type="module" src="./main.js"></script></body></html>'

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', json: 'application/json', html: 'text/html' }

/** Builds in `folder` the page of `survey` and serves it. Resolves to its address and to what stops it. */
export async function serveStockPage(folder: string, survey: unknown): Promise<{ url: string; close(): void }> {
  writeFileSync(join(folder, 'main.js'), entry)
  writeFileSync(join(folder, 'index.html'), page)
  const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url))
  const bare = /^(survey-core|survey-react-ui|react|react-dom)(\/.*)?$/
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [{ find: bare, replacement: `${modules}$1$2` }] },
    build: { outDir: join(folder, 'dist'), modulePreload: { polyfill: false }, chunkSizeWarningLimit: 5000, reportCompressedSize: false },
  })
  const files = new Map<string, Buffer>([['/list.json', brotliCompressSync(JSON.stringify(survey))]])
  const server: Server = createServer(({ url = '/' }, answer) => {
    const path = url === '/' ? '/index.html' : url
    if (path === '/favicon.ico') return answer.writeHead(404).end()
    const content = files.get(path) ?? brotliCompressSync(readFileSync(join(folder, 'dist', path)))
    files.set(path, content)
    const isAsset = path.startsWith('/assets/')
    answer.writeHead(200, {
      'Content-Type': types[path.split('.').at(-1) ?? ''] ?? 'text/plain',
      'Content-Encoding': 'br',
      'Content-Length': content.length,
      'Cache-Control': isAsset ? 'public, max-age=31536000, immutable' : 'no-store',
    })
    return answer.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, close: () => server.close() }
}

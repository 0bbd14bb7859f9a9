/** The built pages and their assets. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { Failure } from '../failure.ts'
import { quickExitPath } from '../pages/page.ts'
import { quickExit } from '../pages/quick-exit.ts'
import type { Drawing } from './drawing.ts'

export interface Site {
  /** Folder with what Vite built. */
  directory: string
  respondPage: string
  deskPage: string
  respondStyles: string[]
  /** Address of each built script, by what it is called in the sources: `texts/en.ts`, `survey-core`. */
  scripts: Record<string, string>
  /** What draws pages here; null where it was not built. */
  drawing(): Promise<Drawing | null>
}

export const builtDirectory = fileURLToPath(new URL('../../dist', import.meta.url))

/** Reads what was built. Throws a Failure when nothing was. */
export function readSite(directory = builtDirectory): Site {
  const drawing = `${directory}/draw/draw.js`
  const respondPage = readPage(`${directory}/respond/index.html`)
  return {
    directory,
    respondPage,
    deskPage: readPage(`${directory}/desk/index.html`),
    scripts: scriptsIn(`${directory}/respond/manifest.json`),
    drawing: async () => (existsSync(drawing) ? ((await import(drawing)) as Drawing) : null),
    respondStyles: [...respondPage.matchAll(/<link[^>]+href="([^"]+\.css)"/g)].map(([, href]) => href ?? ''),
  }
}

export function readPage(path: string): string {
  if (!existsSync(path)) throw new Failure(`The pages are not built: run \`npm run build\` (looked for ${path}).`)
  return readFileSync(path, 'utf8')
}

interface Chunk {
  file: string
  name?: string
  src?: string
}

function scriptsIn(manifest: string): Record<string, string> {
  const chunks: Chunk[] = existsSync(manifest) ? Object.values(JSON.parse(readFileSync(manifest, 'utf8'))) : []
  return Object.fromEntries(chunks.map(({ file, name = '', src = name }) => [src, `/${file}`]))
}

/** Asset names carry a hash of their content, so that they may be kept for ever. */
const forever = 'public, max-age=31536000, immutable'

/** The files of one built site, compressed when it was built. */
export const assets = (directory: string) =>
  serveStatic({ root: directory, precompressed: true, onFound: (_path, request) => request.header('Cache-Control', forever) })

export const siteRoutes = ({ directory, respondPage, deskPage }: Site) => {
  const icon = /<link rel="icon" href="([^"]+)"/.exec(respondPage)?.[1]
  return (
    new Hono()
      .get(quickExitPath, (request) => {
        request.header('Content-Type', 'text/javascript; charset=utf-8')
        request.header('Cache-Control', forever)
        return request.body(quickExit)
      })
      .use('/assets/respond/*', assets(`${directory}/respond`))
      .use('/assets/desk/*', assets(`${directory}/desk`))
      .get('/desk', (request) => request.html(deskPage))
      .get('/desk/*', (request) => request.html(deskPage))
      // Browsers ask for this of pages that name no icon, such as those that the server draws itself.
      .get('/favicon.ico', (request) => (icon === undefined ? request.notFound() : request.redirect(icon)))
  )
}

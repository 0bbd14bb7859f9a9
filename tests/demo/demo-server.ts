/** The demonstration as it runs, in this process, made in a folder of its own and looked at over HTTP. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../../server/app.ts'
import type { Clock } from '../../server/clock.ts'
import { type Demonstration, openDemonstration } from '../../server/demo/demonstration.ts'
import { listen } from '../../server/listen.ts'
import { createLog } from '../../server/log.ts'
import { demonstrationApp } from '../../server/routes/demo.ts'
import { freePort } from '../harness/free-port.ts'

export interface DemoServer {
  demonstration: Demonstration
  origin: string
  get(path: string): Promise<{ status: number; headers: Headers; text: string }>
  /** The JSON of a good answer; throws for any other. */
  json<Body>(path: string): Promise<Body>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: unknown }>
  stop(): Promise<void>
}

/** Pages that were not built: these tests are about what the pages fetch. */
function pagesIn(folder: string): string {
  const directory = join(folder, 'pages')
  for (const site of ['desk', 'respond']) mkdirSync(join(directory, site), { recursive: true })
  writeFileSync(join(directory, 'desk', 'index.html'), '<!doctype html><title>desk</title>')
  return directory
}

/** Opens the demonstration in `folder`/demo, which is made when it is not there yet. */
export async function startDemoServer(folder: string, real: Clock): Promise<DemoServer> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const log = createLog('silent')
  const demonstration = await openDemonstration({ directory: join(folder, 'demo'), baseUrl: origin, real, log, report: () => {} })
  const directory = pagesIn(folder)
  const site = {
    directory,
    respondPage: '<!doctype html><title>respond</title>',
    deskPage: '<!doctype html><title>desk</title>',
    respondStyles: [],
    scripts: {},
    drawing: async () => null,
  }
  const app = createApp(demonstration.context, { site, log, demonstration: demonstrationApp(demonstration, directory) })
  const listening = await listen(app, { host: '127.0.0.1', port })
  const get = async (path: string) => {
    const answer = await fetch(`${origin}${path}`)
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  return {
    demonstration,
    origin,
    get,
    async json<Body>(path: string) {
      const { status, text } = await get(path)
      if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`)
      return JSON.parse(text) as Body
    },
    async post(path, body, headers = {}) {
      const answer = await fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: origin, ...headers },
        body: JSON.stringify(body),
      })
      return { status: answer.status, body: await answer.json() }
    },
    async stop() {
      await listening.close()
      await demonstration.stop()
    },
  }
}

/** Starts the demonstration on a port: a page says that it is being made for as long as that takes. */
import { Hono } from 'hono'
import { createApp } from './app.ts'
import { systemClock } from './clock.ts'
import { inspectFolder } from './demo/data-folder.ts'
import { openDemonstration } from './demo/demonstration.ts'
import { progressLine } from './demo/progress-line.ts'
import type { Settings } from './env.ts'
import { listen } from './listen.ts'
import { createLog } from './log.ts'
import { making } from './pages/making.ts'
import { demonstrationApp } from './routes/demo.ts'
import { headers, notStored } from './routes/headers.ts'
import { assets, readSite, type Site } from './routes/site.ts'

export interface DemonstrationServer {
  port: number
  url: string
  stop(): Promise<void>
}

export type DemonstrationSettings = Pick<Settings, 'DATA_DIR' | 'PORT' | 'HOST' | 'BASE_URL' | 'DEFINITIONS_DIR' | 'LOG_LEVEL'>

/** Throws a Failure that says what to do when the port is taken or the data folder holds anything but a demonstration. */
export async function startDemonstration(settings: DemonstrationSettings): Promise<DemonstrationServer> {
  // Folder, pages and port first: whoever has to be told no should not wait for a demonstration to be made.
  inspectFolder(settings.DATA_DIR)
  const site = readSite()
  const log = createLog(settings.LOG_LEVEL)
  let app: Pick<Hono, 'fetch'> = whileMaking(site)
  const listening = await listen({ fetch: (request, ...rest) => app.fetch(request, ...rest) }, { host: settings.HOST, port: settings.PORT })
  const url = settings.BASE_URL ?? `http://localhost:${listening.port}`
  const progress = progressLine(process.stderr)
  try {
    const demonstration = await openDemonstration({
      directory: settings.DATA_DIR,
      definitionsDirectory: settings.DEFINITIONS_DIR,
      baseUrl: url,
      real: systemClock,
      log,
      report: progress.show,
    })
    progress.end()
    app = createApp(demonstration.context, {
      site,
      log,
      outgoing: demonstration.transport,
      demonstration: demonstrationApp(demonstration),
    })
    process.stdout.write(`The demonstration is on ${url} (its data are in ${settings.DATA_DIR}; Ctrl+C stops it).\n`)
    return {
      port: listening.port,
      url,
      async stop() {
        await listening.close()
        await demonstration.stop()
      },
    }
  } catch (reason) {
    progress.end()
    await listening.close()
    throw reason
  }
}

/** What a browser gets that comes before the demonstration is made; it looks again every two seconds. */
const whileMaking = ({ directory, respondStyles }: Site) =>
  new Hono()
    .use(headers(false), notStored)
    .use('/assets/respond/*', assets(`${directory}/respond`))
    .get('*', (request) => {
      request.header('Refresh', '2')
      return request.html(making(respondStyles), 503)
    })

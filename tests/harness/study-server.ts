/** A study as it is served, in this process: real databases, real SMTP, real HTTP on loopback. */
import { existsSync } from 'node:fs'
import { type AppOptions, createApp } from '../../server/app.ts'
import type { Context } from '../../server/context.ts'
import { type Listening, listen } from '../../server/listen.ts'
import { createLog } from '../../server/log.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { builtDirectory, readSite } from '../../server/routes/site.ts'
import { type TickReport, tick } from '../../server/workflow/tick.ts'
import { temporaryFolder } from './data-folder.ts'
import { freePort } from './free-port.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { openTestStudy, type TestStudy } from './test-study.ts'
import { withoutPages } from './without-pages.ts'

export interface StudyServer extends Omit<TestStudy, 'close'> {
  mail: MailServer
  origin: string
  tick(): Promise<TickReport>
}

/** `own`: a study with definitions of its own; what its log is written to. */
export async function startStudyServer(
  test: { after(fn: () => unknown): void },
  now?: string,
  { log, ...own }: Pick<Parameters<typeof openTestStudy>[0], 'definitions' | 'entry'> & Pick<Partial<AppOptions>, 'log'> = {},
): Promise<StudyServer> {
  const folder = temporaryFolder(test)
  const mail = await startMailServer()
  // First of all: where the study cannot be opened, nothing stays open that would keep the test from ending.
  test.after(() => mail.close())
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const study = await openTestStudy({ folder, now, baseUrl: origin, smtpUrl: mail.url, ...own })
  const transport = createTransport({ SMTP_URL: mail.url, MAIL_FROM: study.study.contact })
  const listening = await serveHere(study.context, port, { outgoing: transport, ...(log && { log }) })
  test.after(async () => {
    await listening.close()
    transport.close()
    await study.close()
  })
  return { ...study, mail, origin, tick: () => tick(study.context, { transport }) }
}

/** Serves a study on a port of this machine. */
export function serveHere(context: Context, port: number, own: Partial<AppOptions> = {}): Promise<Listening> {
  const site = existsSync(`${builtDirectory}/respond/index.html`) ? readSite() : withoutPages
  return listen(createApp(context, { site, log: createLog('silent'), ...own }), { host: '127.0.0.1', port })
}

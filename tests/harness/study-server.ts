/**
 * The server as it runs, in this process: real databases, real SMTP, real HTTP on loopback. Only its clock is the test's.
 */

import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { createApp } from '../../server/app.ts'
import type { Clock } from '../../server/clock.ts'
import type { Context } from '../../server/context.ts'
import { listen } from '../../server/listen.ts'
import { createLog } from '../../server/log.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { builtDirectory, readSite, type Site } from '../../server/routes/site.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { type TickReport, tick } from '../../server/workflow/tick.ts'
import { temporaryFolder } from './data-folder.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

export class MovableClock implements Clock {
  #now = ''

  constructor(moment: string) {
    this.set(moment)
  }

  now(): string {
    return this.#now
  }

  /** Goes to a moment, given in UTC (`2026-03-02T09:00:00Z`). */
  set(moment: string): void {
    this.#now = Temporal.Instant.from(moment).toString({ fractionalSecondDigits: 3 })
  }
}

export interface StudyServer {
  context: Context
  clock: MovableClock
  mail: MailServer
  origin: string
  /** Environment for commands on the same data folder. */
  environment: Record<string, string>
  /** Registers cases in study `s1`; fails the test when they are refused. */
  register(...entries: CaseEntry[]): Promise<void>
  tick(): Promise<TickReport>
}

export const studyEntry = {
  id: 's1',
  protocol: 'familie-aan-zet@0.1.0-standin',
  title: 'Onderzoek De familie aan zet',
  organisation: 'Onderzoeksgroep Voorbeeld',
  contact: 'onderzoek@voorbeeld.example',
  demonstration: false,
  standInsAcceptedBy: 'Test',
}

/** A page stub where nothing was built: tests of the API do not need the pages. */
const withoutPages: Site = { directory: builtDirectory, respondPage: '<!doctype html><title>not built</title>', respondStyles: [] }

export async function startStudyServer(test: { after(fn: () => unknown): void }, now = '2026-03-02T09:00:00Z'): Promise<StudyServer> {
  const folder = temporaryFolder(test)
  const mail = await startMailServer()
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const clock = new MovableClock(now)
  const key = randomBytes(32)
  const context = openContext({ DATA_DIR: folder, BASE_URL: origin, IDENTITY_KEY: key, DEFINITIONS_DIR: undefined }, clock)
  const transport = createTransport({ SMTP_URL: mail.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  const site = existsSync(`${builtDirectory}/respond/index.html`) ? readSite() : withoutPages
  const listening = await listen(createApp(context, { site, log: createLog('silent') }), { host: '127.0.0.1', port })
  const study = await openStudy(context, studyEntry)
  test.after(async () => {
    await listening.close()
    transport.close()
    await mail.close()
    await closeContext(context)
  })
  return {
    context,
    clock,
    mail,
    origin,
    environment: {
      DATA_DIR: folder,
      BASE_URL: origin,
      IDENTITY_KEY: key.toString('hex'),
      SMTP_URL: mail.url,
      MAIL_FROM: 'onderzoek@voorbeeld.example',
    },
    async register(...entries) {
      const { problems } = await registerCases(context, study, entries)
      if (problems.length > 0) throw new Error(JSON.stringify(problems))
    },
    tick: () => tick(context, { transport }),
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Everything that is open while a demonstration is made or shown: its data folder, its mailbox, and the mail server between them. */
import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'
import { createTransport, type Transport } from '../mail/transport.ts'
import { closeContext, openContext } from '../open-context.ts'
import { fillContactMarks } from '../workflow/fill-contact-marks.ts'
import { readKey } from './data-folder.ts'
import type { DemoClock } from './demo-clock.ts'
import { startMailServer } from './mail-server.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { keptMoment } from './moment.ts'

export interface House {
  context: Context
  clock: DemoClock
  mailbox: Mailbox
  transport: Transport
  close(): Promise<void>
}

export interface HouseOptions {
  directory: string
  baseUrl: string
  definitionsDirectory?: string | undefined
  real: Clock
}

/** Opens it; `clockFrom` makes the clock from the moment that the data folder has kept. `sync` as for the mailbox and the databases. */
export async function openHouse(
  { directory, baseUrl, definitionsDirectory, real }: HouseOptions,
  clockFrom: (kept: string | undefined) => DemoClock,
  { sync = true } = {},
): Promise<House> {
  const opened = await openContext(
    { DATA_DIR: directory, DEFINITIONS_DIR: definitionsDirectory, BASE_URL: baseUrl, IDENTITY_KEY: readKey(directory) },
    real,
    { sync },
  )
  const clock = clockFrom(await keptMoment(opened))
  const context = { ...opened, clock }
  // One that was made before people could be found.
  await fillContactMarks(context)
  const mailbox = openMailbox(directory, { sync })
  const mailServer = await startMailServer(mailbox, clock)
  const transport = createTransport({ SMTP_URL: mailServer.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  return {
    context,
    clock,
    mailbox,
    transport,
    async close() {
      // Closing twice is harmless: the ticker closes it too.
      transport.close()
      await mailServer.close()
      mailbox.close()
      await closeContext(context)
    },
  }
}

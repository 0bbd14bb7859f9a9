import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import { readSettings } from '../env.ts'
import { BadCall, Failure } from '../failure.ts'
import { createTransport } from '../mail/transport.ts'
import { closeContext, openContext } from '../open-context.ts'
import { assertDefinitions } from '../workflow/assert-definitions.ts'
import { assertKey } from '../workflow/assert-key.ts'
import { type TickReport, tick } from '../workflow/tick.ts'

export const register = (program: Command): void => {
  program
    .command('tick')
    .description('One pass of the ticker: opens and ends lists whose time it is, and sends the mail that is due')
    .option('--now <instant>', 'do as if it were this moment, for example 2026-09-01T08:00:00Z', parseInstant)
    .option('--json', 'print the counts as JSON')
    .action(run)
}

interface Options {
  now?: string
  json?: true
}

async function run({ now, json }: Options): Promise<void> {
  const settings = readSettings(['IDENTITY_KEY', 'BASE_URL', 'SMTP_URL', 'MAIL_FROM'])
  const transport = createTransport(settings)
  const context = await openContext(settings, now === undefined ? systemClock : { now: () => now })
  try {
    await assertKey(context)
    await assertDefinitions(context)
    const report = await tick(context, { transport })
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : readable(report))
    if (report.problems.length > 0) throw new Failure(report.problems.join('\n'))
    if (report.cutShort !== null)
      throw new Failure(`Trouble with the mail server: ${report.cutShort}. What is left goes out at a later tick.`)
  } finally {
    transport.close()
    await closeContext(context)
  }
}

/** A moment with its offset, as the database writes moments. */
function parseInstant(text: string): string {
  try {
    return Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3 })
  } catch {
    throw new BadCall(`--now ${text} is not a moment: write date, time and offset, for example 2026-09-01T08:00:00Z`)
  }
}

const readable = ({ opened, expired, sent, postponed, held, cancelled, refused, unknown }: TickReport): string =>
  `lists: ${opened} opened, ${expired} expired\n` +
  `mail: ${sent} sent, ${postponed} postponed, ${held} held, ${cancelled} cancelled, ${refused} refused, ${unknown} of unknown fate\n`

/**
 * A server of its own that is stopped (SIGSTOP) right after it has taken a mail in hand, before it hands it over. Its clock is a file: a
 * suspended machine has another hour when it goes on.
 */
import { readFileSync } from 'node:fs'
import { readSettings } from '../../server/env.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { sendDueMessages } from '../../server/workflow/send-messages.ts'

const settings = readSettings(['IDENTITY_KEY', 'SMTP_URL', 'MAIL_FROM'])
const [clockFile = ''] = process.argv.slice(2)
const context = await openContext(settings, { now: () => readFileSync(clockFile, 'utf8') })
const { study } = context.stores
const stopping = {
  ...study,
  async withTx<T>(...words: Parameters<typeof study.withTx<T>>): Promise<T> {
    const done = await study.withTx(...words)
    if ((done as { outcome?: string } | undefined)?.outcome === 'claimed') process.kill(process.pid, 'SIGSTOP')
    return done
  },
}
const transport = createTransport(settings)
const { counts, problems } = await sendDueMessages(
  { ...context, stores: { ...context.stores, study: stopping } },
  { transport, processId: 'stopped' },
)
transport.close()
await closeContext(context)
process.stdout.write(JSON.stringify({ counts, problems }))

/** A mail server inside the demonstration: it takes every mail over real SMTP and delivers to the mailbox page only. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { Clock } from '../clock.ts'
import type { Mail, Mailbox } from './mailbox.ts'

export interface MailServer {
  /** Where it listens, as SMTP_URL wants it. */
  url: string
  close(): Promise<void>
}

/** Listens on a free port of this machine only; nothing leaves it. */
export async function startMailServer(mailbox: Mailbox, clock: Clock): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: 1_000_000,
    logger: false,
    onData(stream, session, done) {
      stream
        .toArray()
        .then(async (chunks: Buffer[]) => {
          const recipients = session.envelope.rcptTo.map(({ address }) => address)
          mailbox.add({ at: clock.now(), ...(await readMail(Buffer.concat(chunks), recipients)) })
          done()
        })
        .catch(done)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function readMail(source: Buffer, recipients: string[]): Promise<Omit<Mail, 'number' | 'at'>> {
  const { from, subject, text, html, messageId } = await PostalMime.parse(source)
  return {
    from: from?.address ?? '',
    to: recipients.join(', '),
    subject: subject ?? '',
    text: text ?? '',
    html: html ?? null,
    messageId: messageId ?? null,
  }
}

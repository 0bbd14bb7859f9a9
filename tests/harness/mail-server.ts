/** A real SMTP server on loopback that keeps what it accepts. */
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail extends Email {
  /** Recipients as the envelope names them. */
  recipients: string[]
}

export interface MailServer {
  url: string
  received: ReceivedMail[]
  /** The one link in the last mail to an address. */
  linkTo(address: string): string
  close(): Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    disableReverseLookup: true,
    onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      // A sender that dies in the middle has sent nothing.
      received(stream).then(
        (mail) => {
          mails.push({ ...mail, recipients })
          done()
        },
        (error: Error) => done(error),
      )
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received: mails,
    linkTo(address) {
      const mail = mails.findLast(({ recipients }) => recipients.includes(address))
      const link = mail?.text?.match(/https?:\/\/\S+\/l\/[A-Za-z0-9_-]+/)?.[0]
      if (!link) throw new Error(`no mail with a link reached ${address}`)
      return link
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function received(stream: AsyncIterable<unknown>): Promise<Email> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return await PostalMime.parse(Buffer.concat(chunks))
}

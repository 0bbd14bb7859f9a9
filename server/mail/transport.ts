/** Hands mail to a mail server over SMTP and says what became of it. */
import type { Readable } from 'node:stream'
import nodemailer from 'nodemailer'
import type { Settings } from '../env.ts'
import { type Fate, fateOf, type SmtpError, withoutPerson } from './fate.ts'
import { parseSmtpUrl } from './smtp-url.ts'

/** A mail as it goes out, to exactly one address. */
export interface Mail {
  to: string
  /** Display names of the recipient and of the sender. */
  toName: string
  fromName: string
  subject: string
  text: string
  html: string
  /** Content-Language: of the text. */
  language: string
  /** Message-ID with its angle brackets. */
  messageId: string
  /** Moment for the Date header. */
  date: string
  /** Address by which reminders are stopped with one POST (RFC 8058); of a mail that can be followed by one. */
  unsubscribe?: string
}

export interface Transport {
  /** How many mails it takes at once. */
  connections: number
  /** Tries once. Never throws because of what a mail server or the network does: that is in the fate. */
  send(mail: Mail): Promise<Fate>
  /** Logs in and out again. Resolves with why that was not possible, or null. */
  reach(): Promise<string | null>
  close(): void
}

export interface TransportOptions {
  /** Milliseconds after which a silent server is given up: while connecting and greeting, between two answers, and in all. */
  limits?: { greeting: number; silence: number; total: number }
  /** Certificates to trust beside the public ones (PEM). NODE_EXTRA_CA_CERTS does the same for a whole process. */
  ca?: string
}

const usualLimits = { greeting: 10_000, silence: 20_000, total: 30_000 }

/**
 * A transport for the mail server of SMTP_URL, with MAIL_FROM as the sender of everything.
 * Throws a Failure that says what is wrong with SMTP_URL.
 */
export function createTransport(
  settings: Required<Pick<Settings, 'SMTP_URL' | 'MAIL_FROM'>>,
  { limits = usualLimits, ca }: TransportOptions = {},
): Transport {
  const { SMTP_URL: url, MAIL_FROM: from } = settings
  const { connections, ...server } = parseSmtpUrl(url)
  const mailer = nodemailer.createTransport({
    ...server,
    pool: true,
    maxConnections: connections,
    // Trying again is the outbox's decision, never the connection pool's.
    maxRequeues: 0,
    connectionTimeout: limits.greeting,
    greetingTimeout: limits.greeting,
    socketTimeout: limits.silence,
    socketCloseTimeout: 1_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(ca === undefined ? {} : { tls: { ca } }),
  })
  // The pool pipes a mail's text into the connection once the server has agreed to take it. Whether any of that was
  // read is what separates "certainly not sent" from "nobody knows", and no error says so by itself.
  const texts = new WeakMap<AbortSignal, Readable>()
  mailer.use('stream', (mail, done) => {
    const { message, data } = mail
    const makeStream = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const stream = makeStream(options)
      texts.set(data.signal as AbortSignal, stream)
      return stream
    }
    done()
  })

  return {
    connections,
    async send({ to, toName, fromName, subject, text, html, language, messageId, date, unsubscribe }) {
      const signal = AbortSignal.timeout(limits.total)
      try {
        const { response } = await mailer.sendMail({
          signal,
          envelope: { from, to: [to] },
          from: { name: fromName, address: from },
          to: { name: toName, address: to },
          subject,
          text,
          html,
          messageId,
          // RFC 3461, of servers that know it: what comes back names the mail, and returns its head only, without the link in it.
          dsn: { id: messageId.slice(1, -1), return: 'headers', notify: ['failure'] },
          date: new Date(date),
          headers: {
            // RFC 3834: sent by a program, so that programs do not answer it. The second is Exchange's own word for it.
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'OOF, AutoReply',
            'Content-Language': language,
            ...(unsubscribe !== undefined && {
              'List-Unsubscribe': `<${unsubscribe}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
          },
          xMailer: false,
        })
        return { kind: 'accepted', detail: withoutPerson(response, { to, toName }) }
      } catch (error) {
        return fateOf(error as SmtpError, texts.get(signal)?.readableDidRead ?? false, { to, toName })
      }
    },
    async reach() {
      try {
        await mailer.verify()
        return null
      } catch (error) {
        return (error as Error).message
      }
    },
    close: () => mailer.close(),
  }
}

/** What became of a mail that was handed over: what an SMTP session, however it ended, lets us say for certain. */

/**
 * - accepted: the mail server took it; from here on it is the mail server's
 * - unreached: certainly not sent, and nothing was said about this mail: no connection, no login, the sender not allowed,
 *   the server closing down
 * - deferred: certainly not sent, the mail server asks to come back later
 * - refused: the mail server will never take it; `address` when that is because of the recipient's address
 * - unknown: the text was under way and no answer came: it may have arrived, it may not
 *
 * `detail` is for staff and has no address or name in it.
 */
export type Fate =
  | { kind: 'accepted'; detail: string }
  | { kind: 'unreached'; detail: string }
  | { kind: 'deferred'; detail: string }
  | { kind: 'refused'; detail: string; address: boolean }
  | { kind: 'unknown'; detail: string }

/** An error of nodemailer, as far as it is read here. */
export interface SmtpError extends Error {
  /** EENVELOPE: an answer to MAIL FROM, RCPT TO or DATA; EMESSAGE: the answer after the text; anything else: the connection. */
  code?: string | undefined
  /** MAIL FROM, RCPT TO, DATA, CONN, API. */
  command?: string | undefined
  response?: string | undefined
  responseCode?: number | undefined
}

/**
 * The fate of a mail whose sending ended in `error`. `begun`: at least one byte of its text went out.
 *
 * Until the text begins nothing was sent. Once it has, only the mail server's answer to the whole of it counts: a
 * connection that breaks before that answer leaves the fate unknown (RFC 5321, 4.2.5 and 6.1: from its 250 on the
 * server is responsible for the mail, and it may have been on its way to say so).
 */
export function fateOf(error: SmtpError, begun: boolean, recipient: Recipient): Fate {
  const detail = detailOf(error, recipient)
  const { code, command } = error
  if (begun) return code === 'EMESSAGE' ? answered(error, { detail, otherwise: 'unknown' }) : { kind: 'unknown', detail }
  if (code === 'EMESSAGE') return { kind: 'refused', detail, address: false }
  if (code === 'EENVELOPE' && command === 'RCPT TO') return answered(error, { detail, otherwise: 'deferred', toRecipient: true })
  if (code === 'EENVELOPE' && command === 'DATA') return answered(error, { detail, otherwise: 'deferred' })
  // A refusal of the sender is one of these too: it is about this installation, every other mail would meet it as well.
  return { kind: 'unreached', detail }
}

interface Reading {
  detail: string
  /** What an answer is that means nothing in this place. */
  otherwise: 'deferred' | 'unknown'
  toRecipient?: boolean
}

function answered({ responseCode: code = 0, response }: SmtpError, { detail, otherwise, toRecipient = false }: Reading): Fate {
  // 421: the server is closing down, whatever it was asked.
  if (code === 421) return { kind: 'unreached', detail }
  // 503, a bad sequence of commands, is about the session: the same mail passes in a new one.
  if ((code >= 400 && code < 500) || code === 503) return { kind: 'deferred', detail }
  if (code >= 500 && code < 600) return { kind: 'refused', detail, address: toRecipient && !isPolicy(response) }
  return { kind: otherwise, detail }
}

/** RFC 3463: x.7.x is about security or policy (we may not send here), which says nothing about the address. */
const isPolicy = (response: string | undefined): boolean => /^5\d\d[ -]5\.7\.\d/.test(response ?? '')

function detailOf({ code, command, response, message }: SmtpError, recipient: Recipient): string {
  return [code, command, withoutPerson(response ?? message, recipient)].filter(Boolean).join(' ').slice(0, 300)
}

/** To whom a mail went: their address, and how they are called. */
export interface Recipient {
  to: string
  toName: string
}

/** What a mail server said, on one line, without any address, and without the words of the recipient's own address and name. */
export function withoutPerson(said: string, { to, toName }: Recipient): string {
  const local = to.slice(0, to.lastIndexOf('@'))
  // Shorter words, such as "de", say nothing about anybody.
  const words = `${local} ${toName}`.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2)
  const own = [local, toName, ...words].filter((part) => part !== '').map((part) => RegExp.escape(part))
  return said
    .replaceAll(/\S*@\S*/g, '(address)')
    .replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])(${own.join('|')})(?![\\p{L}\\p{N}])`, 'giu'), '(recipient)')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
}

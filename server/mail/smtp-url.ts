/** SMTP_URL taken apart: `smtp(s)://[user:password@]host[:port][?tls=require|no&connections=N]`. */
import { Failure } from '../failure.ts'

export interface SmtpServer {
  host: string
  port: number
  /** TLS from the first byte on. */
  secure: boolean
  /** STARTTLS before anything else, or no mail. */
  requireTLS: boolean
  /** No TLS, also when the server offers it. */
  ignoreTLS: boolean
  auth?: { user: string; pass: string }
  connections: number
}

/** Mails in the hands of the mail server at once. Some providers take fewer: `?connections=`. */
const usualConnections = 8

/**
 * Throws a Failure that says what is wrong, never with the password in it.
 *
 * `smtp://` insists on STARTTLS, unless the server is this machine; `?tls=require` and `?tls=no` decide otherwise. A
 * password is never sent in the clear over a network.
 */
export function parseSmtpUrl(text: string): SmtpServer {
  const url = URL.parse(text)
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || !['', '/'].includes(url.pathname) || url.hash !== '')
    throw mistake(
      'write smtp://user:password@host:587 or smtps://user:password@host:465; in the user and password a # / ? @ : % is written as %23 %2F %3F %40 %3A %25',
    )
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  const secure = url.protocol === 'smtps:'
  const { tls, connections } = readOptions(url.searchParams)
  if (secure && tls === 'no') throw mistake('tls=no contradicts smtps://')
  const requireTLS = !secure && (tls === 'require' || (tls === undefined && !isThisMachine(host)))
  const auth = readLogin(url)
  if (auth && !secure && !requireTLS && !isThisMachine(host))
    throw mistake('tls=no would send the password in the clear over the network; leave out tls=no, or the user and password')
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS,
    ignoreTLS: !secure && !requireTLS,
    connections,
    ...(auth && { auth }),
  }
}

function readOptions(options: URLSearchParams): { tls: string | undefined; connections: number } {
  for (const name of options.keys())
    if (!['tls', 'connections'].includes(name)) throw mistake(`it has an option ${name}; there is tls=require, tls=no and connections=N`)
  const tls = options.get('tls') ?? undefined
  if (tls !== undefined && tls !== 'require' && tls !== 'no') throw mistake('tls is require or no')
  const connections = options.get('connections') ?? String(usualConnections)
  if (!/^([1-9]|[1-4]\d|50)$/.test(connections)) throw mistake('connections is a number from 1 to 50')
  return { tls, connections: Number(connections) }
}

function readLogin({ username, password }: URL): SmtpServer['auth'] {
  if (username === '' && password === '') return undefined
  if (username === '' || password === '') throw mistake('it has a user without a password, or the other way around')
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  } catch {
    throw mistake('a % in the user and password is written as %25')
  }
}

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host)

const mistake = (reason: string): Failure => new Failure(`SMTP_URL cannot be used: ${reason}.`)

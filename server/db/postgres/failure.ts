/** What PostgreSQL says by a code, in words that say what to do. */
import { databaseAway, Failure } from '../../failure.ts'

const advice: Record<string, string> = {
  '28P01': 'the password is wrong. Correct DATABASE_URL.',
  '28000': 'this login is not let in. Correct DATABASE_URL, or pg_hba.conf of the server.',
  '3D000': 'there is no such database. Make one with CREATE DATABASE; an empty one is enough.',
  '53300': 'it has no connection left. Raise max_connections, or run fewer servers.',
  '42501': 'the login may not do this. docs/scale.md has what an administrator has to run once.',
}

/** The reason why a database cannot be opened as a Failure; one that is a Failure already stays as it is. */
export function cannotOpen(url: string, reason: unknown): Failure {
  if (reason instanceof Failure) return reason
  const { message } = reason as Error
  const code = codeOf(reason)
  return new Failure(
    `The database ${namedAddress(url)} cannot be opened: ${advice[code] ?? `${message || code}. Is it running?`} Nothing was changed.`,
  )
}

/** An address without its password, for messages. */
export function namedAddress(url: string): string {
  const address = new URL(url)
  address.password = ''
  return address.href
}

/** The code of what the database or the network said, or ''. */
export const codeOf = (reason: unknown): string =>
  reason instanceof Error && 'code' in reason && typeof reason.code === 'string' ? reason.code : ''

/** What the network says, and PostgreSQL when it is stopped, starts, has no connection left or is a copy that only reads. */
const gone = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08\d{3}|57P0[123]|53300|25006)$/
/** What the driver says without a code. */
const broken = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** Says by its code where the database is away; anything else stays as it is. */
export function asAway(reason: unknown): unknown {
  if (!(reason instanceof Error) || !(gone.test(codeOf(reason)) || broken.test(reason.message))) return reason
  return Object.assign(new Error(`PostgreSQL is away: ${reason.message || codeOf(reason)}`, { cause: reason }), { code: databaseAway })
}

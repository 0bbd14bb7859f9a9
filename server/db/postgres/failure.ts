/** What PostgreSQL says by a code, in words that say what to do. */
import { databaseAway, Failure } from '../../failure.ts'
import { namedAddress } from './address.ts'

const unknownAuthority =
  'its certificate is of an authority that is not known here. Add &sslrootcert= with the file of that authority to DATABASE_URL.'

const advice: Record<string, string> = {
  '28P01': 'the password is wrong. Correct DATABASE_URL.',
  '28000': 'this login is not let in. Correct DATABASE_URL, or pg_hba.conf of the server.',
  '3D000': 'there is no such database. Make one with CREATE DATABASE; an empty one is enough.',
  '53300': 'it has no connection left. Raise max_connections, or run fewer servers.',
  '42501': 'the login may not do this. docs/scale.md has what an administrator has to run once.',
  '25006': 'it can only be read. Give the address of the one that is written to.',
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: 'its certificate has expired. Have the administrator of the database renew it.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name. Give the host in DATABASE_URL as the certificate has it.',
}

/** What the driver says without a code. */
const adviceByWords: [RegExp, string][] = [
  [
    /does not support SSL/,
    'it does not speak TLS. Switch ssl on in postgresql.conf, or say sslmode=disable where nobody else is on that network.',
  ],
  [/^timeout e/, 'it does not answer. Is it PostgreSQL that listens there, and is it running?'],
]

/** The reason why a database cannot be opened as a Failure; one that is a Failure already stays as it is. */
export function cannotOpen(url: string, reason: unknown): Failure {
  if (reason instanceof Failure) return reason
  return new Failure(`The database ${namedAddress(url)} cannot be opened: ${adviceFor(reason)} Nothing was changed.`)
}

function adviceFor(reason: unknown): string {
  const { message, syscall, path } = reason as NodeJS.ErrnoException
  const code = codeOf(reason)
  // What the address names beside the server: certificates and keys.
  if (syscall === 'open') return `the file ${path} cannot be read (${code}). Correct sslrootcert, sslcert or sslkey in DATABASE_URL.`
  const byWords = adviceByWords.find(([words]) => words.test(message))?.[1]
  return advice[code] ?? byWords ?? `${message || code}. Is it running?`
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

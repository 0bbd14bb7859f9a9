/** One-time codes of an authenticator app: TOTP (RFC 6238), six digits, thirty seconds, SHA-1, as every app knows them. */
import { Secret, TOTP } from 'otpauth'

const period = 30
/** A clock may be one step slow or fast. */
const tolerance = 1

/** A new shared secret, 160 bits, in base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** What an authenticator app reads from the QR code. */
export const secretAddress = (secret: string, account: string, issuer: string): string =>
  new TOTP({ issuer, label: account, secret: Secret.fromBase32(secret), period }).toString()

/**
 * The time step of a code that is good at `now`, or null. Only steps after `lastStep` count: a code works once, and none
 * that is older than it works after it.
 */
export function stepOfCode(secret: string, code: string, now: string, lastStep: number): number | null {
  const timestamp = Date.parse(now)
  const delta = new TOTP({ secret: Secret.fromBase32(secret), period }).validate({
    token: code.replaceAll(/\s/g, ''),
    timestamp,
    window: tolerance,
  })
  if (delta === null) return null
  const step = Math.floor(timestamp / 1000 / period) + delta
  return step > lastStep ? step : null
}

/** The code at a moment: for tests, and for the staff of a demonstration. */
export const codeAt = (secret: string, now: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret), period }).generate({ timestamp: Date.parse(now) })

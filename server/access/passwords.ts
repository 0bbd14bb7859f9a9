/**
 * Passwords of staff: argon2id, and length over composition (NIST SP 800-63B, 5.1.1.2): at least twelve characters, nothing
 * that is on the list of leaked and common ones, nothing that is in the person's own name or address.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { dictionary } from '@zxcvbn-ts/language-common'

const derive = promisify(argon2)

/** OWASP's second choice for argon2id (Password Storage Cheat Sheet): 19 MiB (19,456 KiB), 2 passes, 1 lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const saltLength = 16
const tagLength = 32

export const shortestPassword = 12
export const longestPassword = 200

/** 49,000 passwords that everybody who guesses begins with. */
const common: ReadonlySet<string> = new Set(dictionary['passwords-common'] as string[])

export type PasswordFault = 'too-short' | 'too-long' | 'common' | 'own-words' | 'repeated'

/** Why a password cannot be taken, or null. `own`: name and address of whoever chooses it. */
export function passwordFault(password: string, own: readonly string[]): PasswordFault | null {
  const length = [...password].length
  if (length < shortestPassword) return 'too-short'
  if (length > longestPassword) return 'too-long'
  const plain = password.normalize('NFKC').toLowerCase()
  // "Welkom123welkom123!" is two times a common one and a mark: what is left without digits and marks is looked up too.
  const letters = plain.replaceAll(/[^\p{L}]+/gu, '')
  if (common.has(plain) || (letters.length >= 4 && isRepeatOfCommon(letters))) return 'common'
  if (new Set(plain).size < 5) return 'repeated'
  const words = own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 4)
  return words.some((word) => plain.length - word.length < 8 && plain.includes(word)) ? 'own-words' : null
}

const isRepeatOfCommon = (letters: string): boolean => {
  for (let size = 1; size <= letters.length; size++) {
    const unit = letters.slice(0, size)
    if (letters.length % size === 0 && unit.repeat(letters.length / size) === letters) return common.has(unit)
  }
  return false
}

/** The hash of a password, as a PHC string: `$argon2id$v=19$m=...,t=...,p=...$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltLength)
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain64(salt)}$${plain64(await tagOf(password, salt, cost))}`
}

/** Whether `password` is the one that was hashed. Takes as long when there is none, so that nobody learns which accounts exist. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash ?? '')
  if (!parts) {
    await tagOf(password, Buffer.alloc(saltLength), cost)
    return false
  }
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts
  const asked = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const found = await tagOf(password, Buffer.from(salt, 'base64'), asked)
  const kept = Buffer.from(tag, 'base64')
  return found.length === kept.length && timingSafeEqual(found, kept)
}

const tagOf = (password: string, nonce: Buffer, settings: typeof cost): Promise<Buffer> =>
  derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...settings })

const plain64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

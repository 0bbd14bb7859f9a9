import { randomFillSync } from 'node:crypto'

/** Crockford's base32 in lower case: no letter that is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const length = 16

/** Randomness is fetched for many ids at once: asking the system for it is most of the work. */
const pool = Buffer.alloc(length * 256)
let used = pool.length

/** A random id of 80 bits as 16 characters. It says nothing about what it names, not even when it was made. */
export const newId = (): string => randomText(length)

/**
 * An id that begins with its moment (48 bits of milliseconds), so that rows which come one after the other lie side by
 * side on disk. For rows that carry their moment anyway.
 */
export function orderedId(now: string): string {
  let milliseconds = Date.parse(now)
  let time = ''
  for (let digit = 0; digit < 10; digit++) {
    time = `${alphabet[milliseconds % 32]}${time}`
    milliseconds = Math.floor(milliseconds / 32)
  }
  return time + randomText(length)
}

function randomText(characters: number): string {
  if (used + characters > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let text = ''
  for (const byte of pool.subarray(used, used + characters)) text += alphabet[byte & 31]
  used += characters
  return text
}

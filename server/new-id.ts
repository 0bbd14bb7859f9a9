import { randomFillSync } from 'node:crypto'

/** Crockford's base32 in lower case: no letter that is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const length = 16

/** Randomness is fetched for many ids at once: asking the system for it is most of the work. */
const pool = Buffer.alloc(length * 256)
let used = pool.length

/** A random id of 80 bits as 16 characters. It says nothing about what it names, not even when it was made. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let id = ''
  for (const byte of pool.subarray(used, used + length)) id += alphabet[byte & 31]
  used += length
  return id
}

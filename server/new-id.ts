import { randomBytes } from 'node:crypto'

/** Crockford's base32 in lower case: no letter that is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A random id of 80 bits as 16 characters. It says nothing about what it names, not even when it was made. */
export function newId(): string {
  const bytes = randomBytes(16)
  let id = ''
  for (const byte of bytes) id += alphabet[byte & 31]
  return id
}

/** Encrypts what identifies a person, and the seeds of lots, with AES-256-GCM. Format: 12 bytes nonce, 16 bytes tag, ciphertext. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { Failure } from '../failure.ts'

const nonceLength = 12
const tagLength = 16

export interface Sealer {
  /** Names the key without giving it away; stored beside what it sealed. */
  keyId: string
  /** Encrypts `value` as JSON; `owner` (a pseudonym) is authenticated with it, so that rows can't be swapped. */
  seal(value: unknown, owner: string): Buffer
  /** The sealed value. Throws a Failure when the key, the owner or the bytes are not the ones it was sealed with. */
  open(sealed: Buffer, owner: string): unknown
  /**
   * A mark of `words`: the same words have the same mark, and without the key nobody can make or test one. 128 bits of
   * HMAC-SHA256 over their JSON, in base64url, under a key of its own that HKDF-SHA256 derives.
   */
  mark(...words: string[]): string
}

/** `key`: 32 bytes. */
export function sealer(key: Buffer): Sealer {
  const keyId = createHash('sha256').update('nameting key id').update(key).digest('hex').slice(0, 12)
  const markKey = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'nameting marks', 32))
  return {
    keyId,
    mark: (...words) => createHmac('sha256', markKey).update(JSON.stringify(words)).digest().subarray(0, 16).toString('base64url'),
    seal(value, owner) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner))
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text])
    },
    open(sealed, owner) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
      decipher.setAAD(Buffer.from(owner)).setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
      try {
        return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()]).toString('utf8'))
      } catch {
        throw new Failure(
          `What is sealed for ${owner} cannot be opened: IDENTITY_KEY is not the key (${keyId}) that sealed it, or the row was changed.`,
        )
      }
    },
  }
}

/** The pair of keys of backups: the server has the half that closes one, whoever restores has the half that opens it. */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { Failure } from '../failure.ts'

export interface KeyPair {
  /** `age1...`: BACKUP_RECIPIENT. No secret. */
  recipient: string
  /** `AGE-SECRET-KEY-1...`: BACKUP_KEY. Whoever has it can read every backup made for the recipient. */
  key: string
}

/** A new pair of X25519 keys, as `age-keygen` makes them. */
export async function newKeyPair(): Promise<KeyPair> {
  const key = await generateX25519Identity()
  return { key, recipient: await identityToRecipient(key) }
}

/** What closes files for a recipient. Throws a Failure for what is no recipient. */
export function closerFor(recipient: string): Encrypter {
  const encrypter = new Encrypter()
  try {
    encrypter.addRecipient(recipient)
  } catch {
    throw new Failure(
      'BACKUP_RECIPIENT is no public key of age, or there is a typing mistake in it. `nameting backup-key` makes a pair, and prints it.',
    )
  }
  return encrypter
}

/** What opens files with a secret key, also when that stands among the comments of `age-keygen`. Throws a Failure for what is none. */
export function openerWith(text: string): Decrypter {
  const key = secretIn(text)
  const decrypter = new Decrypter()
  try {
    decrypter.addIdentity(key)
  } catch {
    throw new Failure(
      'BACKUP_KEY is no secret key of age: it begins with AGE-SECRET-KEY-1, and is in the file that `nameting backup-key` wrote.',
    )
  }
  return decrypter
}

/** The recipient that goes with a secret key. Throws like `openerWith`. */
export async function recipientOf(text: string): Promise<string> {
  openerWith(text)
  return await identityToRecipient(secretIn(text))
}

const secretIn = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#')) ?? ''

/**
 * By what somebody is found whose contact data nobody can read: keyed hashes of name, address and telephone number, of which every way
 * of writing the same has the same. They stand beside what is sealed, in identity.sqlite only, and go with it.
 */
import { parseAddress } from '../mail/address.ts'
import type { Sealer } from './sealing.ts'
import { dialled, parseTelephone } from './telephone.ts'

export const contactKinds = ['name', 'address', 'telephone'] as const
export type ContactKind = (typeof contactKinds)[number]

/** Letters that no decomposition takes apart into a letter of a-z and an accent. */
const plain: Record<string, string> = { ı: 'i', ł: 'l', ø: 'o', đ: 'd', ð: 'd', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' }

/** A name without capitals, accents, hyphens, apostrophes and spaces too many. */
export function plainName(name: string): string {
  const letters = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = [...letters].map((letter) => plain[letter] ?? letter).join('')
  return (
    words
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      // Of signs alone, as some write for a name that they do not give, the signs.
      .trim() || name.normalize('NFKC').trim()
  )
}

/** What somebody looks for, by how it is written: an address has an @, a number has no letters, all else is a name. */
export function kindOf(text: string): ContactKind {
  if (text.includes('@')) return 'address'
  return 'telephone' in parseTelephone(text) ? 'telephone' : 'name'
}

/** The mark of a name, address or telephone number; null for what is none. */
export function contactMark(sealer: Pick<Sealer, 'mark'>, kind: ContactKind, text: string): string | null {
  const word = wordOf(kind, text)
  return word === null ? null : sealer.mark('person', kind, word)
}

function wordOf(kind: ContactKind, text: string): string | null {
  if (kind === 'name') return plainName(text)
  if (kind === 'address') {
    const parsed = parseAddress(text)
    return 'address' in parsed ? parsed.address.toLowerCase() : null
  }
  const parsed = parseTelephone(text)
  return 'telephone' in parsed ? dialled(parsed.telephone) : null
}

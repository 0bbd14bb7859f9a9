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

/** What stands beside a name and is no part of it by which somebody is looked for: how they are addressed, titles, and small words between. */
const beside = new Set(
  [
    'heer meneer mijnheer dhr hr mevrouw mevr mw mej juffrouw familie fam gezin',
    'mr mrs ms miss sir madam herr frau pan pani bay bayan sayin',
    'dr drs ir ing prof bc ba bsc ma msc phd',
    'van von vom zu zum zur de der den het ten ter te op aan in uit bij onder over voor tot',
    'la le les du des di da do dos del della el al ibn bin bint',
  ].flatMap((words) => words.split(' ')),
)

/**
 * The parts of a name by which somebody is looked for, each once, as `plainName` writes them, in their order: first names and surnames, and no
 * initials. Of a name that has nothing else, all its words. Never empty, but for a name of nothing.
 */
export function nameParts(name: string): string[] {
  const words = plainName(name).split(' ').filter(Boolean)
  const own = words.filter((word) => !beside.has(word) && !/^[a-z]$/.test(word))
  return [...new Set(own.length > 0 ? own : words)]
}

/** The marks of the parts of a name, in their order. */
export const partMarks = (sealer: Pick<Sealer, 'mark'>, name: string): string[] =>
  nameParts(name).map((part) => sealer.mark('person', 'part', part))

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

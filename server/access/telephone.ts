/** Telephone numbers: what is taken for one, and how it is dialled. Pure. */

/** Digits of a number that somebody can be reached at, with its country (E.164 has fifteen at most). */
const digits = { fewest: 8, most: 15 }
/** Numbers are written as people in the Netherlands write them: one that begins with a single 0 is Dutch. */
const homeCountry = '+31'

export type ParsedTelephone = { telephone: string } | { reason: string }

/**
 * Takes a number as people write it: digits, with spaces, points, hyphens, slashes and brackets between them, beginning with 0 or +.
 * It comes back as it was written, without what surrounds it. `reason` says in one line what is wrong and what to do, in English.
 */
export function parseTelephone(text: string): ParsedTelephone {
  const written = text.trim()
  if (!/^[+(]?[\d ()./-]+$/.test(written) || written.length > 40)
    return { reason: 'a telephone number is digits, with spaces or hyphens between them, for example 06 00000000' }
  const count = written.replaceAll(/\D/g, '').length
  if (count < digits.fewest || count > digits.most) return { reason: `a telephone number has ${digits.fewest} to ${digits.most} digits` }
  // A spreadsheet takes the leading zero away, and nobody notices until somebody dials.
  if (!/^\(?[0+]/.test(written)) return { reason: 'a telephone number begins with 0 or +: a spreadsheet may have taken the 0 away' }
  return { telephone: written }
}

/** How a number is dialled from anywhere, `+31600000000`: the same for every way in which it is written. */
export function dialled(telephone: string): string {
  // +31 (0)6: the zero in brackets is dialled only without what stands before it.
  const bare = telephone
    .trim()
    .replace(/^(\+|00)([\d ]+)\(0\)/, '$1$2')
    .replaceAll(/[^\d+]/g, '')
  if (bare.startsWith('+')) return bare
  return bare.startsWith('00') ? `+${bare.slice(2)}` : `${homeCountry}${bare.replace(/^0/, '')}`
}

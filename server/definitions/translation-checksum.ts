/** By what a response remembers in which words a list was shown. */
import { createHash } from 'node:crypto'
import type { Translation } from '../../instruments/translation.ts'
import { checksumOf } from './checksums.ts'

/**
 * Of one translation the sha256 of its file's canonical JSON, as `check --json` lists it. Of several, an instrument's own and those
 * of its parts, the sha256 of theirs, one a line in the order of the alphabet. Null of none.
 */
export function translationChecksum(translations: readonly Translation[]): string | null {
  const [first = null, ...others] = translations.map(checksumOf).sort()
  return others.length === 0
    ? first
    : createHash('sha256')
        .update([first, ...others].join('\n'))
        .digest('hex')
}

/** Texts that come from a definition: in the reader's language where there is a translation, else visibly in another. */
import type { Localized } from '../../instruments/definition.ts'

/** A text and the language it is really in, so that a screen reader pronounces it as such. */
export interface Words {
  text: string
  language: string
}

/** `text` in `language`, or in Dutch, or in whichever language there is. */
export function wordsIn(text: Localized | Record<string, string>, language: string): Words {
  const found = [language, 'nl', ...Object.keys(text)].find((candidate) => text[candidate])
  return { text: found === undefined ? '' : (text[found] ?? ''), language: found ?? language }
}

/** Languages that are written from right to left. */
const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'ckb', 'ps'])

export const directionOf = (language: string): 'ltr' | 'rtl' => (rightToLeft.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr')

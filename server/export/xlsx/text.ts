/** Text in the XML of a workbook. */

/** Characters of a cell, counted in UTF-16 as Excel counts. */
export const longestText = 32_767

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot have
const special = /[&<>"\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/g
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * Escapes what XML cannot have or would change as Office does, `_x000B_`; also what looks like such an escape. Half a surrogate
 * pair becomes U+FFFD, as it does in UTF-8.
 */
export function xmlText(text: string): string {
  return text.toWellFormed().replace(special, (character) => entities[character] ?? hexadecimal(character))
}

const hexadecimal = (character: string): string => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

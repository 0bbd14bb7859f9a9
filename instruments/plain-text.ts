/** Texts of `html` elements as paragraphs of plain text: markup in a definition is never run, only read past. */

/** Splits at paragraphs, line breaks, list items, headings and blank lines; takes out every other tag; decodes the usual entities. */
export function paragraphsOf(markup: string): string[] {
  return markup
    .replace(/<(script|style)\b[^>]*>[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replace(/<\/?(p|div|li|ul|ol|br|h[1-6])\b[^>]*>/gi, '\n\n')
    .replace(/<[a-z/!][^>]*>/gi, '')
    .split(/\n\s*\n/)
    .map((paragraph) => decode(paragraph).replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', amp: '&' }

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}

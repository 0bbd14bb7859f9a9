import fc from 'fast-check'

/** Any code point, half a pair too. What fast-check has for it keeps a table of all million of them, which takes a second to make. */
export const anySign = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code))

import fc from 'fast-check'

/** Any character. What fast-check has for it keeps a table of all million of them, which takes a second to make. */
export const anySign = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  // Halves of pairs are no characters.
  .map((place) => String.fromCodePoint(place < 0xd800 ? place : place + 0x800))

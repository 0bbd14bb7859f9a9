/** Text in pieces that fit in so many bytes of UTF-8; no character is split. */

/**
 * `text` as pieces of at most `longest` bytes, which together are `text`; none for an empty one. A piece does not end in a space
 * where that can be helped, since SPSS takes spaces at the end of a text for padding.
 */
export function pieces(text: string, longest: number): Buffer[] {
  const found: Buffer[] = []
  let rest: Buffer = Buffer.from(text, 'utf8')
  while (rest.length > longest) {
    const end = lastNonSpace(rest, boundary(rest, longest))
    found.push(rest.subarray(0, end))
    rest = rest.subarray(end)
  }
  if (rest.length > 0) found.push(rest)
  return found
}

/** The beginning of `text` with a mark that there is more, or all of it when it has at most `longest` bytes. */
export function shortened(text: string, longest: number): string {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length <= longest) return text
  return `${bytes.subarray(0, boundary(bytes, longest - Buffer.byteLength('…'))).toString('utf8')}…`
}

/** The last place at or before `end` where a character begins. */
function boundary(bytes: Buffer, end: number): number {
  let place = end
  while (place > 0 && ((bytes[place] ?? 0) & 0xc0) === 0x80) place -= 1
  return place
}

/** The last place at or before `end` after something that is no space; `end` itself where there is nothing else. */
function lastNonSpace(bytes: Buffer, end: number): number {
  let place = end
  while (place > 0 && bytes[place - 1] === 0x20) place -= 1
  return place === 0 ? end : place
}

/** What differs between two texts, word by word. Pure. */

export interface Piece {
  /** `old` is only in the first text, `new` only in the second. */
  kind: 'both' | 'old' | 'new'
  text: string
}

/** The pieces of both texts in order: without `new` they make the first text, without `old` the second. */
export function textDifferences(before: string, after: string): Piece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const start = sharedFrom(old, now)
  const end = Math.min(sharedFrom(old.toReversed(), now.toReversed()), old.length - start, now.length - start)
  const middle = between(old.slice(start, old.length - end), now.slice(start, now.length - end))
  return joined([
    ...old.slice(0, start).map((text) => ({ kind: 'both' as const, text })),
    ...middle,
    ...old.slice(old.length - end).map((text) => ({ kind: 'both' as const, text })),
  ])
}

/** Words, and what stands between them. */
const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? []

function sharedFrom(one: readonly string[], other: readonly string[]): number {
  const first = one.findIndex((word, index) => word !== other[index])
  return first === -1 ? one.length : first
}

/** By the longest row of words that both have. */
function between(old: readonly string[], now: readonly string[]): Piece[] {
  const width = now.length + 1
  // longest[i * width + j]: how many words old from i on and now from j on have in common.
  const longest = new Uint16Array((old.length + 1) * width)
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    const [was, is] = [old[i], now[j]]
    if (was !== undefined && was === is) {
      pieces.push({ kind: 'both', text: was })
      i += 1
      j += 1
    } else if (was !== undefined && (is === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: 'old', text: was })
      i += 1
    } else {
      pieces.push({ kind: 'new', text: is ?? '' })
      j += 1
    }
  }
  return pieces
}

/** Neighbours of one kind as one piece. */
function joined(pieces: readonly Piece[]): Piece[] {
  const made: Piece[] = []
  for (const { kind, text } of pieces) {
    const last = made.at(-1)
    if (last?.kind === kind) last.text += text
    else made.push({ kind, text })
  }
  return made
}

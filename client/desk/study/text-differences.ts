/** What differs between two texts, word by word, with what stands between them. Pure. */
import { diffArrays } from 'diff'

export interface Piece {
  /** `old` is only in the first text, `new` only in the second. */
  kind: 'both' | 'old' | 'new'
  text: string
}

/** The pieces of both texts in order: without `new` they make the first text, without `old` the second. */
export function textDifferences(before: string, after: string): Piece[] {
  return diffArrays(wordsOf(before), wordsOf(after)).map(({ added, removed, value }) => ({
    kind: removed ? 'old' : added ? 'new' : 'both',
    text: value.join(''),
  }))
}

const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? []

/**
 * The measures of every figure, in units of its viewBox. A figure is drawn as narrow as a phone, and grows with its page: then its
 * text can be read on both.
 */
export const width = 420
export const letter = 12.5
/** About how wide a letter is. */
const letterWidth = letter * 0.53
export const lineHeight = letter * 1.2

/** Words over as many lines as it takes, none wider than `room`; a word that is too long by itself stays whole. */
export function wrapped(text: string, room: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} ${word}`) <= room) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

export const widthOf = (text: string): number => text.length * letterWidth

/**
 * Heights of labels that lie `apart` at least and as near to where they want to be as that allows, between `top` and `bottom`; in the
 * order in which they were given.
 */
export function spread(wanted: readonly { at: number; high: number }[], top: number, bottom: number): number[] {
  const order = wanted.map((one, index) => ({ ...one, index })).sort((a, b) => a.at - b.at)
  let free = top
  const placed = order.map((one) => {
    const at = Math.max(one.at, free + one.high / 2)
    free = at + one.high / 2
    return { ...one, at }
  })
  let last = Math.max(bottom, top + wanted.reduce((sum, { high }) => sum + high, 0))
  for (const one of placed.toReversed()) {
    one.at = Math.min(one.at, last - one.high / 2)
    last = one.at - one.high / 2
  }
  return placed.sort((a, b) => a.index - b.index).map(({ at }) => at)
}

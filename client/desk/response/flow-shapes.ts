/** How the flow of families is drawn: one bar of all who came in, and from it a stream to what became of them. Pure. */

export interface Stream<Key extends string> {
  key: Key
  cases: number
  /** Where it leaves the bar, and where it arrives, from the top. */
  from: number
  to: number
  /** As thick as there are families. */
  thick: number
}

/** Streams one under the other, with `gap` between where they arrive, in a figure of `height`. What nobody is in is left out. */
export function streams<Key extends string>(parts: readonly { key: Key; cases: number }[], height: number, gap: number): Stream<Key>[] {
  const drawn = parts.filter(({ cases }) => cases > 0)
  const total = drawn.reduce((sum, { cases }) => sum + cases, 0)
  const room = height - gap * Math.max(drawn.length - 1, 0)
  let [from, to] = [(height - room) / 2, 0]
  return drawn.map(({ key, cases }) => {
    const thick = (cases / total) * room
    const stream = { key, cases, from, to, thick }
    from += thick
    to += thick + gap
    return stream
  })
}

/** The outline of a stream between two upright lines. */
export function outline({ from, to, thick }: Pick<Stream<string>, 'from' | 'to' | 'thick'>, left: number, right: number): string {
  const middle = (left + right) / 2
  const edge = (begin: number, end: number, x: number): string => `C${middle} ${begin} ${middle} ${end} ${x} ${end}`
  return `M${left} ${from}${edge(from, to, right)}V${to + thick}${edge(to + thick, from + thick, left)}Z`
}

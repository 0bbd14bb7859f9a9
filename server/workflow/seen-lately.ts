/** What somebody saw a moment ago: an open page that looks again by itself is no news. Kept in memory; after a start it is told once more. */

/** So long is a second look the same one. */
const aWhile = 15 * 60_000
/** Beyond so many the old ones are let go. */
const many = 10_000

export interface SeenLately {
  has(what: string, now: string): boolean
  note(what: string, now: string): void
}

export function seenLately(): SeenLately {
  const seen = new Map<string, number>()
  const isLately = (then: number | undefined, now: string): boolean => {
    const passed = Date.parse(now) - (then ?? Number.NaN)
    return passed >= 0 && passed < aWhile
  }
  return {
    has: (what, now) => isLately(seen.get(what), now),
    note(what, now) {
      if (seen.size >= many) for (const [one, then] of seen) if (!isLately(then, now)) seen.delete(one)
      seen.set(what, Date.parse(now))
    },
  }
}

/** How many had come by each of so many steps, and what share of all that is. */
export interface Reached {
  /** By step; null where it is not told. */
  counts: (number | null)[]
  /** Per cent of all, not rounded; null where it is not told. */
  shares: (number | null)[]
}

/** The step at which somebody came (from 0), or null; and of which family they are. */
export interface Came {
  step: number | null
  family: unknown
}

/**
 * Of each who was asked. With `maskBelow` no count, and no difference of two counts that are told, is of 1 to `maskBelow` - 1 families: a
 * step is left out where too few came since the last one that is told, or too few would come after it.
 */
export function cumulative(asked: readonly Came[], steps: number, maskBelow: number | null): Reached {
  const at = Array.from({ length: steps }, (): unknown[] => [])
  for (const { step, family } of asked) if (step !== null) at[step]?.push(family)
  const isFew = (families: readonly unknown[]): boolean => {
    const { size } = new Set(families)
    return maskBelow !== null && size > 0 && size < maskBelow
  }
  let total = 0
  let since: unknown[] = []
  const counts = at.map((came, step) => {
    total += came.length
    since = [...since, ...came]
    if (since.length > 0 && (isFew(since) || (maskBelow !== null && isFew(at.slice(step + 1).flat())))) return null
    since = []
    return total
  })
  const shares = counts.map((count) => (count === null || asked.length === 0 ? null : (100 * count) / asked.length))
  return { counts, shares }
}

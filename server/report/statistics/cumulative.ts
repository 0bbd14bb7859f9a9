/** How many had come by each of so many steps, and what share of all that is. */
export interface Reached {
  /** By step; null where it is not told. */
  counts: (number | null)[]
  /** Per cent of all, not rounded; null where either is not told. */
  shares: (number | null)[]
  /** Whether it may be told of how many all of this is. */
  isWholeTold: boolean
}

/**
 * `came`: of each who was asked, the step at which they came (from 0), or null. With `maskBelow` nothing tells of 1 to `maskBelow` - 1
 * people: neither a count, nor the difference of two counts that are told, nor how many are left of all.
 */
export function cumulative(came: readonly (number | null)[], steps: number, maskBelow: number | null): Reached {
  const at = new Array<number>(steps).fill(0)
  for (const step of came) if (step !== null && step < steps) at[step] = (at[step] as number) + 1
  const isFew = (count: number): boolean => maskBelow !== null && count > 0 && count < maskBelow
  let [total, told] = [0, 0]
  const counts = at.map((count) => {
    total += count
    if (isFew(total - told)) return null
    told = total
    return total
  })
  // All less the last count that is told.
  const isWholeTold = !isFew(came.length) && !isFew(came.length - told)
  const shares = counts.map((count) => (count === null || !isWholeTold || came.length === 0 ? null : (100 * count) / came.length))
  return { counts, shares, isWholeTold }
}

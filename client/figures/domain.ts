/** From where to where an axis goes: all values with room around them, and not beyond what the measure can be. */
export function domainOf(values: readonly number[], range: readonly [number | null, number | null] | null): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = (high - low || Math.abs(high) || 1) * 0.08
  const [least, most] = range ?? [null, null]
  // Where zero is near, it is shown: a cut axis makes differences look larger than they are.
  const from = low >= 0 && (least === 0 || low < (high - low) * 2) ? 0 : low - room
  return [Math.max(from, least ?? Number.NEGATIVE_INFINITY), Math.min(high + room, most ?? Number.POSITIVE_INFINITY)]
}

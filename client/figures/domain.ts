/** From where to where an axis goes: all values with room around them, which ends where the measure does; intervals may go beyond. */
export function domainOf(values: readonly number[], range: readonly [number | null, number | null] | null): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = (high - low || Math.abs(high) || 1) * 0.08
  const [least, most] = range ?? [null, null]
  // Where zero is near, it is shown: a cut axis makes differences look larger than they are.
  const from = low >= 0 && (least === 0 || low < (high - low) * 2) ? 0 : low - room
  return [
    least !== null && low >= least ? Math.max(from, least) : Math.min(from, low - room),
    most !== null && high <= most ? Math.min(high + room, most) : high + room,
  ]
}

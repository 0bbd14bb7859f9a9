/** Neighbours two by two, in their order; of an odd number the last three. Which ones does not depend on how many people they tell of. */
export function inPairs(parts: readonly number[]): number[][] {
  if (parts.length < 4) return [[...parts]]
  return [parts.slice(0, 2), ...inPairs(parts.slice(2))]
}

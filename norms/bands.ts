/** How a standard score is called. */
import type { Scale } from '../instruments/schema.ts'
import type { Band, BandSet } from './schema.ts'

/**
 * The band of `z`, read in the bad direction: the last one whose edge is not beyond the distance from 0.
 * Null for a scale of which neither end is bad. `z` has two decimals, like the edges.
 */
export function bandOf({ bands }: BandSet, worse: Scale['worse'], z: number): Band | null {
  if (worse === null) return null
  const distance = worse === 'high' ? z : -z
  return bands.findLast(({ from }) => from === null || from <= distance) ?? null
}

/** A random sample of cases: who can be drawn, and in which order they are. */
import type { Sample } from './design-schema.ts'
import { type Draw, shuffled } from './shuffle.ts'

/** Whether a case can be drawn into a sample. */
export const isEligible = ({ arms, cohorts }: Sample, { arm, cohort }: { arm: string; cohort: string }): boolean =>
  (arms?.includes(arm) ?? true) && (cohorts?.includes(cohort) ?? true)

/**
 * The codes of the eligible cases in the order of the draw: the first are the sample, the next its reserves. The order in
 * which they are given makes no difference.
 */
export const orderOfDraw = (codes: readonly string[], draw: Draw): string[] => shuffled(codes.toSorted(), draw)

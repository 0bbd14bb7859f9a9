/**
 * Where the invented answers tend to: the means and spreads that the report prints, so that a demonstration looks like a study
 * of such families. Spreads and follow-up means that it does not print are ours, and marked so.
 */
import type { Instrument, Scale } from '../../instruments/schema.ts'
import { normal, type Random } from './random.ts'

interface Tendency {
  /** Whether mean and sd are of the standard score or of the raw score. */
  unit: 'z' | 'raw'
  mean: number
  sd: number
}

const z = (mean: number, sd: number): Tendency => ({ unit: 'z', mean, sd })
const raw = (mean: number, sd: number): Tendency => ({ unit: 'raw', mean, sd })

/** By instrument, scale and wave. */
const tendencies: Record<string, Record<string, Record<string, Tendency>>> = {
  // Table 3.3, both groups together; the spread of reasons in the CVC is ours.
  frek: { problems_number: { T0: raw(1.61, 0.8) } },
  cvc: { reasons_child: { T0: raw(2, 1.2) }, reasons_family: { T0: raw(2.3, 1.2) } },
  // Tables 6.1 to 6.3.
  'zap-kort': {
    child: { T0: raw(2.83, 2.01), FU3: raw(2.02, 2.1), FU9: raw(1.87, 1.92) },
    family: { T0: raw(1.68, 1.1), FU3: raw(0.96, 1.05), FU9: raw(0.7, 0.82) },
    wider: { T0: raw(1.51, 1.44), FU3: raw(0.83, 1.06), FU9: raw(0.87, 1.1) },
  },
  // Mean: table 3.6. Spread ours: about half of the families below 0.80 and a quarter above 1.96, as that table has it.
  nosik: { total: { T0: z(0.91, 1.35) } },
  // Table 3.7.
  'nosi-b': {
    family: { T0: raw(1.69, 1.22) },
    work: { T0: raw(0.5, 0.81) },
    finance: { T0: raw(0.94, 0.92) },
    health: { T0: raw(0.5, 0.78) },
    other: { T0: raw(1.53, 1.44) },
  },
  // Table 7.2.
  veo: { total: { T0: z(-0.98, 1.38), FU3: z(-0.99, 1.44), FU9: z(-0.59, 0.94) } },
  // Means at T0: table 3.9. The spread and the later means are ours, after the bands of tables 3.9 and 7.3.
  pul: {
    autonomy: { T0: z(-0.36, 1.15), FU3: z(-0.35, 1.1), FU9: z(-0.25, 1) },
    social_optimism: { T0: z(-0.39, 1.15), FU3: z(-0.4, 1.2), FU9: z(-0.2, 0.9) },
  },
  // Tables 6.4, 7.4, 8.1 and 8.2.
  'succint-referrer': {
    safety: { FU3: raw(9.76, 5.15), FU9: raw(11.04, 4.65) },
    support: { FU3: raw(10.03, 3.25), FU9: raw(8.92, 3.11) },
    regie: { FU3: raw(3.85, 1.2), FU9: raw(3.92, 1.58) },
    load: { FU3: raw(6.29, 2.83), FU9: raw(5.92, 2.43) },
    capacity: { FU3: raw(5.03, 2.29), FU9: raw(4.88, 2.78) },
  },
  'succint-informant': {
    safety: { FU3: raw(8.38, 5.34), FU9: raw(9.57, 6.53) },
    support: { FU3: raw(8.41, 3.02), FU9: raw(9.21, 4.21) },
    regie: { FU3: raw(3.75, 1.44), FU9: raw(4.9, 1.73) },
  },
}

/** How somebody is doing, in standard deviations above the mean of these families; it lasts from wave to wave. */
export type Standing = number

/** Mean and sd of the norm group of one scale, or undefined where a scale has no norm. */
export type NormOf = (scale: string) => { mean: number; sd: number } | undefined

/**
 * The raw score to aim at on each scale that the report says something about.
 * Four fifths of the distance from the mean are the person's standing, the rest is the day's; who does better has less of what is worse when high.
 */
export function aimsOf(instrument: Instrument, wave: string, standing: Standing, normOf: NormOf, random: Random): Record<string, number> {
  return Object.fromEntries(
    instrument.scales.flatMap((scale): [string, number][] => {
      const tendency = tendencies[instrument.id]?.[scale.id]?.[wave]
      const norm = tendency?.unit === 'z' ? normOf(scale.id) : { mean: 0, sd: 1 }
      if (!tendency || !norm) return []
      const distance = directionOf(scale) * (0.8 * standing + 0.6 * normal(random))
      const wanted = norm.mean + norm.sd * (tendency.mean + tendency.sd * distance)
      const [lowest, highest] = scale.range
      return [[scale.id, Math.min(highest, Math.max(lowest, wanted))]]
    }),
  )
}

const directionOf = ({ worse }: Scale): number => (worse === 'high' ? -1 : 1)

/** Families of a prospective study as they remember themselves what happened to them: a ledger to hold beside what the desk counts. */
import { type Random, shuffled } from '../../server/demo/random.ts'

export type Wave = 'T0' | 'FU3' | 'FU9'
export const waves: Wave[] = ['T0', 'FU3', 'FU9']

export const ways = [
  'declines at the desk',
  'withdraws at the desk',
  'declines by the link',
  'withdraws by the link',
  'has all removed',
] as const
export type Way = (typeof ways)[number]

/** What is drawn for a family, in days of the study, and what has happened. */
export interface LedgerFamily {
  code: string
  arm: 'conference' | 'non-conference'
  hasReferrer: boolean
  /** When it is registered, and when the date of the conference or the decision becomes known. */
  comes: number
  dated: number
  stops: { on: number; way: Way } | undefined
  /** Of one that was registered a second time: when it is taken out of the study, and when it is put back. Nobody answers there. */
  double: { of: string; out: number; back: number } | undefined
  isOut: boolean
  answers: { wave: Wave; on: number }[]
  isDated: boolean
  said: 'active' | 'refused' | 'withdrew'
  /** Waves in which the parent was asked or would have been, whatever became of it. */
  planned: Set<Wave>
  /** Lists that the parent completed. */
  completed: Map<Wave, Set<string>>
}

/** 63 families, 40 of them on the first day, of whom 9 stop, and 5 of which are registered twice; weeks begin at multiples of 7. */
export function drawFamilies(random: Random): LedgerFamily[] {
  const upTo = (count: number): number => Math.floor(random() * count)
  const all = Array.from({ length: 63 }, (_, index): LedgerFamily => {
    const comes = index < 40 ? 0 : 7 * upTo(8)
    const dated = comes + 10 + upTo(40)
    const answers = { T0: comes + upTo(30), FU3: dated + 95 + upTo(45), FU9: dated + 280 + upTo(45) }
    return {
      code: `F-${String(index + 1).padStart(3, '0')}`,
      arm: random() < 0.7 ? 'conference' : 'non-conference',
      hasReferrer: random() < 0.4,
      comes,
      dated,
      stops: undefined,
      double: undefined,
      isOut: false,
      answers: waves.filter(() => random() < 0.65).map((wave) => ({ wave, on: answers[wave] })),
      isDated: false,
      said: 'active',
      planned: new Set(),
      completed: new Map(),
    }
  })
  for (const family of shuffled(random, all).slice(0, 9))
    family.stops = { on: family.comes + 5 + upTo(360), way: ways[upTo(ways.length)] ?? 'withdraws at the desk' }
  const doubles = shuffled(random, all)
    .slice(0, 5)
    .map((family): LedgerFamily => {
      const out = family.comes + upTo(150)
      // Some by mistake, others for good.
      const double = { of: family.code, out, back: random() < 0.4 ? out + 7 + upTo(150) : Number.POSITIVE_INFINITY }
      return { ...family, code: `${family.code}-TWICE`, answers: [], stops: undefined, double, planned: new Set(), completed: new Map() }
    })
  return [...all, ...doubles]
}

/** What the data set gives where something is printed: worked out from what each list is to say, by no code that the report uses. */
import type { Definitions } from '../../../server/definitions/load.ts'
import { families, sexOf } from './people.ts'
import { eventScales, type Place, sumOf } from './published.ts'
import { optionsOf, type Wanted } from './wanted.ts'

export interface Figures {
  n: number
  /** Not rounded. */
  mean: number
  /** With n - 1, not rounded. */
  sd: number
  lowest: number
  highest: number
}

export function figuresOf(values: readonly number[]): Figures {
  const mean = sumOf(values) / values.length
  const squares = sumOf(values.map((value) => (value - mean) ** 2))
  return { n: values.length, mean, sd: Math.sqrt(squares / (values.length - 1)), lowest: Math.min(...values), highest: Math.max(...values) }
}

const armOf = new Map(families.map(({ code, arm }) => [code, arm]))

/** The lists that a printed figure is about. */
export const listsAt = (wanted: readonly Wanted[], { instrument, wave, arm }: Place): Wanted[] =>
  wanted.filter((list) => list.instrument === instrument && list.wave === wave && (arm === null || armOf.get(list.code) === arm))

/** Valid raw scores of a scale. */
export const rawScores = (wanted: readonly Wanted[], place: Place): number[] =>
  listsAt(wanted, place).flatMap((list) => rawScore(list, place.of) ?? [])

/** The raw score of a list, undefined where it is to be left open. */
export function rawScore({ instrument, aims, answers }: Wanted, scale: string): number | undefined {
  if (instrument === 'frek') return (answers.problems as number[]).length
  if (instrument === 'nosi-b' && scale === 'categories') return eventScales.filter((one) => (aims[one] ?? 0) > 0).length
  if (instrument === 'zap-kort' && scale === 'total') return sumOf(Object.values(aims))
  return aims[scale]
}

/** z's with two decimals, and their bands. */
export function standardScores(definitions: Definitions, wanted: readonly Wanted[], place: Place): { z: number; band: string }[] {
  return listsAt(wanted, place).map((list) => {
    const raw = rawScore(list, place.of)
    const option = optionsOf(definitions, place, { sex: sexOf(list.code) }).find((one) => one.raw === raw)
    if (!option) throw new RangeError(`${list.code} has no ${place.instrument} at ${place.wave}`)
    return { z: option.z / 100, band: option.band }
  })
}

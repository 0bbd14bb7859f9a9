import { normalQuantile } from './distributions.ts'
import { type Interval, type Refused, tailOf } from './outcome.ts'

/** So many of so many. */
export interface Part {
  count: number
  of: number
}

export interface Proportion extends Part {
  /** count / of, from 0 to 1. */
  estimate: number
  interval: Interval
}

/**
 * A proportion with the score interval of Wilson, Journal of the American Statistical Association 22 (1927), 209-212, without
 * continuity correction; never outside 0 and 1. Refused when there is nobody.
 *
 *     (count + z^2/2 +- z sqrt(count (of - count) / of + z^2/4)) / (of + z^2)
 */
export function proportion({ count, of }: Part, level = 0.95): Proportion | Refused {
  const z = normalQuantile(tailOf(level))
  for (const number of [count, of]) if (!(Number.isInteger(number) && number >= 0)) throw new RangeError(`A count is not ${number}`)
  if (count > of) throw new RangeError(`${count} is more than all ${of}`)
  if (of === 0) return { refused: 'too-few', n: 0, needed: 1 }
  const half = z * Math.sqrt((count * (of - count)) / of + z ** 2 / 4)
  const middle = count + z ** 2 / 2
  const from = count === 0 ? 0 : (middle - half) / (of + z ** 2)
  const to = count === of ? 1 : (middle + half) / (of + z ** 2)
  return { count, of, estimate: count / of, interval: { level, from, to } }
}

export interface ProportionDifference {
  first: Proportion
  second: Proportion
  /** first - second. */
  estimate: number
  interval: Interval
}

/**
 * The difference of the proportions of two groups of different people, with the interval of R.G. Newcombe, Statistics in Medicine 17
 * (1998), 873-890, method 10, which joins the two score intervals:
 *
 *     d - sqrt((p1 - l1)^2 + (u2 - p2)^2)  to  d + sqrt((u1 - p1)^2 + (p2 - l2)^2)
 */
export function proportionDifference(first: Part, second: Part, level = 0.95): ProportionDifference | Refused {
  const one = proportion(first, level)
  if ('refused' in one) return { ...one, group: 0 } as Refused
  const other = proportion(second, level)
  if ('refused' in other) return { ...other, group: 1 } as Refused
  const estimate = one.estimate - other.estimate
  const from = estimate - Math.hypot(one.estimate - one.interval.from, other.interval.to - other.estimate)
  const to = estimate + Math.hypot(one.interval.to - one.estimate, other.estimate - other.interval.from)
  return { first: one, second: other, estimate, interval: { level, from, to } }
}

/** Care points at the start (table 3.4): the three kinds are those of the groups in 6.1-6.3, and each file's total is their sum. */
import { type Random, wholeBetween } from '../../../server/demo/random.ts'
import { type Printed, roundedTo, sumsOf } from './attainable.ts'

/** Points of one file: child functioning, family, wider environment. */
export type Points = [child: number, family: number, wider: number]

/**
 * The same points in other files of the same group, so that the totals of all files give the printed line. Two files of a group exchange
 * points of a kind, when that does not bring the spread of the totals further away. Throws a RangeError when it does not arrive.
 */
export function pointsWith(files: readonly Points[], groupOf: (index: number) => string, total: Printed, random: Random): Points[] {
  const points = files.map((one): Points => [...one])
  const sum = points.flat().reduce((a, b) => a + b, 0)
  if (!sumsOf(total, total.n).includes(sum)) throw new RangeError(`Totals add up to ${sum}, which is not the printed mean`)
  let distance = distanceOf(points, total)
  for (let step = 0; distance > 0; step++) {
    if (step === 200_000) throw new RangeError('Found no totals with the printed spread')
    const [one, other] = [wholeBetween(random, 0, points.length - 1), wholeBetween(random, 0, points.length - 1)]
    if (groupOf(one) !== groupOf(other)) continue
    const kind = wholeBetween(random, 0, 2)
    exchange(points, one, other, kind)
    const moved = distanceOf(points, total)
    if (moved <= distance) distance = moved
    else exchange(points, one, other, kind)
  }
  return points
}

function exchange(points: Points[], one: number, other: number, kind: number): void {
  const [a, b] = [points[one], points[other]]
  if (a && b) [a[kind], b[kind]] = [b[kind] as number, a[kind] as number]
}

/** 0 when the totals have the printed range and spread. */
function distanceOf(points: readonly Points[], { n, sd, range: [lowest, highest] }: Printed): number {
  const totals = points.map(([child, family, wider]) => child + family + wider)
  const sum = totals.reduce((a, b) => a + b, 0)
  const squares = totals.reduce((a, b) => a + b ** 2, 0)
  const outside = totals.reduce((beyond, total) => beyond + Math.max(0, lowest - total, total - highest), 0)
  const ends = Number(!totals.includes(lowest)) + Number(!totals.includes(highest))
  const spread = roundedTo(sd, { n, sum, squares }) === 'once' ? 0 : Math.abs(Math.sqrt((squares - sum ** 2 / n) / (n - 1)) - sd)
  return spread + outside + ends / 10
}

/** Two groups that are printed with what they are together. */
import { type Attainable, attainableAt, numbersWith, type Printed, roundedTo, sumsOf } from './attainable.ts'

export interface Groups<Value> {
  conference: Value
  'non-conference': Value
}

/**
 * Numbers of both groups that give their printed lines, and that of both together where it is printed, with as few standard deviations
 * rounded twice as can be. Throws a RangeError when there are none.
 */
export function groupsWith(lines: Groups<Printed>, total?: Printed): Groups<number[]> {
  const others = attainableAt(lines['non-conference'], lines['non-conference'].n)
  const pairs = attainableAt(lines.conference, lines.conference.n).flatMap((one) =>
    others.flatMap((other) => {
      const together = total ? roundedTogether(one, other, total) : 'once'
      return together ? [{ one, other, twice: [one.rounded, other.rounded, together].filter((rounded) => rounded === 'twice').length }] : []
    }),
  )
  const [best] = pairs.sort((a, b) => a.twice - b.twice)
  if (!best) throw new RangeError(`No numbers of two groups give ${JSON.stringify({ ...lines, total })}`)
  return {
    conference: numbersWith(best.one, lines.conference.range) ?? [],
    'non-conference': numbersWith(best.other, lines['non-conference'].range) ?? [],
  }
}

function roundedTogether(one: Attainable, other: Attainable, total: Printed): Attainable['rounded'] | undefined {
  const [n, sum, squares] = [one.n + other.n, one.sum + other.sum, one.squares + other.squares]
  return n === total.n && sumsOf(total, n).includes(sum) ? roundedTo(total.sd, { n, sum, squares }) : undefined
}

/**
 * Where a continuous function is 0 between two places at which it has different signs, to the last digits of a double: the method
 * of T.R. Chandrupatla, Advances in Engineering Software 28 (1997), 145-149. It takes a parabola through three points where that is
 * safe, and the middle where it is not. Throws a RangeError when the signs are the same.
 */
export function root(of: (x: number) => number, from: number, to: number): number {
  let [a, b] = [to, from]
  let [fa, fb] = [of(a), of(b)]
  if (fa === 0) return a
  if (fb === 0) return b
  if (fa > 0 === fb > 0) throw new RangeError(`There is no root to be found between ${from} and ${to}`)
  let [c, fc] = [a, fa]
  let share = 0.5
  for (let step = 0; step < 200; step++) {
    const x = a + share * (b - a)
    const fx = of(x)
    if (fx > 0 === fa > 0) [c, fc] = [a, fa]
    else [c, b, fc, fb] = [b, a, fb, fa]
    a = x
    fa = fx
    const [best, atBest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb]
    const smallest = (Math.abs(best) * 2e-16 + 1e-300) / Math.abs(b - a)
    if (atBest === 0 || smallest > 0.5) return best
    const xi = (a - b) / (c - b)
    const phi = (fa - fb) / (fc - fb)
    const safe = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi
    const guess = safe ? (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb)) : 0.5
    share = Math.min(1 - smallest, Math.max(smallest, guess))
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b
}

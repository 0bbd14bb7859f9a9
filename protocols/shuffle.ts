/** Putting things into an order by chance. The chance is an argument: the same draws give the same order. */

/** A source of chance: a whole number from 0 to `below` - 1, each as likely as any other. `below` is at least 1. */
export type Draw = (below: number) => number

/**
 * The same elements in another order, each order as likely as any other as long as the draws are: Durstenfeld's version of
 * the method of Fisher and Yates (Communications of the ACM 7 (1964), algorithm 235).
 */
export function shuffled<T>(elements: readonly T[], draw: Draw): T[] {
  const order = [...elements]
  for (let last = order.length - 1; last > 0; last--) {
    const other = draw(last + 1)
    const moved = order[last] as T
    order[last] = order[other] as T
    order[other] = moved
  }
  return order
}

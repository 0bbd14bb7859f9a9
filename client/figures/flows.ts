/** Where the bands of a transition stand and where the ribbons between them run. Pure. */
import { lineHeight, spread } from './size.ts'

type Category = string | number

export interface Stand {
  category: Category
  top: number
  thick: number
  count: number
  /** The height of its label, which may have to make room for another. */
  label: number
}

export interface Flow {
  before: Category
  after: Category
  start: number
  end: number
  thick: number
}

/** `counts`: of every pair of categories at most one. Heights are from 0 to `height`; stands lie `gap` apart. */
export function flowsBetween(
  order: readonly Category[],
  counts: readonly { before: Category; after: Category; count: number }[],
  height: number,
  gap: number,
): { before: Stand[]; after: Stand[]; flows: Flow[] } {
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const scale = total === 0 ? 0 : (height - gap * (order.length - 1)) / total
  const before = standsOf(order, (category) => totalOf(counts, (one) => one.before === category), scale, { height, gap })
  const after = standsOf(order, (category) => totalOf(counts, (one) => one.after === category), scale, { height, gap })
  const left = new Map(before.map(({ category, top }) => [category, top]))
  const right = new Map(after.map(({ category, top }) => [category, top]))
  const flows = order.flatMap((from) =>
    order.flatMap((to) => {
      const count = totalOf(counts, (one) => one.before === from && one.after === to)
      if (count === 0) return []
      const [start, end, thick] = [left.get(from) ?? 0, right.get(to) ?? 0, count * scale]
      left.set(from, start + thick)
      right.set(to, end + thick)
      return [{ before: from, after: to, start, end, thick }]
    }),
  )
  return { before, after, flows }
}

const totalOf = <One extends { count: number }>(counts: readonly One[], fits: (one: One) => boolean): number =>
  counts.filter(fits).reduce((sum, { count }) => sum + count, 0)

function standsOf(
  order: readonly Category[],
  countOf: (category: Category) => number,
  scale: number,
  { height, gap }: { height: number; gap: number },
): Stand[] {
  let top = 0
  const stands = order.map((category) => {
    const count = countOf(category)
    const stand = { category, top, thick: count * scale, count }
    if (count > 0) top += stand.thick + gap
    return stand
  })
  const filled = stands.filter(({ count }) => count > 0)
  const labels = spread(
    filled.map((one) => ({ at: one.top + one.thick / 2, high: lineHeight + 1 })),
    -6,
    height + 6,
  )
  const byCategory = new Map(filled.map(({ category }, index) => [category, labels[index] ?? 0]))
  return stands.map((one) => ({ ...one, label: byCategory.get(one.category) ?? one.top }))
}

/** Categories of a count exclude each other: their counts add up to the n, and a test takes each family once. */
import type { Mistake } from '../instruments/definition.ts'
import type { Category } from './report-schema.ts'

/** A mistake for each category that has a value of an earlier one. Ends of ranges belong to them. */
export function checkOverlaps(categories: readonly Category[] = []): Mistake[] {
  return categories.flatMap((category, index) =>
    categories.slice(0, index).flatMap((earlier, at) => {
      const shared = sharedBy(earlier, category)
      return shared === undefined
        ? []
        : [{ path: `/categories/${index}`, reason: `${shared} is in /categories/${at} too: whoever has it would count twice` }]
    }),
  )
}

/** Whether a value is in a category. */
export function holds(category: Category, value: number | string): boolean {
  if ('values' in category) return category.values.includes(value)
  const { from = -Infinity, to = Infinity } = category
  return typeof value === 'number' && from <= value && value <= to
}

/** A value that both have. */
function sharedBy(one: Category, other: Category): number | string | undefined {
  if ('values' in one) return one.values.find((value) => holds(other, value))
  if ('values' in other) return sharedBy(other, one)
  const from = Math.max(one.from ?? -Infinity, other.from ?? -Infinity)
  const to = Math.min(one.to ?? Infinity, other.to ?? Infinity)
  if (from > to) return undefined
  // Each has one end at least, so that what they share has one too.
  return Number.isFinite(from) ? from : to
}

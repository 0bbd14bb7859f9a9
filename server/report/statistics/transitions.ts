/** Where people of one category (a band) at one wave are at a later one: the same people at both. */
export interface Transitions<Category extends string> {
  /** In the order that was given. */
  categories: readonly Category[]
  /** counts[i][j]: how many went from category i to category j. */
  counts: number[][]
  /** People with both. */
  n: number
  /** People of whom one of the two is missing, or both. */
  leftOut: number
  /** Towards an earlier category, in the same one, towards a later one. */
  earlier: number
  same: number
  later: number
}

/**
 * Counts who went where. `categories` are in their order, such as from none to very serious; a pair is of one person (one case),
 * null where there is no value. Throws a RangeError for a category that is not among them.
 */
export function transitions<Category extends string>(
  categories: readonly Category[],
  pairs: readonly (readonly [Category | null, Category | null])[],
): Transitions<Category> {
  const counts = categories.map(() => categories.map(() => 0))
  const made = { categories, counts, n: 0, leftOut: 0, earlier: 0, same: 0, later: 0 }
  for (const [before, after] of pairs) {
    if (before === null || after === null) made.leftOut++
    else {
      const [from, to] = [placeOf(categories, before), placeOf(categories, after)]
      const row = counts[from] as number[]
      row[to] = (row[to] as number) + 1
      made.n++
      made[to < from ? 'earlier' : to > from ? 'later' : 'same']++
    }
  }
  return made
}

/** The place of a category among all. Throws a RangeError when it is not there. */
export function placeOf<Category extends string>(categories: readonly Category[], category: Category): number {
  const place = categories.indexOf(category)
  if (place < 0) throw new RangeError(`There is no category ${category}`)
  return place
}

/** Which cases the groups of a report are: two groups can be the same ones, or one a part of the other. */

/** Which cases the groups of a report are. */
export interface Groups {
  /** Groups that are made of others. */
  together: Readonly<Record<string, readonly string[]>>
  /** All that are in each of these groups; of no group everybody. */
  members(groups: readonly string[]): ReadonlySet<unknown>
}

/** A set of cases, once, whatever groups it is. */
export interface CaseSet {
  id: string
  cases: ReadonlySet<unknown>
}

/** Sets of cases, each once, by which they are known whatever they are called. */
export function setsOf(members: Groups['members']) {
  const known = new Map<string, CaseSet>()
  const sets: CaseSet[] = []
  const same = (cases: ReadonlySet<unknown>): CaseSet => {
    const found = sets.find((one) => one.cases.size === cases.size && isWithin(one.cases, cases))
    if (found) return found
    const made = { id: `${sets.length}`, cases }
    sets.push(made)
    return made
  }
  const kept = (key: string, make: () => ReadonlySet<unknown>): CaseSet => {
    const found = known.get(key) ?? same(make())
    known.set(key, found)
    return found
  }
  const found = new Map<string, boolean>()
  const once = (key: string, find: () => boolean): boolean => {
    const answer = found.get(key) ?? find()
    found.set(key, answer)
    return answer
  }
  return {
    isWithin: (one: CaseSet, all: CaseSet): boolean => once(`${one.id} in ${all.id}`, () => isWithin(one.cases, all.cases)),
    areApart: (one: CaseSet, other: CaseSet): boolean => once(`${one.id} or ${other.id}`, () => one.cases.isDisjointFrom(other.cases)),
    size: ({ cases }: CaseSet): number => cases.size,
    of: (groups: readonly string[]): CaseSet => kept(JSON.stringify(groups.toSorted()), () => members(groups)),
    less: (all: CaseSet, parts: readonly CaseSet[]): CaseSet =>
      kept(
        `${all.id} less ${parts.map(({ id }) => id).sort()}`,
        () => new Set([...all.cases].filter((one) => !parts.some(({ cases }) => cases.has(one)))),
      ),
  }
}

/** Some that have nothing in common, the smallest first. */
export function apart<One>(
  those: readonly number[],
  setOf: (index: number) => One,
  of: { size(one: One): number; areApart(one: One, other: One): boolean },
): number[] {
  const chosen: number[] = []
  for (const index of those.toSorted((a, b) => of.size(setOf(a)) - of.size(setOf(b)) || a - b))
    if (chosen.every((other) => of.areApart(setOf(index), setOf(other)))) chosen.push(index)
  return chosen
}

function isWithin(part: ReadonlySet<unknown>, all: ReadonlySet<unknown>): boolean {
  if (part.size > all.size) return false
  for (const one of part) if (!all.has(one)) return false
  return true
}

/** Whether two lists of groups are the same cases, however they are called. */
export function sameGroups({ members }: Groups): (one: readonly string[], other: readonly string[]) => boolean {
  const sets = setsOf(members)
  return (one, other) => sets.of(one) === sets.of(other)
}

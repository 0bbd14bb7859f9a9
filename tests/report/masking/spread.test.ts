/** What n, mean and sd tell of single families: seen by trying every way in which so many can have answered. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Amount } from '../../../server/report/masking/amounts.ts'
import { linked } from '../../../server/report/masking/linked.ts'
import { hiddenAmounts } from '../../../server/report/masking/mask.ts'
import { isTelling, middleIn, type Spread } from '../../../server/report/masking/spread.ts'

const below = 3

/** All ways to put `n` in so many places. */
function* waysOf(places: number, n: number): Generator<number[]> {
  if (places === 1) return yield [n]
  for (let one = 0; one <= n; one++) for (const others of waysOf(places - 1, n - one)) yield [one, ...others]
}

/** `counts[v]` families with the value v, with nobody outside 0 to the last. */
function spreadOf(counts: readonly number[], own: Partial<Spread> = {}): Spread {
  const values = counts.flatMap((count, value) => Array.from({ length: count }, () => value))
  return { of: 'a', limits: [0, counts.length - 1], values: values.map((value, at) => ({ of: { at }, who: `${at}`, value })), ...own }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** What stands in a table: n; mean and sd by the sums they are made from; range and median, each with a star where it is of few. */
function printed(counts: readonly number[], beside: { range: boolean; median: boolean }): string {
  const n = sum(counts)
  if (n < below) return 'n *'
  const held = [...counts].map((count, value) => [value, count] as const).filter(([, count]) => count > 0)
  const shown = (values: readonly number[]): string =>
    n >= 2 * below && values.every((value) => (counts[value] as number) >= below) ? `${values}` : '*'
  const range = beside.range ? shown([held[0]?.[0] as number, held.at(-1)?.[0] as number]) : ''
  if (isTelling(spreadOf(counts, beside), below)) return `n ${n}`
  const squares = sum(counts.map((count, value) => count * value * value))
  const total = sum(counts.map((count, value) => count * value))
  return `n ${n}, sum ${total}, squares ${squares}, range ${range}, median ${beside.median ? shown(middleIn(held)) : ''}`
}

test('of all small samples what is printed of them leaves no number of families that can only be small', () => {
  for (const beside of [
    { range: false, median: false },
    { range: true, median: false },
    { range: true, median: true },
  ])
    for (const [values, from, most] of [
      [2, 3, 20],
      [3, 6, 18],
      [4, 6, 14],
      [5, 6, 12],
    ] as const) {
      const possible = new Map<string, Set<number>[]>()
      for (let n = from; n <= most; n++)
        for (const counts of waysOf(values, n)) {
          const key = printed(counts, beside)
          const known = possible.get(key) ?? counts.map(() => new Set<number>())
          possible.set(key, known)
          for (const [value, count] of counts.entries()) known[value]?.add(count)
        }
      const found = [...possible].flatMap(([key, sets]) =>
        sets.flatMap((set, value) => ([...set].every((count) => count > 0 && count < below) ? [`${key}: ${[...set]} with ${value}`] : [])),
      )
      assert.deepEqual(found, [], `${values} values, ${JSON.stringify(beside)}`)
      assert.ok([...possible.keys()].filter((key) => key.includes('squares')).length > 10, 'and means are shown')
    }
})

test('one family with 642 days among six, all but a few with the same, and costs that are mostly of one are not told by a mean', () => {
  const amounts = (values: number[]): Spread => ({
    ...spreadOf([]),
    limits: [0, Infinity],
    values: values.map((value, at) => ({ of: { at }, who: `${at}`, value })),
  })
  assert.ok(isTelling(amounts([0, 0, 0, 0, 0, 642]), 5))
  assert.ok(isTelling(amounts([...Array(20).fill(0), 100, 120, 150]), 5))
  const costs = [10.13, 11.71, 12.57, 9.99, 10.01, 8.17, 9.13, 12.18, 11.03]
  assert.ok(isTelling(amounts([...costs, 90.53]), 5))
  assert.ok(!isTelling(amounts([...costs, 10.53]), 5))
  assert.ok(isTelling(amounts(costs), 5), 'of fewer than ten')
  assert.ok(!isTelling(amounts([]), 5))
  // Thirds are looked at as whole numbers are: of three values n, mean and sd tell all.
  const thirds = (values: number[]): Spread => ({ ...amounts(values.map((value) => value / 3)), limits: [0, 10] })
  assert.ok(!isTelling(thirds([5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 8, 8, 4, 5]), 5))
  assert.ok(isTelling({ ...thirds([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2]), limits: [0, 2 / 3] }, 5))
})

/** The values of families by their names. */
const valued = (families: Record<string, number>): Spread => ({
  of: 'score',
  limits: [0, 10],
  values: Object.entries(families).map(([who, value]) => ({ of: known(who), who, value })),
})
const everyone = new Map<string, object>()
function known(who: string): object {
  const one = everyone.get(who) ?? { who }
  everyone.set(who, one)
  return one
}

test('a mean of all and one of nearly all are not both shown: less each other they are that of the few', () => {
  const scores = [2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 4, 3, 5]
  const all = Object.fromEntries(scores.map((value, at) => [`f${at}`, value]))
  const some = Object.fromEntries(Object.entries(all).slice(0, 11))
  const amountOf = (families: Record<string, number>): Amount => ({
    ...{ what: 'spread', groups: [], count: Object.keys(families).length, cells: [] },
    spread: valued(families),
  })
  const hiddenOf = (...these: Record<string, number>[]) => [
    ...hiddenAmounts(linked(these.map(amountOf), { together: {}, members: () => new Set([1]) }), below),
  ]
  assert.deepEqual(hiddenOf(all), [])
  assert.deepEqual(hiddenOf(some), [])
  assert.deepEqual(hiddenOf(all, some), [1])
  assert.deepEqual(hiddenOf(all, some, some), [1, 2])
})

test('a mean is left out where a category of the same numbers is a star, since it would help to find it', () => {
  const values = Array.from({ length: 18 }, (_, at) => [at, at % 5] as const)
  const spread = { ...valued(Object.fromEntries(values.map(([at, value]) => [`g${at}`, value]))), of: 'answer' }
  const [n, ...counts] = [18, 4, 4, 4, 3, 3]
  const amounts: Amount[] = [
    { what: 'n', groups: [], count: n ?? 0, cells: [] },
    ...counts.map((count, at): Amount => ({ what: `${at}`, groups: [], count, cells: [], partOf: 0, ofNumbers: 'answer' })),
    { what: 'spread', groups: [], count: n ?? 0, cells: [], spread },
  ]
  const isHidden = (these: Amount[]) => hiddenAmounts(linked(these, { together: {}, members: () => new Set([1]) }), 4).has(these.length - 1)
  assert.ok(isHidden(amounts))
  assert.ok(!isHidden(amounts.map(({ ofNumbers: _, ...amount }) => amount)))
})

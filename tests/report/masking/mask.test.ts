import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Amount } from '../../../server/report/masking/amounts.ts'
import type { Groups } from '../../../server/report/masking/case-sets.ts'
import { linked } from '../../../server/report/masking/linked.ts'
import { hiddenAmounts } from '../../../server/report/masking/mask.ts'
import { isRefused } from '../../../server/report/statistics/outcome.ts'
import { percentages } from '../../../server/report/statistics/percentages.ts'

/** What a table prints: its counts and beside an n that is shown their per cent, with a star for each that is hidden. */
type Printed = (number | string)[]

const printed = (amounts: Amount[], below: number, groups: Groups): Printed => {
  const hidden = hiddenAmounts(linked(amounts, groups), below)
  const shares = new Map(
    partsOf(amounts).flatMap(([total, parts]) => {
      const found = percentages(parts.map((part) => (amounts[part] as Amount).count))
      return hidden.has(total) || isRefused(found) ? [] : parts.map((part, at) => [part, ` (${found[at]}%)`] as const)
    }),
  )
  return amounts.map(({ count }, index) => (hidden.has(index) ? '*' : shares.has(index) ? `${count}${shares.get(index)}` : count))
}

/** The places of the parts of each n. */
const partsOf = (amounts: readonly Amount[]): [total: number, parts: number[]][] => [
  ...Map.groupBy(
    [...amounts.keys()].filter((index) => amounts[index]?.partOf !== undefined),
    (index) => amounts[index]?.partOf as number,
  ),
]

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** An n and its categories. */
const block = (counts: readonly number[], group: string[] = [], from = 0): Amount[] => [
  { what: 'n', groups: group, count: sum(counts), cells: [] },
  ...counts.map((count, index): Amount => ({ what: `category ${index}`, groups: group, count, cells: [], partOf: from })),
]

/** Categories of each group and of all together, as a table of a report has them. */
function amountsOf(groups: readonly (readonly number[])[]): Amount[] {
  const all = (groups[0] ?? []).map((_, at) => sum(groups.map((group) => group[at] as number)))
  const columns = [...groups.map((counts, at) => ({ name: `${at}`, counts })), { name: 'all', counts: all }]
  return columns.flatMap(({ name, counts }, at) => block(counts, [name], at * (counts.length + 1)))
}
/** Each group is one set of cases. */
const groupsOf = (count: number): Groups => {
  const names = Array.from({ length: count }, (_, at) => `${at}`)
  return { together: { all: names }, members: ([name]) => new Set(name === undefined || name === 'all' ? names : [name]) }
}
const everybody = groupsOf(0)

/** All ways to put `n` in so many places. */
function* waysOf(places: number, n: number): Generator<number[]> {
  if (places === 1) return yield [n]
  for (let one = 0; one <= n; one++) for (const others of waysOf(places - 1, n - one)) yield [one, ...others]
}

/**
 * Every table of a kind, by what it prints; then whether for whoever knows all of that each star of each can be two numbers, and all stars of an n together
 * are not known to be a small number.
 */
function seeThrough(tables: Iterable<Amount[]>, below: number, groups = everybody): { stars: number; found: string[] } {
  const byPrinted = new Map<string, { shown: Printed; values: Set<number>[]; together: Set<number>[] }>()
  for (const amounts of tables) {
    const shown = printed(amounts, below, groups)
    const known = byPrinted.get(shown.join()) ?? {
      shown,
      values: shown.map(() => new Set<number>()),
      together: shown.map(() => new Set<number>()),
    }
    byPrinted.set(shown.join(), known)
    for (const [index, { count }] of amounts.entries()) known.values[index]?.add(count)
    for (const [total, parts] of partsOf(amounts)) {
      const stars = parts.filter((part) => shown[part] === '*')
      if (stars.length > 0) known.together[total]?.add(sum(stars.map((part) => (amounts[part] as Amount).count)))
    }
  }
  const found: string[] = []
  let stars = 0
  const isSmall = (count: number): boolean => count > 0 && count < below
  for (const { shown, values, together } of byPrinted.values())
    for (const [index, one] of shown.entries()) {
      const sums = [...(together[index] ?? [])]
      if (sums.length === 1 && sums.every(isSmall)) found.push(`${shown}: the stars of ${index} are ${sums} together`)
      if (one !== '*') {
        if (isSmall(Number.parseInt(`${one}`, 10))) found.push(`${shown}: ${one} is shown`)
        continue
      }
      stars++
      if ((values[index]?.size ?? 0) < 2) found.push(`${shown}: number ${index} can only be ${[...(values[index] ?? [])]}`)
    }
  return { stars, found }
}

function* oneGroup(categories: number, most: number): Generator<Amount[]> {
  for (let n = 0; n <= most; n++) for (const counts of waysOf(categories, n)) yield block(counts)
}

function* groupsWith(groups: number, categories: number, most: number): Generator<Amount[]> {
  for (let n = 0; n <= most; n++)
    for (const counts of waysOf(groups * categories, n))
      yield amountsOf(Array.from({ length: groups }, (_, at) => counts.slice(at * categories, (at + 1) * categories)))
}

test('of all small tables no star can be solved by whoever knows the rule and tries every table', () => {
  for (const [categories, most] of [
    [2, 24],
    [3, 18],
    [4, 16],
    [5, 12],
  ] as const) {
    const { stars, found } = seeThrough(oneGroup(categories, most), 5)
    assert.deepEqual(found, [])
    assert.ok(stars > 20)
  }
})

test('nor of all small tables of groups and their total', () => {
  for (const [groups, categories, most] of [
    [2, 2, 10],
    [2, 3, 7],
    [3, 2, 7],
    [2, 4, 6],
  ] as const) {
    const { stars, found } = seeThrough(groupsWith(groups, categories, most), 3, groupsOf(groups))
    assert.deepEqual(found, [], `${groups} groups, ${categories} categories`)
    assert.ok(stars > 100)
  }
})

const oneWith = (value: number) => {
  const of = {}
  return { of, from: of, value }
}

/** The same answer in two tables: each value by itself, and some of them together. */
function* twoTables(categories: number, most: number, coarse: readonly number[][]): Generator<Amount[]> {
  for (let n = 0; n <= most; n++)
    for (const counts of waysOf(categories, n)) {
      const behind = counts.flatMap((count, value) => Array.from({ length: count }, () => oneWith(value)))
      const answers = (values: number[]): Amount['answers'] => ({
        ...{ of: 'answer', behind },
        chosen: { categories: [{ title: { nl: '', en: '' }, values }], unknown: [] },
      })
      const fine = block(counts).map((amount, at): Amount => (at === 0 ? amount : { ...amount, answers: answers([at - 1]) }))
      const others = block(
        coarse.map((values) => sum(values.map((value) => counts[value] as number))),
        [],
        fine.length,
      )
      yield [
        ...fine,
        ...others.map(
          (amount, at): Amount => (at === 0 ? amount : { ...amount, what: `together ${at}`, answers: answers(coarse[at - 1] as number[]) }),
        ),
      ]
    }
}

test('nor of all pairs of tables that have the same answer, in one of them with some values together', () => {
  for (const coarse of [
    [[0], [1, 2], [3]],
    [
      [0, 1],
      [2, 3],
    ],
    [
      [0, 2],
      [1, 3],
    ],
    [[0, 1, 2], [3]],
  ]) {
    const { stars, found } = seeThrough(twoTables(4, 12, coarse), 4)
    assert.deepEqual(found, [], JSON.stringify(coarse))
    assert.ok(stars > 30)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Amount, type Relation, relationsOf } from '../../server/report/amounts.ts'
import { hiddenAmounts } from '../../server/report/mask.ts'

/** Counts of categories in two groups and their total, with n of each, as a table of a report has them. */
function amountsOf(first: number[], second: number[]): Amount[] {
  const both = first.map((count, index) => count + (second[index] as number))
  const amounts: Amount[] = []
  for (const [group, counts] of Object.entries({ first, second, both })) {
    const n = amounts.length
    amounts.push({ what: 'n', groups: [group], count: sum(counts), cells: [] })
    for (const [index, count] of counts.entries()) amounts.push({ what: `category ${index}`, groups: [group], count, cells: [], partOf: n })
  }
  return amounts
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)
const together = { both: ['first', 'second'] }

/** Every way to fill in what is hidden so that all sums hold, by trying; per hidden amount the values that it takes. */
function possible(amounts: Amount[], relations: Relation[], hidden: Set<number>): Map<number, Set<number>> {
  const values = amounts.map(({ count }, index) => (hidden.has(index) ? undefined : count))
  const most = Math.max(...amounts.map(({ count }) => count)) + 1
  const found = new Map([...hidden].map((index) => [index, new Set<number>()]))
  const fits = ({ total, parts }: Relation): boolean => {
    const known = parts.map((part) => values[part]).filter((value) => value !== undefined)
    const whole = values[total]
    if (whole === undefined) return true
    return known.length === parts.length ? sum(known) === whole : sum(known) <= whole
  }
  const open = [...hidden]
  const fill = (at: number): void => {
    const index = open[at]
    if (index === undefined) {
      for (const place of open) found.get(place)?.add(values[place] as number)
      return
    }
    for (let value = 0; value <= most; value++) {
      values[index] = value
      if (relations.filter(({ total, parts }) => total === index || parts.includes(index)).every(fits)) fill(at + 1)
    }
    values[index] = undefined
  }
  fill(0)
  return found
}

const few = ({ count }: Amount): boolean => count > 0 && count < 3
const counts = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), { minLength: 2, maxLength: 3 })

test('no small number that is left out can be worked out from what is shown', () => {
  let hiding = 0
  fc.assert(
    fc.property(counts, (pairs) => {
      const amounts = amountsOf(
        pairs.map(([first]) => first),
        pairs.map(([, second]) => second),
      )
      const relations = relationsOf(amounts, together)
      const hidden = hiddenAmounts(amounts, relations, 3)
      for (const [index, amount] of amounts.entries()) if (few(amount)) assert.ok(hidden.has(index), 'a small number is shown')
      // Trying every way takes long where nearly all is hidden, and then there is little to find.
      if (hidden.size > 7) return
      hiding += hidden.size > 0 ? 1 : 0
      for (const [index, values] of possible(amounts, relations, hidden))
        if (few(amounts[index] as Amount)) assert.ok(values.size > 1, `${index} can only be ${[...values]}`)
    }),
    { numRuns: 150, seed: 8 },
  )
  assert.ok(hiding > 40, 'it was tried on tables with something to hide')
})

test('nothing is left out of a table in which nothing is small, and the least of one that has something', () => {
  const large = amountsOf([5, 9, 7], [8, 0, 12])
  assert.deepEqual([...hiddenAmounts(large, relationsOf(large, together), 5)], [])
  // The row of a small number and one more of each group; a total is not needed.
  const one = amountsOf([3, 9, 7], [8, 6, 12])
  const hidden = [...hiddenAmounts(one, relationsOf(one, together), 5)].map((index) => `${one[index]?.groups} ${one[index]?.what}`)
  assert.deepEqual(hidden.sort(), ['first category 0', 'first category 2', 'second category 0', 'second category 2'])
})

test('where n is small its zeros are left out too: they would say what everybody answered', () => {
  const amounts = amountsOf([0, 2, 0], [9, 8, 7])
  const hidden = hiddenAmounts(amounts, relationsOf(amounts, together), 5)
  assert.deepEqual(
    [0, 1, 2, 3].filter((index) => !hidden.has(index)),
    [],
  )
})

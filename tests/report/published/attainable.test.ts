import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { attainableAt, largestAttainable, numbersWith, numbersWithin, type Printed, sumsOf } from './attainable.ts'
import { rounded } from './cells.ts'
import { figuresOf } from './figures.ts'
import { lines, sumOf } from './published.ts'

const scores = fc.array(fc.nat(12), { minLength: 2, maxLength: 40 }).map((values) => values.sort((a, b) => a - b))

/** What a report prints of these. */
function lineOf(values: readonly number[]): Printed {
  const { n, mean, sd, lowest, highest } = figuresOf(values)
  return { n, mean: rounded(mean, 2), sd: rounded(sd, 2), range: [lowest, highest] }
}
const totalsOf = (values: readonly number[]) => ({
  n: values.length,
  sum: sumOf(values),
  squares: sumOf(values.map((value) => value ** 2)),
})

test('whatever people scored, the line that is printed of it can be had, by numbers that print the same line', () => {
  fc.assert(
    fc.property(scores, (values) => {
      const line = lineOf(values)
      const all = attainableAt(line, line.n)
      const { sum, squares } = totalsOf(values)
      assert.ok(all.some((one) => one.sum === sum && one.squares === squares && one.rounded === 'once'))
      assert.equal(largestAttainable(line)?.n, line.n)
      for (const one of all) {
        const numbers = numbersWith(one, line.range) ?? assert.fail('no numbers')
        assert.deepEqual(totalsOf(numbers), { n: one.n, sum: one.sum, squares: one.squares })
        const { sd, ...others } = lineOf(numbers)
        const { sd: printed, ...wanted } = line
        assert.deepEqual(others, wanted)
        const exact = figuresOf(numbers).sd
        assert.equal(one.rounded === 'once' ? sd : rounded(rounded(exact, 3), 2), printed)
      }
    }),
    { numRuns: 300 },
  )
})

/** Every list of whole numbers from low to high. */
function* listsOf(n: number, lowest: number, highest: number): Generator<number[]> {
  if (n === 0) yield []
  else for (let value = lowest; value <= highest; value++) for (const rest of listsOf(n - 1, value, highest)) yield [value, ...rest]
}

test('what it says cannot be, is in none of all lists that there are', () => {
  const all = [...listsOf(5, 0, 4)]
  const there = new Set(all.map((values) => Object.values(totalsOf(values)).join(' ')))
  for (let sum = 0; sum <= 20; sum++)
    for (let squares = 0; squares <= 80; squares++) {
      const found = numbersWithin({ n: 5, sum, squares }, [0, 4])
      assert.equal(found !== undefined, there.has(`5 ${sum} ${squares}`), `${sum} ${squares}`)
      if (found) assert.deepEqual(totalsOf(found), { n: 5, sum, squares })
    }
  const printed = new Set(all.map((values) => JSON.stringify(lineOf(values))))
  for (let mean = 0; mean <= 400; mean += 5)
    for (let sd = 0; sd <= 220; sd++) {
      const line: Printed = { n: 5, mean: mean / 100, sd: sd / 100, range: [0, 4] }
      const once = attainableAt(line, 5).filter((one) => one.rounded === 'once')
      assert.equal(once.length > 0, printed.has(JSON.stringify(line)), JSON.stringify(line))
    }
})

test('12 of the 55 means that are printed of whole scores are of no so many whole scores', () => {
  assert.equal(lines.length, 55)
  const impossible = lines.filter((line) => sumsOf(line, line.n).length === 0)
  assert.deepEqual(
    impossible.map((line) => [line.table, line.instrument, line.of, line.wave, line.n, largestAttainable(line)?.n].join(' ')),
    [
      '6.4 succint-referrer safety FU3 35 34',
      '6.4 succint-informant safety FU3 18 16',
      '6.4 succint-informant safety FU9 15 14',
      '7.4 succint-referrer support FU9 27 26',
      '7.4 succint-informant support FU3 18 17',
      '7.4 succint-informant support FU9 15 14',
      '8.1 succint-referrer regie FU3 35 33',
      '8.1 succint-referrer regie FU9 27 25',
      '8.1 succint-informant regie FU3 18 16',
      '8.1 succint-informant regie FU9 15 10',
      '8.2 succint-referrer load FU9 27 26',
      '8.2 succint-referrer capacity FU9 27 26',
    ],
  )
})

test('four lines can be had only when the standard deviation was rounded by way of three decimals', () => {
  const twice = lines.filter((line) => largestAttainable(line)?.rounded === 'twice')
  assert.deepEqual(
    twice.map((line) => [line.table, line.of, line.wave, line.n, largestAttainable(line, 'once')?.n ?? 'never']),
    [
      ['3.7', 'family', 'T0', 36, 'never'],
      ['3.7', 'health', 'T0', 36, 30],
      ['6.3', 'wider', 'FU3', 37, 30],
      ['6.4', 'safety', 'FU9', 15, 7],
    ],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Interview, interviewWeights, seatsOf } from '../../protocols/weights.ts'

/** Interviews of a case, one for each opinion that is named. */
const held = (name: string, ...opinions: string[]): Interview[] =>
  opinions.map((opinion, index) => ({ id: `${name}${index + 1}`, case: name, opinion }))

const interviews: fc.Arbitrary<Interview[]> = fc
  .array(fc.record({ case: fc.constantFrom('A', 'B', 'C', 'D'), opinion: fc.constantFrom('parent 1', 'parent 2', 'referrer', 'youth') }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((rows) => rows.map((row, index) => ({ id: String(index), ...row })))

const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`)
const sum = (numbers: (number | undefined)[]): number => numbers.reduce<number>((total, number) => total + (number ?? 0), 0)
const opinionsIn = (rows: Interview[]): number => new Set(rows.map((row) => JSON.stringify([row.case, row.opinion]))).size

test("all weights together are as many as there are opinions, and each case's are the mean", () => {
  fc.assert(
    fc.property(interviews, (rows) => {
      const weights = interviewWeights(rows)
      assert.equal(weights.size, rows.length)
      close(sum([...weights.values()]), opinionsIn(rows))
      const cases = Map.groupBy(rows, (row) => row.case)
      for (const ofCase of cases.values()) close(sum(ofCase.map(({ id }) => weights.get(id))), opinionsIn(rows) / cases.size)
    }),
  )
})

test('each opinion of a case counts the same, however many interviews were held about it', () => {
  fc.assert(
    fc.property(interviews, (rows) => {
      const weights = interviewWeights(rows)
      for (const ofCase of Map.groupBy(rows, (row) => row.case).values()) {
        const opinions = [...Map.groupBy(ofCase, ({ opinion }) => opinion).values()]
        const each = opinions.map((same) => sum(same.map(({ id }) => weights.get(id))))
        for (const weight of each) close(weight, each[0] ?? Number.NaN)
      }
    }),
  )
})

// The report, 2.5: weight = mean number of interviews per case (4.6) / number of interviews in this case. The cases are ours.
test('without a case that was handed over, the weight is that of the report: 4.6 / n', () => {
  const seats = ['parent 1', 'parent 2', 'referrer', 'informant', 'youth', 'coordinator']
  const sizes = [3, 4, 5, 5, 6]
  const rows = sizes.flatMap((size, index) => held(`F-${index}-`, ...seats.slice(0, size)))
  const weights = interviewWeights(rows)
  for (const [index, size] of sizes.entries()) close(weights.get(`F-${index}-1`) ?? 0, 4.6 / size)
  close(weights.get('F-0-1') ?? 0, 1.5333333333333)
  close(weights.get('F-3-5') ?? 0, 0.92)
})

// The report, 2.5: "One case had two referrers because it was handed over; two interviews then count as one opinion."
test('two referrers of whom one took over from the other count as one opinion', () => {
  // Two cases of three opinions each, of which the first took four interviews: a mean of 3.
  const weights = interviewWeights([
    ...held('A', 'parent 1', 'referrer', 'referrer', 'youth'),
    ...held('B', 'parent 1', 'referrer', 'informant'),
  ])
  assert.deepEqual(Object.fromEntries(weights), { A1: 1, A2: 0.5, A3: 0.5, A4: 1, B1: 1, B2: 1, B3: 1 })
})

test('whoever takes over sits in the seat of the first of them, however often it is handed on', () => {
  const people = [
    { id: 'third', succeedsId: 'second' },
    { id: 'first', succeedsId: null },
    { id: 'second', succeedsId: 'first' },
    { id: 'other', succeedsId: null },
  ]
  assert.deepEqual(Object.fromEntries(seatsOf(people)), { third: 'first', first: 'first', second: 'first', other: 'other' })
})

test('the same seat in two cases is two opinions, and no interviews have no weights', () => {
  assert.deepEqual(Object.fromEntries(interviewWeights([...held('A', 'parent 1'), ...held('B', 'parent 1')])), { A1: 1, B1: 1 })
  assert.equal(interviewWeights([]).size, 0)
})

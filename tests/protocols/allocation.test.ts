import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { armAt, blockOf, haveSameLots, isByLot, stratumOf } from '../../protocols/allocation.ts'
import { checkDesign } from '../../protocols/check-design.ts'
import { type Allocation, allocationSchema } from '../../protocols/design-schema.ts'
import { type Protocol, protocolSchema } from '../../protocols/schema.ts'
import { drawsOf, withEveryDraw } from './draws.ts'
import { smallProtocol } from './small-protocol.ts'

const equal = allocationSchema.parse({ ratio: { conference: 1, usual: 1 }, blocks: [1, 2, 3] })

const allocations: fc.Arbitrary<Allocation> = fc.record({
  ratio: fc
    .array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 })
    .map((times) => Object.fromEntries(times.map((number, index) => [`arm-${index}`, number]))),
  blocks: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
  strata: fc.constant([]),
})
const seeds = fc.string({ maxLength: 8 })

const blocksOf =
  (seed: string, stratum = '') =>
  (block: number) =>
    drawsOf(seed, stratum, block)
const sequence = (allocation: Allocation, seed: string, length: number, stratum = ''): string[] =>
  Array.from({ length }, (_, index) => armAt(allocation, index + 1, blocksOf(seed, stratum)))
const unitOf = ({ ratio }: Allocation): number => Object.values(ratio).reduce((sum, times) => sum + times, 0)
const count = (arms: string[], arm: string): number => arms.filter((one) => one === arm).length

describe('permuted blocks', () => {
  test('a sequence is one block after the other, and every complete block keeps the ratio exactly', () => {
    fc.assert(
      fc.property(allocations, seeds, (allocation, seed) => {
        const blocks = Array.from({ length: 8 }, (_, index) => blockOf(allocation, blocksOf(seed)(index + 1)))
        const all = blocks.flat()
        assert.deepEqual(sequence(allocation, seed, all.length), all)
        for (const block of blocks) {
          const times = block.length / unitOf(allocation)
          assert.ok(allocation.blocks.includes(times))
          for (const [arm, share] of Object.entries(allocation.ratio)) assert.equal(count(block, arm), share * times)
        }
      }),
    )
  })

  test('of two arms of the same weight neither is ever ahead by more than half the largest block', () => {
    fc.assert(
      fc.property(seeds, fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (seed, blocks) => {
        let ahead = 0
        for (const arm of sequence({ ...equal, blocks }, seed, 60)) {
          ahead += arm === 'usual' ? 1 : -1
          assert.ok(Math.abs(ahead) <= Math.max(...blocks))
        }
      }),
    )
  })

  test('with any ratio an arm is never further from its share than it can be within one block of the largest size', () => {
    fc.assert(
      fc.property(allocations, seeds, (allocation, seed) => {
        const arms = sequence(allocation, seed, 50)
        const largest = Math.max(...allocation.blocks) * unitOf(allocation)
        for (const [arm, times] of Object.entries(allocation.ratio)) {
          const share = times / unitOf(allocation)
          for (let length = 1; length <= arms.length; length++) {
            const off = Math.abs(count(arms.slice(0, length), arm) - share * length)
            assert.ok(off <= share * (1 - share) * largest + 1e-9, `${arm} is ${off} off after ${length}`)
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  for (const [ratio, times, orders] of [
    [{ a: 1, b: 1 }, 1, 2],
    [{ a: 1, b: 1 }, 2, 6],
    [{ a: 1, b: 1 }, 3, 20],
    [{ a: 2, b: 1 }, 2, 15],
    [{ a: 1, b: 1, c: 1 }, 2, 90],
  ] as const)
    test(`each of the ${orders} orders of a block of ${JSON.stringify(ratio)} times ${times} is as likely as any other`, () => {
      const made = withEveryDraw((draw) => blockOf({ ratio, blocks: [times], strata: [] }, draw).join())
      const rows = Map.groupBy(made, (order) => order)
      assert.equal(rows.size, orders)
      for (const same of rows.values()) assert.equal(same.length, made.length / orders)
    })

  test('each size of a block is as likely as any other', () => {
    const sizes = [0, 1, 2].map((first) => {
      let draws = 0
      return blockOf(equal, () => (draws++ === 0 ? first : 0)).length
    })
    assert.deepEqual(sizes, [2, 4, 6])
  })

  test('in 300 blocks of one seed sizes and orders come about as often as chance has it', () => {
    const blocks = Array.from({ length: 300 }, (_, index) => blockOf(equal, blocksOf('one seed, always the same')(index + 1)))
    const sizes = Object.values(Object.groupBy(blocks, ({ length }) => length)).map((same = []) => same.length)
    assert.ok(chiSquare(sizes, 100) < 13.8, `sizes ${sizes}`)
    // Within those of four: six orders.
    const ofFour = blocks.filter(({ length }) => length === 4)
    const orders = Object.values(Object.groupBy(ofFour, (arms) => arms.join())).map((same = []) => same.length)
    assert.equal(orders.length, 6)
    assert.ok(chiSquare(orders, ofFour.length / 6) < 20.5, `orders ${orders}`)
  })

  test('the same seed gives the same sequence, another seed or stratum another one', () => {
    assert.deepEqual(sequence(equal, 'a seed', 60), sequence(equal, 'a seed', 60))
    const others = ['a seed', 'another seed'].flatMap((seed) =>
      ['', 'region=oost', 'region=west'].map((name) => sequence(equal, seed, 60, name)),
    )
    assert.equal(new Set(others.map((arms) => arms.join())).size, others.length)
    // Sequences that know nothing of each other agree in half of their places: within four standard deviations of it.
    for (const [index, one] of others.entries())
      for (const other of others.slice(index + 1)) {
        const alike = one.filter((arm, place) => arm === other[place]).length
        assert.ok(Math.abs(alike - 30) < 4 * Math.sqrt(15), String(alike))
      }
  })
})

/** Pearson's; the limits above are its 0.999 quantiles with 2 and 5 degrees of freedom. The seed is fixed, so nothing is left to chance. */
const chiSquare = (observed: number[], expected: number): number =>
  observed.reduce((sum, number) => sum + (number - expected) ** 2 / expected, 0)

const trial = (facts: Partial<Record<keyof Protocol, unknown>> = {}): Protocol =>
  protocolSchema.parse({
    ...smallProtocol,
    arms: { conference: { title: smallProtocol.title }, usual: { title: smallProtocol.title }, chosen: { title: smallProtocol.title } },
    cohorts: {
      trial: { title: smallProtocol.title, arms: ['conference', 'usual'] },
      others: { title: smallProtocol.title, arms: ['chosen'] },
    },
    schedule: [{ instrument: 'veo@1.0.0', role: 'parent', waves: ['T0'] }],
    allocation: { ratio: { conference: 1, usual: 1 }, blocks: [1, 2] },
    ...facts,
  })

test('lots are for the cohorts whose cases are in the arms of the lot', () => {
  assert.deepEqual(
    ['trial', 'others', 'unknown', 'constructor'].map((cohort) => isByLot(trial(), cohort)),
    [true, false, false, false],
  )
  assert.equal(isByLot(trial({ allocation: undefined }), 'trial'), false)
})

test('two versions of a protocol have the same lots when they draw by the same rule for the same cohorts', () => {
  const lots = { ratio: { conference: 1, usual: 1 }, blocks: [1, 2] }
  const { trial: _, ...others } = trial().cohorts
  assert.ok(
    haveSameLots(
      trial(),
      trial({ version: '1.1.0', cohorts: { ...trial().cohorts, later: { title: smallProtocol.title, arms: ['chosen'] } } }),
    ),
  )
  for (const other of [
    { allocation: undefined },
    { allocation: { ...lots, blocks: [2, 1] } },
    { allocation: { ...lots, ratio: { usual: 1, conference: 1 } } },
    { allocation: { ...lots, strata: ['region'] } },
    { cohorts: { ...others, trial: { title: smallProtocol.title, arms: ['chosen'] } } },
  ])
    assert.equal(haveSameLots(trial(), trial(other)), false, JSON.stringify(other))
})

test('a stratum is named by its facts, and a region is the same with other capitals and spaces', () => {
  const strata = (...names: ('region' | 'cohort')[]): Allocation => ({ ...equal, strata: names })
  const facts = { region: ' Noord  Holland ', cohort: 'trial' }
  assert.equal(stratumOf(strata(), facts), '')
  assert.equal(stratumOf(strata('region'), facts), 'region=noord holland')
  assert.equal(stratumOf(strata('region'), { ...facts, region: 'noord holland' }), 'region=noord holland')
  assert.equal(stratumOf(strata('cohort', 'region'), facts), 'cohort=trial;region=noord holland')
})

test('a cohort that has arms of the lot and others is refused: a case of it would never be in the others', () => {
  assert.deepEqual(checkDesign(trial()), [])
  const mixed = trial({ cohorts: { trial: { title: smallProtocol.title } } })
  assert.deepEqual(checkDesign(mixed), [
    {
      path: '/cohorts/trial/arms',
      reason: 'its arms are drawn by lot between conference, usual, so that no case of it would be in chosen: name its arms',
    },
  ])
})

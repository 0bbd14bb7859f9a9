import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { bandOf } from '../../norms/bands.ts'
import { standardise } from '../../norms/standardise.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { exampleTable, reportBands } from './example.ts'

// De familie aan zet (Wijnen-Lunenburg, 2008): 0.80-1.28, 1.29-1.64, 1.65-1.96, above 1.96. The printed edges leave gaps, so z is rounded first: 1.285 is 1.29.
const edges: [distance: number, band: string][] = [
  [0, 'none'],
  [0.79, 'none'],
  [0.794, 'none'],
  [0.795, 'moderate'],
  [0.8, 'moderate'],
  [1.28, 'moderate'],
  [1.284, 'moderate'],
  [1.285, 'considerable'],
  [1.29, 'considerable'],
  [1.64, 'considerable'],
  [1.645, 'serious'],
  [1.65, 'serious'],
  [1.96, 'serious'],
  [1.964, 'serious'],
  [1.965, 'very_serious'],
  [1.97, 'very_serious'],
  [4.77, 'very_serious'],
]
const norm = exampleTable()

for (const [distance, band] of edges) {
  test(`${distance} in the bad direction is ${band}, whichever direction is bad`, () => {
    assert.equal(standardise(norm, reportBands, 'high', distance, {}).band, band)
    assert.equal(standardise(norm, reportBands, 'low', -distance, {}).band, band)
  })
  test(`${distance} in the good direction is none`, () => {
    assert.equal(standardise(norm, reportBands, 'high', -distance, {}).band, 'none')
    assert.equal(standardise(norm, reportBands, 'low', distance, {}).band, 'none')
  })
}

test('the shipped band set has the edges of the report', () => {
  const shipped = loadDefinitions().norms.bandSets.need('bands-familie-aan-zet-2008@1.0.0')
  assert.deepEqual(
    shipped.bands.map(({ id, from }) => [id, from]),
    reportBands.bands.map(({ id, from }) => [id, from]),
  )
})

test('where neither end is bad there is no band', () => {
  assert.equal(bandOf(reportBands, null, 2.5), null)
})

test('worse is never a milder band, and low mirrors high', () => {
  const order = reportBands.bands.map(({ id }) => id)
  const hundredths = fc.integer({ min: -500, max: 500 })
  fc.assert(
    fc.property(hundredths, hundredths, (one, other) => {
      const [better, worse] = [Math.min(one, other) / 100, Math.max(one, other) / 100]
      const rank = (z: number) => order.indexOf(bandOf(reportBands, 'high', z)?.id ?? '')
      assert.ok(rank(better) <= rank(worse))
      assert.equal(bandOf(reportBands, 'low', -worse), bandOf(reportBands, 'high', worse))
    }),
  )
})

// De familie aan zet (2008), bands of the deviation score: 78.8, 11.2, 5.0, 2.5 and 2.5% of a normal population fall in the five bands.
test('a normal population falls into the bands in the shares that the report prints', () => {
  const share = (from: number, to: number) => tail(from) - tail(to)
  const limits = [
    ...reportBands.bands.map(({ from }) => (from === null ? Number.NEGATIVE_INFINITY : from - 0.005)),
    Number.POSITIVE_INFINITY,
  ]
  const shares = reportBands.bands.map((_, index) => 100 * share(limits[index] as number, limits[index + 1] as number))
  for (const [index, printed] of [78.8, 11.2, 5.0, 2.5, 2.5].entries())
    assert.ok(Math.abs((shares[index] as number) - printed) < 0.25, `${shares[index]}`)
})

/** Upper tail of the standard normal distribution; Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17 (error below 7.5e-8). */
function tail(z: number): number {
  if (z < 0) return 1 - tail(-z)
  if (z === Number.POSITIVE_INFINITY) return 0
  const t = 1 / (1 + 0.2316419 * z)
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial
}

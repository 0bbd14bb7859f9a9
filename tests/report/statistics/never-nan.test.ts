import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { intraclass, kappa, limitsOfAgreement } from '../../../server/report/statistics/agreement.ts'
import { oneWay } from '../../../server/report/statistics/analysis-of-variance.ts'
import { bootstrapMeans } from '../../../server/report/statistics/bootstrap.ts'
import { chiSquareTest } from '../../../server/report/statistics/chi-square-test.ts'
import { describe } from '../../../server/report/statistics/describe.ts'
import { pairedD, twoGroupsD } from '../../../server/report/statistics/effect-size.ts'
import { cronbachsAlpha, mcdonaldsOmega } from '../../../server/report/statistics/reliability.ts'
import { repeatedMeasures } from '../../../server/report/statistics/repeated-measures.ts'
import { pairedT, twoGroupsT } from '../../../server/report/statistics/t-test.ts'

/** Few and alike, as in a study that has just begun. Tenths: what doubles do not have exactly. */
const score = fc.nat(3).map((tenths) => tenths / 10)
const rows = fc.array(fc.tuple(score, score, score), { maxLength: 6 })

/** Whoever has a link can send a number of 160 digits. */
const unit = fc.constantFrom(1, 1, 1, 1e-200, 1e-90, 1e-60, 1e60, 1e90, 1e160, 1e300)
/** Items of which the sum is the same for everybody: what comes by chance once in some thousand times. */
const cancelling: [number, number, number][] = [
  [0.1, 0.1, 0.1],
  [0.2, 0.1, 0],
  [0.1, 0.2, 0],
]

test('however few and alike the data are, a result has no NaN or infinity in it: it is a number, or refused with a code', () => {
  fc.assert(
    fc.property(rows, fc.nat(4), unit, (tenths, shorter, factor) => {
      const some = tenths.map(([a, b, c]): [number, number, number] => [a * factor, b * factor, c * factor])
      const [one, two, three] = [0, 1, 2].map((column) => some.map((row) => row[column] as number)) as [number[], number[], number[]]
      const other = two.slice(shorter)
      const words = tenths.map(([a, b]): ['0' | '0.1' | '0.2' | '0.3', '0' | '0.1' | '0.2' | '0.3'] => [`${a}` as '0', `${b}` as '0'])
      const sides = 'two'
      for (const result of [
        describe(one),
        ...(['student', 'welch'] as const).map((kind) => twoGroupsT(kind, one, other, { sides })),
        pairedT(one, two, { sides }),
        twoGroupsD(one, other),
        ...(['sd-of-differences', 'mean-sd'] as const).map((by) => pairedD(by, one, two)),
        oneWay([one, other, three]),
        repeatedMeasures(some),
        chiSquareTest(
          'different-people',
          tenths.map((row) => row.map((value) => Math.round(value * 10))),
        ),
        cronbachsAlpha(some),
        mcdonaldsOmega(some),
        intraclass(one, two),
        limitsOfAgreement(one, two),
        ...(['none', 'linear', 'quadratic'] as const).map((weights) => kappa(['0', '0.1', '0.2', '0.3'], words, weights)),
        bootstrapMeans([one, other], { seed: shorter, repeats: 50 }),
      ])
        assertNumbers(result)
    }),
    { numRuns: 150, examples: [[cancelling, 0, 1]] },
  )
})

function assertNumbers(result: unknown, where = JSON.stringify(result)): void {
  if (typeof result === 'number') assert.ok(Number.isFinite(result), where)
  else if (result !== null && typeof result === 'object') for (const value of Object.values(result)) assertNumbers(value, where)
}

/** Numbers as they are read, also in files: where small ones are left out, the digits behind them would tell which values make a mean. Pure. */
import type { CellResult, TestOutcome } from '../result.ts'

/** Two decimals; from a thousand on none. */
const rounded = (value: number): number => Number(value.toFixed(Math.abs(value) >= 1000 ? 0 : 2))
const whole = (value: number): number => Number(value.toFixed(0))
const orNull = (value: number | null): number | null => (value === null ? null : rounded(value))

export function roundedCell(cell: CellResult): CellResult {
  switch (cell.kind) {
    case 'n':
    case 'count':
    case 'missing':
      return cell
    case 'mean-sd':
      return { ...cell, mean: orNull(cell.mean), sd: orNull(cell.sd) }
    case 'range':
    case 'interval':
    case 'bootstrap-interval':
      return { ...cell, low: orNull(cell.low), high: orNull(cell.high) }
    case 'alpha':
    case 'omega':
      return { ...cell, value: orNull(cell.value), low: orNull(cell.low), high: orNull(cell.high) }
    default:
      return { ...cell, value: orNull(cell.value) }
  }
}

export function roundedTest(outcome: TestOutcome): TestOutcome {
  const { value, df, p, difference, share, effect } = outcome
  return {
    ...outcome,
    value: rounded(value),
    df: df.map(rounded),
    p: p === null ? null : Number(p.toFixed(3)),
    ...(difference && { difference: roundedEstimate(difference) }),
    // Percentage points are read without decimals; rounded twice they would be others.
    ...(share && { share: roundedEstimate(share, whole) }),
    ...(effect && { effect: roundedEstimate(effect) }),
  }
}

const roundedEstimate = <Of extends { value: number; interval: NonNullable<TestOutcome['effect']>['interval'] }>(
  of: Of,
  round = rounded,
): Of => ({
  ...of,
  value: round(of.value),
  interval: of.interval && { ...of.interval, from: round(of.interval.from), to: round(of.interval.to) },
})

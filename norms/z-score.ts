/**
 * The standard score, (raw - mean) / sd, rounded half away from zero to two decimals.
 *
 * Bands have edges at two decimals, so a half must round right: in doubles (1.285 * 10 - 0) / 10 may come out just below
 * 1.285. All three numbers are therefore read as the decimal fractions that somebody wrote, and divided exactly.
 */

/**
 * Significant digits of a raw score that are meant. Adding up a few hundred decimal answers leaves noise below the
 * thirteenth; cutting 1475/24 off there moves it by far less than the distance to any half it is not equal to.
 */
const rawDigits = 13

/** Any finite numbers, `sd` above 0. Never -0. */
export function zScore(raw: number, mean: number, sd: number): number {
  const decimals = [decimal(raw, rawDigits), decimal(mean), decimal(sd)] as const
  const scale = Math.max(...decimals.map(({ scale }) => scale))
  const [units, meanUnits, sdUnits] = decimals.map((value) => value.units * 10n ** BigInt(scale - value.scale)) as [bigint, bigint, bigint]
  return Number(roundedRatio(100n * (units - meanUnits), sdUnits)) / 100
}

/** `numerator / denominator` (above 0) as a whole number, halves away from zero. */
function roundedRatio(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator
  const rounded = (2n * size + denominator) / (2n * denominator)
  return numerator < 0n ? -rounded : rounded
}

/** A number as `units / 10 ** scale`: its shortest decimal notation, or that of so many significant digits. */
function decimal(value: number, digits?: number): { units: bigint; scale: number } {
  const [mantissa = '', exponent = ''] = value.toExponential(digits === undefined ? undefined : digits - 1).split('e')
  const fraction = mantissa.split('.')[1] ?? ''
  const scale = fraction.length - Number(exponent)
  const units = BigInt(mantissa.replace('.', ''))
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale }
}

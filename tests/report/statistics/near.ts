import assert from 'node:assert/strict'

/** `actual` is `expected` but for a share of it, or of `scale` where a number near 0 comes of numbers of that size. */
export function near(actual: number, expected: number, share: number, scale = 0, what = ''): void {
  const distance = Math.abs(actual - expected)
  const most = share * Math.max(Math.abs(expected), scale)
  assert.ok(distance <= most || actual === expected, `${what} ${actual} is not ${expected} (off by ${distance}, ${most} would do)`)
}

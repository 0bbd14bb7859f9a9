import assert from 'node:assert/strict'
import fc from 'fast-check'
import { isRefused, type Refused } from '../../../server/report/statistics/outcome.ts'

/** Scores of a group of which not all are the same. */
export const group = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 40 }).filter((values) => new Set(values).size > 1)

/** The result, which was not refused. */
export function computed<T extends object>(result: T | Refused): T {
  assert.ok(!isRefused(result), JSON.stringify(result))
  return result
}

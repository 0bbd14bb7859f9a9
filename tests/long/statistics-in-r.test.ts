import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { holdAgainst, type Reference } from '../report/statistics/reference.ts'

const script = fileURLToPath(new URL('../report/statistics/reference.R', import.meta.url))

// What fails is told by its seed, and can be looked at by that.
test('R that runs here has the same statistics, for data that are others at every run', () => {
  for (const seed of [2, 3 + Math.floor(Math.random() * 1e9)]) {
    const { stdout, stderr, status } = spawnSync('Rscript', [script, String(seed)], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    assert.equal(status, 0, `seed ${seed}: ${stderr}`)
    const reference = JSON.parse(stdout) as Reference
    assert.equal(reference.seed, seed)
    try {
      assert.equal(holdAgainst(reference).size, 27)
    } catch (error) {
      throw new Error(`Rscript tests/report/statistics/reference.R ${seed}: ${(error as Error).message}`, { cause: error })
    }
  }
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { holdAgainst, type Reference } from './reference.ts'

const reference = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8')) as Reference

test('every statistic is the one that R has: tails to ten digits down to 1e-300, all else to eight', () => {
  const held = holdAgainst(reference)
  assert.equal(held.size, 27)
  for (const [name, times] of held) assert.ok(times >= 2, name)
})

test('the reference reaches far into the tails', () => {
  const tails = reference.cases.filter(({ of }) => of.endsWith('Upper')).map(({ expected }) => expected as number)
  for (const below of [1e-10, 1e-50, 1e-200, 1e-280]) assert.ok(tails.filter((p) => p < below).length >= 5, `${below}`)
})

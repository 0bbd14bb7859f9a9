import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeAt, newSecret, secretAddress, stepOfCode } from '../../server/access/one-time-codes.ts'

/** RFC 6238, appendix B: the SHA-1 secret "12345678901234567890", and its codes (there with eight digits, here the last six). */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const published: [string, string][] = [
  ['1970-01-01T00:00:59.000Z', '287082'],
  ['2005-03-18T01:58:29.000Z', '081804'],
  ['2005-03-18T01:58:31.000Z', '050471'],
  ['2009-02-13T23:31:30.000Z', '005924'],
  ['2033-05-18T03:33:20.000Z', '279037'],
]

test('codes are those of RFC 6238', () => {
  for (const [moment, code] of published) {
    assert.equal(codeAt(secret, moment), code)
    assert.equal(stepOfCode(secret, code, moment, 0), Math.floor(Date.parse(moment) / 30_000))
  }
})

test('a code is good half a minute early or late, once, and no older one after it', () => {
  const now = '2026-03-02T09:00:10.000Z'
  const code = codeAt(secret, now)
  const step = stepOfCode(secret, code, now, 0) ?? assert.fail('not good')
  assert.equal(stepOfCode(secret, code, '2026-03-02T09:00:40.000Z', 0), step)
  assert.equal(stepOfCode(secret, code, '2026-03-02T09:01:40.000Z', 0), null)
  assert.equal(stepOfCode(secret, code, now, step), null)
  assert.equal(stepOfCode(secret, codeAt(secret, '2026-03-02T08:59:45.000Z'), now, step), null)
  assert.equal(stepOfCode(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, now, 0), step)
})

test('an app can read the secret, and no two are the same', () => {
  const made = newSecret()
  assert.match(made, /^[A-Z2-7]{32}$/)
  assert.notEqual(made, newSecret())
  const address = new URL(secretAddress(made, 'bea@bureau.example', 'Nameting (meting.example.org)'))
  assert.equal(address.protocol, 'otpauth:')
  assert.equal(address.searchParams.get('secret'), made)
})

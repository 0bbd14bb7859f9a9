import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from '../../instruments/canonical-json.ts'

test('the example of RFC 8785, section 3.2.2, comes out as printed there', () => {
  const input = String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`
  const printed = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
  assert.equal(canonicalJson(JSON.parse(input)), printed)
})

test('keys are sorted by UTF-16 code units, as in RFC 8785, section 3.2.3; a key of digits is no exception', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6', '10', '9']
  const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))
  const order = ['\r', '1', '10', '9', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']
  assert.equal(text, `{${order.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`)
})

test('the order of keys says nothing, the order of a list and every value do', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, shuffled(inner)]),
    )
  }
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      assert.equal(canonicalJson(a), canonicalJson(shuffled(a)))
      assert.deepEqual(JSON.parse(canonicalJson(a)), JSON.parse(JSON.stringify(a)))
      const same = canonicalJson(a) === canonicalJson(b)
      const equal = JSON.stringify(JSON.parse(canonicalJson(a))) === JSON.stringify(JSON.parse(canonicalJson(b)))
      assert.equal(same, equal)
    }),
  )
  assert.notEqual(canonicalJson([1, 2]), canonicalJson([2, 1]))
})

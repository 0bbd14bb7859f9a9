import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { safeParse } from '../../instruments/safe-parse.ts'

const schema = z.object({ name: z.string().min(1).max(5), list: z.array(z.string().min(1)).max(2), code: z.string().length(3).optional() })

/** JSON in which things often say how long they are. */
const odd = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.jsonValue({ maxDepth: 0 }), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('name', 'list', 'code', 'length', 'size', 'toString', 'valueOf', '__proto__'), tie('value')),
})).object

test('of any JSON it says whether it fits, as zod does where that does not break', () => {
  fc.assert(
    fc.property(odd, (drawn) => {
      const value = JSON.parse(JSON.stringify(drawn)) as unknown
      const made = safeParse(schema, value)
      let plain: typeof made | undefined
      try {
        plain = schema.safeParse(value)
      } catch {
        assert.equal(made.success, false)
      }
      if (plain) assert.deepEqual(made.error?.issues ?? made.data, plain.error?.issues ?? plain.data)
    }),
    { numRuns: 300 },
  )
})

test('what says of its length what is no number is named by its place', () => {
  const value = { name: 'a', list: ['a', { length: { toString: null } }] }
  assert.throws(() => schema.safeParse(value), TypeError)
  assert.deepEqual(
    safeParse(schema, value).error?.issues.map(({ path }) => path),
    [['list', 1]],
  )
})

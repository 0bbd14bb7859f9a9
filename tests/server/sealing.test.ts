import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { sealer } from '../../server/access/sealing.ts'
import { Failure } from '../../server/failure.ts'

const key = randomBytes(32)

test('what was sealed opens again, and no two seals are alike', () => {
  fc.assert(
    fc.property(fc.record({ name: fc.string(), email: fc.string() }, { noNullPrototype: true }), fc.string(), (person, owner) => {
      const { seal, open } = sealer(key)
      const sealed = seal(person, owner)
      assert.deepEqual(open(sealed, owner), person)
      assert.notDeepEqual(seal(person, owner), sealed)
    }),
  )
})

test('a changed byte, another owner or another key opens nothing', () => {
  const sealed = sealer(key).seal({ name: 'Ouder Voorbeeld' }, 'p1')
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
      const changed = Buffer.from(sealed)
      changed[index] = (changed[index] ?? 0) ^ change
      assert.throws(() => sealer(key).open(changed, 'p1'), Failure)
    }),
  )
  assert.throws(() => sealer(key).open(sealed, 'p2'), Failure)
  assert.throws(() => sealer(randomBytes(32)).open(sealed, 'p1'), Failure)
})

test('the sealed bytes hold nothing readable', () => {
  const sealed = sealer(key).seal({ name: 'Ouder Voorbeeld', email: 'ouder@voorbeeld.example' }, 'p1')
  assert.ok(!sealed.toString('latin1').includes('Voorbeeld') && !sealed.toString('latin1').includes('ouder'))
})

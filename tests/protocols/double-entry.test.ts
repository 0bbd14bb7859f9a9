import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { doubleEntryOf, isTypedTwice } from '../../protocols/double-entry.ts'
import { type DoubleEntry, scheduleSchema } from '../../protocols/schema.ts'
import { drawsFrom } from '../../server/access/draws.ts'
import { smallProtocol } from './small-protocol.ts'

const row = (facts: object) => scheduleSchema.parse({ instrument: 'mood@1.0.0', role: 'parent', waves: ['T0'], ...facts })
const list = { instrument: 'mood', role: 'parent', wave: 'T0', arm: 'one', cohort: 'now' }
const share = (part: number): DoubleEntry => ({ share: part, seed: 'seed of a test' })
const chanceOf = (id: number) => (seed: string) => drawsFrom(Buffer.from(seed), 'typed twice', 's1', String(id))

test('the row that asks a list says whether it is typed in twice: of its role, wave and group only', () => {
  const rule = { share: 1 }
  const within = (...schedule: ReturnType<typeof row>[]) => doubleEntryOf({ ...smallProtocol, schedule }, list)
  assert.deepEqual(within(row({ doubleEntry: rule })), rule)
  assert.equal(within(row({})), undefined)
  for (const other of [{ role: 'referrer' }, { waves: ['FU3'] }, { instrument: 'veo@1.0.0' }, { when: { arms: ['two'] } }])
    assert.equal(within(row({ ...other, doubleEntry: rule })), undefined, JSON.stringify(other))
  assert.deepEqual(within(row({}), row({ instrument: 'mood@2.0.0', doubleEntry: rule })), rule)
})

test('a share is drawn by a seed, all of them by none; anything else is a mistake of the protocol', () => {
  for (const good of [{ share: 1 }, { share: 0.2, seed: 'long enough' }]) assert.ok(row({ doubleEntry: good }))
  for (const wrong of [{ share: 0.2 }, { share: 1, seed: 'long enough' }, { share: 0 }, { share: 1.1 }, { share: 0.5, seed: 'short' }, {}])
    assert.throws(() => row({ doubleEntry: wrong }), JSON.stringify(wrong))
})

test('a list is drawn the same each time; a larger share has all of a smaller one, and about as many as it says', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0.01, max: 0.98, noNaN: true }), (id, part) => {
      const isIn = isTypedTwice(share(part), chanceOf(id))
      assert.equal(isTypedTwice(share(part), chanceOf(id)), isIn)
      assert.ok(isTypedTwice({ share: 1 }, () => assert.fail('nothing is drawn where all are')))
      if (isIn) assert.ok(isTypedTwice(share(part + 0.01), chanceOf(id)))
    }),
  )
  const drawn = Array.from({ length: 5000 }, (_, id) => isTypedTwice(share(0.2), chanceOf(id))).filter(Boolean)
  assert.ok(Math.abs(drawn.length - 1000) < 100, String(drawn.length))
})

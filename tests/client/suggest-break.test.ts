import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { afterList, afterSuggestion, beginning, suggestsBreak } from '../../client/respond/break/suggest-break.ts'

const list = (id: string, minutes: number) => ({ id, minutes })

test('a break is suggested after more than ten minutes of lists, while there is enough left to rest for', () => {
  const packet = [list('a', 6), list('b', 4), list('c', 1), list('d', 4)]
  const [a, b, c, d] = packet as [ReturnType<typeof list>, ReturnType<typeof list>, ReturnType<typeof list>, ReturnType<typeof list>]
  const afterTen = afterList(afterList(beginning, a), b)
  assert.equal(suggestsBreak(beginning, packet), false, 'at the beginning')
  assert.equal(suggestsBreak(afterTen, packet), false, 'after ten minutes')
  const afterEleven = afterList(afterTen, c)
  assert.equal(suggestsBreak(afterEleven, packet), true, 'after eleven')
  assert.equal(suggestsBreak(afterEleven, [d]), true, 'what was sent is no longer in the packet')
  assert.equal(suggestsBreak(afterEleven, [a, list('e', 3)]), false, 'nearly done')
  assert.equal(suggestsBreak(afterList(afterEleven, d), packet), false, 'done')
})

test('a list that is sent twice counts once', () => {
  const once = afterList(beginning, list('a', 6))
  assert.equal(afterList(once, list('a', 6)), once)
})

test('whatever the packet: between two suggestions lie more than ten minutes of lists', () => {
  const lists = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 30 })
  fc.assert(
    fc.property(lists, (minutes) => {
      const packet = minutes.map((each, index) => list(String(index), each))
      let visit = beginning
      let since = 0
      for (const one of packet) {
        visit = afterList(visit, one)
        since += one.minutes
        if (!suggestsBreak(visit, packet)) continue
        assert.ok(since > 10)
        visit = afterSuggestion(visit)
        since = 0
      }
    }),
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calmState } from '../../client/respond/calm/calm-state.ts'
import { leftIn, leftPath, listPath, packetPath, routeOf } from '../../client/respond/route.ts'
import { directionOf, wordsIn } from '../../client/ui/words.ts'
import { refusals } from '../../server/refusal.ts'

test('an address is the packet, one of its lists, or unknown', () => {
  assert.deepEqual(routeOf(packetPath), { page: 'packet' })
  assert.deepEqual(routeOf('/packet/'), { page: 'packet' })
  assert.deepEqual(routeOf(listPath('abc-123')), { page: 'list', id: 'abc-123' })
  for (const path of ['/packet/x', '/packet/lists/', '/packet/lists/a/b', '/packet/lists/%2e%2e', '/', `/packet/lists/${'a'.repeat(65)}`])
    assert.deepEqual(routeOf(path), { page: 'unknown' }, path)
})

test('a case, what is done about it, and stopping have addresses of their own', () => {
  assert.deepEqual(routeOf('/packet/stop'), { page: 'stop' })
  assert.deepEqual(routeOf('/packet/erase/'), { page: 'erase' })
  assert.deepEqual(routeOf('/packet/cases/A-001'), { page: 'case', code: 'A-001', doing: null })
  assert.deepEqual(routeOf('/packet/cases/A-001/hand-over'), { page: 'case', code: 'A-001', doing: 'hand-over' })
  assert.deepEqual(routeOf('/packet/cases/A-001/leave'), { page: 'case', code: 'A-001', doing: 'leave' })
  for (const path of ['/packet/cases/A-001/other', '/packet/cases/', '/packet/stop/it'])
    assert.deepEqual(routeOf(path), { page: 'unknown' }, path)
})

test('the page after logging out knows in which language that was', () => {
  assert.equal(leftIn(new URL(leftPath('en'), 'http://localhost').search), 'en')
  for (const search of ['', '?left', '?left=', '?left=<b>', '?x=1']) assert.equal(leftIn(search), null)
})

test('every refusal of the server has a calm page', () => {
  for (const code of Object.keys(refusals) as (keyof typeof refusals)[]) assert.ok(calmState({ code, details: {} }).name, code)
  assert.deepEqual(calmState({ code: 'assignment-closed', details: { state: 'expired' } }), { name: 'expired', todo: 'packet' })
  assert.deepEqual(calmState({ code: 'assignment-closed', details: { state: 'completed' } }), { name: 'completed', todo: 'packet' })
  assert.deepEqual(calmState({ code: 'assignment-closed', details: { state: 'scheduled' } }), { name: 'notYet', todo: 'packet' })
  for (const code of ['unreachable', 'server-outdated'] as const)
    assert.deepEqual(calmState({ code, details: {} }), { name: 'away', todo: 'retry' })
})

test('a text falls back to Dutch and says so', () => {
  assert.deepEqual(wordsIn({ nl: 'ja', en: 'yes' }, 'en'), { text: 'yes', language: 'en' })
  assert.deepEqual(wordsIn({ nl: 'ja', en: 'yes' }, 'ar'), { text: 'ja', language: 'nl' })
  assert.equal(directionOf('ar'), 'rtl')
  assert.equal(directionOf('nl'), 'ltr')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aboutIn, isAbout } from '../../client/desk/case/timeline-choice.ts'

const entry = { kind: 'completed', participant: 'p1', wave: 'T0', message: null, staff: null, detail: {} }
const mail = { ...entry, kind: 'message sent', message: 'invitation' }
const byStaff = { ...entry, kind: 'handed over', wave: null, staff: 'Verzonnen Collega', detail: { successor: 'p2' } }
const shown = (search: string) => [entry, mail, byStaff].map((one) => isAbout(one, aboutIn(search)))

test('without a choice everything is shown, and so it is with a choice that does not exist', () => {
  assert.deepEqual(shown(''), [true, true, true])
  assert.deepEqual(shown('?what=everything&do=menu'), [true, true, true])
})

test('a timeline is narrowed by person, wave and what it is about, all at once', () => {
  assert.deepEqual(shown('?what=mail'), [false, true, false])
  assert.deepEqual(shown('?what=answers'), [true, false, false])
  assert.deepEqual(shown('?what=staff&wave=T0'), [false, false, false])
  assert.deepEqual(shown('?wave=T0'), [true, true, false])
  assert.deepEqual(shown('?who=p2'), [false, false, true], 'whoever takes over is part of it')
  assert.deepEqual(shown('?who=p3'), [false, false, false])
})

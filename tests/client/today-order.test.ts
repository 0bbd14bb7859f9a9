import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf, sectionOfTask, sectionsFor } from '../../client/desk/today/order.ts'
import { taskTexts } from '../../client/desk/today/task-texts.ts'
import { type StaffRole, staffRoleNames, staffRoles } from '../../server/access/roles.ts'

const own = (role: StaffRole) => sectionsFor(staffRoles[role]).flatMap(({ section, isOwn }) => (isOwn ? [section] : []))

test('everybody has the same things on the page of today, and their own work first', () => {
  const whole = sectionsFor(staffRoles.researcher)
    .map(({ section }) => section)
    .toSorted()
  for (const role of staffRoleNames) {
    const sections = sectionsFor(staffRoles[role])
    assert.deepEqual(sections.map(({ section }) => section).toSorted(), whole, role)
    const turn = sections.findIndex(({ isOwn }) => !isOwn)
    assert.ok(turn === -1 || sections.slice(turn).every(({ isOwn }) => !isOwn), role)
  }
  assert.deepEqual(own('interviewer').slice(0, 2), ['byHand', 'work'])
  assert.deepEqual(own('file researcher'), ['work', 'entries'])
  assert.deepEqual(own('researcher'), ['answered'])
  assert.deepEqual(own('coordinator').slice(0, 3), ['alarms', 'undated', 'tasks'])
  assert.equal(own('coordinator').includes('mail'), false)
  assert.deepEqual(own('data manager').slice(0, 2), ['alarms', 'mail'])
  assert.deepEqual(own('administrator'), [])
})

test('each role has a day of its own, and whoever has two roles that of the one with more to do', () => {
  assert.equal(new Set(staffRoleNames.map((role) => dayOf(staffRoles[role]))).size, staffRoleNames.length)
  assert.equal(dayOf([...staffRoles.researcher, ...staffRoles.interviewer]), 'calls')
  assert.equal(dayOf([]), 'watching')
})

test('each kind of task has its place', () => {
  assert.deepEqual(
    Object.groupBy(Object.keys(taskTexts), sectionOfTask),
    Object.assign(Object.create(null), {
      alarms: ['alarm'],
      mail: ['address refused', 'message refused', 'message unknown', 'message delayed', 'message missed'],
      tasks: ['case handed over', 'family unknown', 'said no'],
      erased: ['answers erased'],
    }),
  )
})

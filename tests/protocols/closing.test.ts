import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Plan } from '../../protocols/case.ts'
import { untilClosing } from '../../protocols/closing.ts'

const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }).map((date) => date.toISOString())
const two = fc.tuple(moment, moment).map((pair) => pair.toSorted() as [string, string])
const about = { participant: 'p1', role: 'parent', wave: 'T0' }

const plans = fc.record({
  assignments: fc.array(
    two.map(([opensAt, closesAt]) => ({
      ...about,
      about: null,
      instrument: { id: 'list', version: '1.0.0' },
      target: opensAt.slice(0, 10),
      opensAt,
      closesAt,
    })),
  ),
  messages: fc.array(two.map(([at, until]) => ({ ...about, kind: 'invitation', days: 0, at, until }))),
  stopped: fc.constant<string[]>([]),
  withoutReminders: fc.constant<string[]>([]),
  withoutMail: fc.constant<string[]>([]),
  mailTime: fc.constant({ hour: '10:00', timeZone: 'Europe/Amsterdam' }),
})

test('in a closed study nothing opens, stays open or is sent from the moment on at which it closed, and all before stays', () => {
  fc.assert(
    fc.property(plans, moment, (plan: Plan, closedAt) => {
      const cut = untilClosing(plan, closedAt)
      assert.ok(cut.assignments.every(({ opensAt, closesAt }) => opensAt < closedAt && closesAt <= closedAt))
      assert.ok(cut.messages.every(({ at, until }) => at < closedAt && until <= closedAt))
      assert.equal(cut.assignments.length, plan.assignments.filter(({ opensAt }) => opensAt < closedAt).length)
      assert.equal(cut.messages.length, plan.messages.filter(({ at }) => at < closedAt).length)
      const untouched = plan.assignments.filter(({ closesAt }) => closesAt < closedAt)
      assert.deepEqual(
        cut.assignments.filter(({ closesAt }) => closesAt < closedAt),
        untouched,
      )
      assert.deepEqual(untilClosing(cut, closedAt), cut, 'once is enough')
    }),
  )
})

test('a study that is open is planned as it is', () => {
  fc.assert(fc.property(plans, (plan: Plan) => assert.equal(untilClosing(plan, null), plan)))
})

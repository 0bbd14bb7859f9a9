import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { later } from '../../protocols/local-time.ts'
import { plan } from '../../protocols/plan.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'

const protocol = loadDefinitions().protocols.need('familie-aan-zet@0.1.0-standin')
const family = {
  arm: 'conference',
  cohort: 'prospective',
  registeredAt: '2026-03-02T09:00:00.000Z',
  anchors: { referral: '2026-03-01', conference: '2026-04-15' },
  participants: [
    { id: 'p1', role: 'parent' },
    { id: 'p2', role: 'parent' },
  ],
  completed: [],
}
const usual = plan(protocol, family)

test('a window that staff extend closes later for that participant and wave, never sooner, and for nobody else', () => {
  const moment = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString())
  fc.assert(
    fc.property(fc.constantFrom('p1', 'p2'), fc.constantFrom('T0', 'FU3', 'FU9'), moment, (participant, wave, closesAt) => {
      const extended = plan(protocol, { ...family, extensions: [{ participant, wave, closesAt }] })
      assert.equal(extended.assignments.length, usual.assignments.length)
      for (const [index, one] of extended.assignments.entries()) {
        const was = usual.assignments[index] ?? assert.fail()
        const isExtended = one.participant === participant && one.wave === wave
        const latest = later(was.closesAt, closesAt)
        assert.deepEqual(one, { ...was, closesAt: isExtended ? latest : was.closesAt })
      }
      // Mails go out when they did; of a longer window more reminders may fit in.
      for (const message of usual.messages)
        assert.ok(
          extended.messages.some(
            ({ kind, at, participant, wave }) =>
              JSON.stringify([kind, at, participant, wave]) ===
              JSON.stringify([message.kind, message.at, message.participant, message.wave]),
          ),
        )
    }),
  )
})

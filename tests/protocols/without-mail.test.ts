/** Somebody without a mail address is asked what everybody is asked, and is in no mail. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PlanCase } from '../../protocols/case.ts'
import { plan } from '../../protocols/plan.ts'
import { planOver } from '../../protocols/versions.ts'
import { apply, changesOf, nothingRecorded, replan, tick } from './case-history.ts'
import { everyDay, smallCase, smallProtocol } from './small-protocol.ts'

const people = (...without: string[]): PlanCase['participants'] =>
  ['parent', 'parent', 'referrer'].map((role, index) => {
    const id = `${role} ${index}`
    return { id, role, ...(without.includes(id) && { withoutMail: true as const }) }
  })
const everybody = people().map(({ id }) => id)

test('whoever has no address gets the same lists in the same windows, and appears in no message; nothing changes for the others', () => {
  const day = fc.constantFrom(...everyDay)
  fc.assert(
    fc.property(fc.subarray(everybody), day, day, fc.constantFrom('conference', 'non-conference'), (without, referral, conference, arm) => {
      const facts = { arm, anchors: { referral, conference } }
      const usual = plan(smallProtocol, smallCase({ ...facts, participants: people() }))
      const periods = [
        { from: null, protocol: smallProtocol },
        { from: conference, protocol: { ...smallProtocol, version: '1.1.0' } },
      ]
      const planCase = smallCase({ ...facts, participants: people(...without) })
      for (const planned of [plan(smallProtocol, planCase), planOver(periods, planCase)]) {
        assert.deepEqual(planned.assignments, usual.assignments)
        assert.deepEqual(
          planned.messages,
          usual.messages.filter(({ participant }) => !without.includes(participant)),
        )
        assert.deepEqual(planned.withoutMail, without)
      }
    }),
    { numRuns: 200 },
  )
})

test('an address that is taken away calls off the mails ahead and leaves the lists; given back, what is still ahead is planned', () => {
  const [asked, without] = [
    smallCase(),
    smallCase({
      participants: [
        { id: 'p', role: 'parent', withoutMail: true },
        { id: 'r', role: 'referrer' },
      ],
    }),
  ]
  const start = '2026-01-05T07:00:00.000Z'
  // The invitation went out, and the first reminder.
  const later = '2026-01-13T12:00:00.000Z'
  const recorded = tick(replan(asked, nothingRecorded, start), start, later)
  const gone = changesOf(without, recorded, later)
  assert.deepEqual([gone.add, gone.move], [changesOf(asked, recorded, later).add, changesOf(asked, recorded, later).move])
  assert.deepEqual(gone.cancel.assignments, [])
  assert.deepEqual(
    gone.cancel.messages.map(({ id, reason }) => [id, reason]),
    [
      'p FU3 invitation',
      'p FU3 reminder-1',
      'p FU3 reminder-2',
      'p FU9 invitation',
      'p FU9 reminder-1',
      'p FU9 reminder-2',
      'p T0 reminder-2',
    ].map((id) => [id, 'no address']),
  )
  // In the middle of the second wave there is an address again: its invitation goes out at the next hour, with what follows it.
  const much = '2026-06-01T12:00:00.000Z'
  const byHand = tick(apply(recorded, gone), later, much)
  const back = changesOf(asked, byHand, much)
  assert.deepEqual([back.add.assignments, back.move.assignments, back.cancel.assignments], [[], [], []])
  assert.deepEqual(
    back.move.messages.map(({ id, to }) => [id, to.at]),
    [
      ['p FU3 invitation', '2026-06-02T07:00:00.000Z'],
      ['p FU3 reminder-1', '2026-06-09T07:00:00.000Z'],
      ['p FU3 reminder-2', '2026-06-16T07:00:00.000Z'],
      ['p FU9 invitation', '2026-11-27T08:00:00.000Z'],
      ['p FU9 reminder-1', '2026-12-04T08:00:00.000Z'],
      ['p FU9 reminder-2', '2026-12-11T08:00:00.000Z'],
    ],
  )
})

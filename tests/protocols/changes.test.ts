import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PlanCase, Recorded, RecordedAssignment, RecordedMessage } from '../../protocols/case.ts'
import { apply, changesOf, noChanges, nothingRecorded, replan, tick } from './case-history.ts'
import { smallCase, smallProtocol, wallClock } from './small-protocol.ts'

const registration = '2026-01-02T12:00:00.000Z'
const parent = (facts: Partial<PlanCase> = {}): PlanCase =>
  smallCase({ registeredAt: registration, participants: [{ id: 'p', role: 'parent' }], ...facts })
const stopped = (stoppedAt: string) => parent({ participants: [{ id: 'p', role: 'parent', stoppedAt }] })

/** The parent's case as it is recorded at `now` when nobody has answered. */
const recordedAt = (now: string, planCase = parent()): Recorded => tick(replan(planCase, nothingRecorded, registration), registration, now)
const withAssignment = (recorded: Recorded, id: string, change: Partial<RecordedAssignment>): Recorded => ({
  ...recorded,
  assignments: recorded.assignments.map((one) => (one.id === id ? { ...one, ...change } : one)),
})
const withMessage = (recorded: Recorded, id: string, change: Partial<RecordedMessage>): Recorded => ({
  ...recorded,
  messages: recorded.messages.map((one) => (one.id === id ? { ...one, ...change } : one)),
})
const assignment = (recorded: Recorded, id: string) => recorded.assignments.find((one) => one.id === id) ?? assert.fail(`no ${id}`)
const mails = ({ messages }: Recorded, wave: string) =>
  messages.filter((one) => one.wave === wave).map(({ kind, state, dueAt }) => `${kind} ${state} ${wallClock(dueAt)}`)

describe('first planning', () => {
  test('everything is added, and a second time nothing', () => {
    const first = changesOf(parent(), nothingRecorded, registration)
    assert.equal(first.add.assignments.length, 4)
    assert.equal(first.add.messages.length, 9)
    assert.deepEqual({ move: first.move, cancel: first.cancel }, { move: noChanges.move, cancel: noChanges.cancel })
    assert.deepEqual(changesOf(parent(), apply(nothingRecorded, first), registration), noChanges)
  })

  test('an assignment whose window is over is added, a message about it is not', () => {
    const now = '2026-02-02T09:00:00.000Z'
    const { add } = changesOf(parent({ registeredAt: now }), nothingRecorded, now)
    assert.deepEqual(
      add.assignments.filter(({ wave }) => wave === 'T0').map(({ instrument }) => instrument.id),
      ['nosik', 'veo'],
    )
    assert.deepEqual(
      add.messages.filter(({ wave }) => wave === 'T0'),
      [],
    )
  })

  test('an anchor that becomes known late brings the invitation at the next hour for mail, and reminders that count from that day', () => {
    const now = '2026-06-10T12:00:00.000Z'
    const before = recordedAt(now, parent({ anchors: { referral: '2026-01-05' } }))
    // FU3 of a conference on 27 February opened on 20 May and closes on 30 June.
    assert.deepEqual(mails(replan(parent(), before, now), 'FU3'), [
      'invitation planned 2026-06-11 09:00',
      'reminder-1 planned 2026-06-18 09:00',
      'reminder-2 planned 2026-06-25 09:00',
    ])
  })

  test('an invitation that still waits for its mail server pushes the reminders ahead of it', () => {
    const late = '2026-01-16T12:00:00.000Z'
    const waiting = replan(parent(), nothingRecorded, registration)
    assert.deepEqual(mails(replan(parent(), waiting, late), 'T0'), [
      'invitation planned 2026-01-05 09:00',
      'reminder-1 planned 2026-01-23 09:00',
      'reminder-2 planned 2026-01-30 09:00',
    ])
  })

  test('reminders keep their distance to an invitation that went out late', () => {
    const recorded = withMessage(replan(parent(), nothingRecorded, registration), 'p T0 invitation', {
      state: 'sent',
      settledAt: '2026-01-09T13:00:00.000Z',
    })
    assert.deepEqual(mails(replan(parent(), recorded, '2026-01-10T12:00:00.000Z'), 'T0').slice(1), [
      'reminder-1 planned 2026-01-16 09:00',
      'reminder-2 planned 2026-01-23 09:00',
    ])
  })
})

describe('an anchor that moves', () => {
  const later = parent({ anchors: { referral: '2026-01-05', conference: '2026-03-10' } })

  test('moves the waves that count from it and leaves the others alone', () => {
    const { add, move, cancel } = changesOf(later, recordedAt('2026-01-20T12:00:00.000Z'), '2026-01-20T12:00:00.000Z')
    assert.deepEqual({ add, cancel }, { add: noChanges.add, cancel: noChanges.cancel })
    assert.deepEqual(
      move.assignments.map(({ id, from, to }) => `${id}: ${from.target} > ${to.target}`),
      ['p FU3 veo: 2026-05-27 > 2026-06-10', 'p FU9 veo: 2026-11-27 > 2026-12-10'],
    )
    assert.deepEqual(
      move.messages.map(({ id, from, to }) => `${id}: ${wallClock(from.at)} > ${wallClock(to.at)}`),
      [
        'p FU3 invitation: 2026-05-20 09:00 > 2026-06-03 09:00',
        'p FU3 reminder-1: 2026-05-27 09:00 > 2026-06-10 09:00',
        'p FU3 reminder-2: 2026-06-03 09:00 > 2026-06-17 09:00',
        'p FU9 invitation: 2026-11-27 09:00 > 2026-12-10 09:00',
        'p FU9 reminder-1: 2026-12-04 09:00 > 2026-12-17 09:00',
        'p FU9 reminder-2: 2026-12-11 09:00 > 2026-12-24 09:00',
      ],
    )
  })

  test('takes back an open assignment that is to open later, and keeps one that somebody has begun', () => {
    const now = '2026-05-21T12:00:00.000Z'
    const open = recordedAt(now)
    assert.equal(assignment(open, 'p FU3 veo').state, 'open')
    assert.equal(assignment(replan(later, open, now), 'p FU3 veo').state, 'scheduled')
    const begun = withAssignment(open, 'p FU3 veo', { state: 'in progress', startedAt: now })
    const moved = assignment(replan(later, begun, now), 'p FU3 veo')
    assert.deepEqual([moved.state, moved.target], ['in progress', '2026-06-10'])
  })

  test('leaves what is completed, and mail that is out of our hands, as it was', () => {
    const now = '2026-05-30T12:00:00.000Z'
    const completed = [{ participant: 'p', wave: 'FU3', instrument: 'veo', at: now }]
    const recorded = withAssignment(recordedAt(now), 'p FU3 veo', { state: 'completed' })
    const { add, move, cancel } = changesOf({ ...later, completed }, recorded, now)
    assert.deepEqual(add, noChanges.add)
    assert.deepEqual(
      [...move.assignments, ...move.messages].filter(({ id }) => id.startsWith('p FU3')),
      [],
    )
    assert.deepEqual(cancel, { assignments: [], messages: [{ id: 'p FU3 reminder-2', reason: 'completed' }] })

    for (const state of ['claimed', 'sent', 'refused', 'unknown'] as const) {
      const untouched = withMessage(recordedAt(registration), 'p FU3 invitation', { state })
      const { move } = changesOf(later, untouched, registration)
      assert.equal(
        move.messages.some(({ id }) => id === 'p FU3 invitation'),
        false,
      )
    }
  })

  test('reopens an expired assignment when its new window is not over, and only then', () => {
    const now = '2026-07-02T12:00:00.000Z'
    const expired = recordedAt(now)
    assert.equal(assignment(expired, 'p FU3 veo').state, 'expired')
    const inTime = replan(parent({ anchors: { conference: '2026-03-10' } }), expired, now)
    assert.equal(assignment(inTime, 'p FU3 veo').state, 'scheduled')
    const tooLate = changesOf(parent({ anchors: { referral: '2026-01-05', conference: '2026-02-28' } }), expired, now)
    assert.deepEqual(
      tooLate.move.assignments.map(({ id }) => id),
      ['p FU9 veo'],
    )
  })

  test('never makes a reminder due whose moment has passed', () => {
    // The invitation went out on 20 May; then the conference turns out to be two weeks later, and then not.
    const first = tick(recordedAt('2026-05-21T12:00:00.000Z'), registration, '2026-05-21T12:00:00.000Z')
    const second = replan(later, first, '2026-05-21T12:00:00.000Z')
    assert.deepEqual(mails(second, 'FU3').slice(1), ['reminder-1 planned 2026-06-10 09:00', 'reminder-2 planned 2026-06-17 09:00'])
    const { move, cancel } = changesOf(parent(), second, '2026-05-29T12:00:00.000Z')
    assert.deepEqual(cancel.messages, [{ id: 'p FU3 reminder-1', reason: 'passed' }])
    assert.deepEqual(
      move.messages.filter(({ id }) => id.startsWith('p FU3')).map(({ to }) => wallClock(to.at)),
      ['2026-06-03 09:00'],
    )
  })

  test('cancels what waited for an anchor that is taken back, and revives it when the anchor returns', () => {
    const recorded = recordedAt(registration)
    const without = parent({ anchors: { referral: '2026-01-05' } })
    const { cancel } = changesOf(without, recorded, registration)
    assert.deepEqual(cancel.assignments, [
      { id: 'p FU3 veo', reason: 'not planned' },
      { id: 'p FU9 veo', reason: 'not planned' },
    ])
    assert.equal(cancel.messages.length, 6)
    const cancelled = replan(without, recorded, registration)
    assert.deepEqual(replan(parent(), cancelled, registration).messages, recorded.messages)
    assert.deepEqual(
      replan(parent(), cancelled, registration).assignments.map(({ state }) => state),
      Array(4).fill('scheduled'),
    )
  })
})

describe('what is no longer asked', () => {
  test('a participant who stops: pending assignments and mail are cancelled, history stays, and nothing is cancelled twice', () => {
    const now = '2026-05-21T12:00:00.000Z'
    const recorded = recordedAt(now)
    const todo = changesOf(stopped(now), recorded, now)
    assert.deepEqual(todo.cancel.assignments, [
      { id: 'p FU3 veo', reason: 'stopped' },
      { id: 'p FU9 veo', reason: 'stopped' },
    ])
    assert.deepEqual([...new Set(todo.cancel.messages.map(({ reason }) => reason))], ['stopped'])
    assert.deepEqual([todo.add, todo.move], [noChanges.add, noChanges.move])
    assert.deepEqual(changesOf(stopped(now), apply(recorded, todo), now), noChanges)
  })

  test('mail that was due before the participant stopped, and was not sent, is cancelled too', () => {
    const now = '2026-01-06T12:00:00.000Z'
    const { cancel } = changesOf(stopped(now), replan(parent(), nothingRecorded, registration), now)
    assert.ok(cancel.messages.some(({ id, reason }) => id === 'p T0 invitation' && reason === 'stopped'))
  })

  test('mail that was not sent while the window was open is cancelled', () => {
    const now = '2026-02-02T09:00:00.000Z'
    const { cancel } = changesOf(parent(), replan(parent(), nothingRecorded, registration), now)
    assert.deepEqual(
      cancel.messages.map(({ id, reason }) => `${id}: ${reason}`),
      ['p T0 invitation: closed', 'p T0 reminder-1: closed', 'p T0 reminder-2: closed'],
    )
  })

  test('a participant who comes back within the window is asked again, without the reminders they missed', () => {
    const left = '2026-01-06T12:00:00.000Z'
    const back = '2026-01-14T12:00:00.000Z'
    const recorded = replan(parent(), replan(stopped(left), recordedAt(left), left), back)
    assert.deepEqual(
      recorded.assignments.map(({ state }) => state),
      Array(4).fill('scheduled'),
    )
    assert.deepEqual(mails(recorded, 'T0'), [
      'invitation sent 2026-01-05 09:00',
      'reminder-1 cancelled 2026-01-12 09:00',
      'reminder-2 planned 2026-01-19 09:00',
    ])
  })
})

describe('a new version of the protocol', () => {
  const newer = {
    ...smallProtocol,
    schedule: smallProtocol.schedule.map((row) => ({ ...row, instrument: row.instrument.replace('1.0.0', '1.1.0') })),
  }

  test('changes the instrument version of what nobody has begun, and of nothing else', () => {
    const now = '2026-01-06T12:00:00.000Z'
    const begun = withAssignment(recordedAt(now), 'p T0 nosik', { state: 'in progress' })
    const reopened = withAssignment(begun, 'p T0 veo', { state: 'cancelled', startedAt: now })
    const recorded = apply(reopened, changesOf(parent(), reopened, now, newer))
    assert.deepEqual(
      recorded.assignments.map(({ id, instrumentVersion }) => `${id} ${instrumentVersion}`),
      ['p T0 nosik 1.0.0', 'p T0 veo 1.0.0', 'p FU3 veo 1.1.0', 'p FU9 veo 1.1.0'],
    )
  })

  test('cancels a reminder that it dropped', () => {
    const fewer = { ...smallProtocol, messages: { ...smallProtocol.messages, reminders: smallProtocol.messages.reminders.slice(0, 1) } }
    const { cancel } = changesOf(parent(), recordedAt(registration), registration, fewer)
    assert.deepEqual(
      cancel.messages,
      ['FU3', 'FU9', 'T0'].map((wave) => ({ id: `p ${wave} reminder-2`, reason: 'not planned' })),
    )
  })
})

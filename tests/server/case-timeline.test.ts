import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CaseRecord, caseTimeline } from '../../server/workflow/case-timeline.ts'

const now = '2026-06-01T12:00:00.000Z'

const event = (id: number, at: string, kind: string, detail: Record<string, unknown> = {}, participantId: string | null = 'p1') => ({
  id,
  at,
  studyId: 's',
  caseId: 'c',
  participantId,
  wave: participantId && 'T0',
  kind,
  detail,
})

const message = (kind: string, state: 'planned' | 'sent' | 'cancelled', nextAt: string) =>
  ({ kind, state, nextAt, participantId: 'p1', wave: 'FU3' }) as CaseRecord['messages'][number]

const assignment = (
  instrumentId: string,
  state: 'scheduled' | 'open' | 'completed' | 'expired',
  opensAt: string,
  closesAt: string,
  participantId = 'p1',
) => ({ instrumentId, state, opensAt, closesAt, participantId, wave: 'FU3' }) as CaseRecord['assignments'][number]

const lines = (record: Partial<CaseRecord>) =>
  caseTimeline({ events: [], messages: [], assignments: [], ...record }, now).map(
    ({ at, ahead, kind, participant, lists, message: mail }) =>
      [
        at.slice(0, 10),
        ahead ? 'ahead' : 'past',
        kind,
        participant,
        mail,
        ...lists.map(({ instrument, about }) => `${instrument}${about ? ` about ${about}` : ''}`),
      ]
        .filter((word) => word !== null)
        .join(' '),
  )

test('what happened comes first in order of time, and of one moment in the order in which it was recorded', () => {
  const events = [
    event(1, '2026-01-01T09:00:00.000Z', 'registered', {}, null),
    event(2, '2026-01-01T09:00:00.000Z', 'planned', {}, null),
    event(3, '2026-01-02T09:00:00.000Z', 'message sent', { message: 'invitation', answer: '250 OK' }),
  ]
  assert.deepEqual(lines({ events }), [
    '2026-01-01 past registered',
    '2026-01-01 past planned',
    '2026-01-02 past message sent p1 invitation',
  ])
})

test('what one person got or did with several lists at one moment is one line', () => {
  const at = '2026-01-01T09:00:00.000Z'
  const events = [
    event(1, at, 'opened', { instrument: 'veo' }),
    event(2, at, 'opened', { instrument: 'pul' }),
    event(3, at, 'opened', { instrument: 'veo' }, 'p2'),
    event(4, '2026-01-05T09:00:00.000Z', 'completed', { instrument: 'veo' }),
    event(5, '2026-01-05T09:04:00.000Z', 'completed', { instrument: 'pul' }),
  ]
  assert.deepEqual(lines({ events }), [
    '2026-01-01 past opened p1 veo pul',
    '2026-01-01 past opened p2 veo',
    '2026-01-05 past completed p1 veo',
    '2026-01-05 past completed p1 pul',
  ])
})

test('of a list about somebody it says about whom', () => {
  const at = '2026-01-01T09:00:00.000Z'
  const events = ['p2', 'p3'].map((about, index) => event(index, at, 'opened', { instrument: 'talk', about }))
  const assignments = [{ ...assignment('talk', 'open', at, '2026-07-01T00:00:00.000Z'), aboutId: 'p2' }]
  assert.deepEqual(lines({ events, assignments }), [
    '2026-01-01 past opened p1 talk about p2 talk about p3',
    '2026-07-01 ahead wave closes p1 talk about p2',
  ])
})

test('two events of one kind about no list stay two, even at the same moment', () => {
  const at = '2026-01-01T09:00:00.000Z'
  assert.equal(lines({ events: [event(1, at, 'link opened'), event(2, at, 'link opened')] }).length, 2)
})

test('of what is to come it shows openings, mails that are planned, and closings, once for all lists of a packet', () => {
  const [opensAt, closesAt] = ['2026-07-01T00:00:00.000Z', '2026-08-12T00:00:00.000Z']
  assert.deepEqual(
    lines({
      messages: [
        message('invitation', 'planned', '2026-07-01T08:00:00.000Z'),
        message('reminder-1', 'cancelled', '2026-07-08T08:00:00.000Z'),
        message('reminder-2', 'sent', '2026-05-08T08:00:00.000Z'),
      ],
      assignments: [assignment('veo', 'scheduled', opensAt, closesAt), assignment('pul', 'scheduled', opensAt, closesAt)],
    }),
    ['2026-07-01 ahead wave opens p1 veo pul', '2026-07-01 ahead message due p1 invitation', '2026-08-12 ahead wave closes p1 veo pul'],
  )
})

test('a list that is open only closes, and one that is done or over does neither', () => {
  const [opensAt, closesAt] = ['2026-05-20T00:00:00.000Z', '2026-07-01T00:00:00.000Z']
  assert.deepEqual(
    lines({
      assignments: [
        assignment('veo', 'open', opensAt, closesAt),
        assignment('pul', 'completed', opensAt, closesAt),
        assignment('nosik', 'expired', opensAt, '2026-05-30T00:00:00.000Z'),
      ],
    }),
    ['2026-07-01 ahead wave closes p1 veo'],
  )
})

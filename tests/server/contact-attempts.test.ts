/** Reaching somebody by hand: who tried, by which means, what came of it, and the day on which the next one tries. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staffRoleNames } from '../../server/access/roles.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const at = (path = '') => `/studies/s1/cases/H-1${path}`

/** A family whose parent has no mail address, on the day after its first lists opened. */
async function withoutMail(t: Parameters<typeof startStudyServer>[0]) {
  const server = await startStudyServer(t, '2026-03-02T08:00:00Z')
  const whole = family('H-1')
  const participants = whole.participants.map(({ email, ...one }) =>
    one.role === 'parent' ? { ...one, withoutMail: true, telephone: '06-00000012' } : { ...one, email },
  )
  assert.equal((await (await staffAt(server, 'data manager')).call('POST /studies/s1/cases', { ...whole, participants })).status, 201)
  server.clock.set('2026-03-04T09:30:00Z')
  await server.tick()
  const [parent] = server.rows<{ id: string }>(`select id from participants where role = 'parent'`)
  return { server, parent: parent?.id ?? '', interviewer: await staffAt(server, 'interviewer') }
}

/** Sessions are over by the next day: whoever works on signs in anew. */
async function onDay(server: StudyServer, day: string) {
  server.clock.set(`${day}T09:30:00Z`)
  return await staffAt(server, 'interviewer')
}

test('a row of Today rests until the day that was agreed, is counted meanwhile, and comes back with what was tried', async (t) => {
  const { server, parent, interviewer } = await withoutMail(t)
  const today = async ({ call }: typeof interviewer, resting = '') => (await call(`GET /studies/s1/today${resting}`)).body.byHand
  const before = await today(interviewer)
  assert.deepEqual([before.total, before.resting, before.rows[0].attempts, before.rows[0].last], [1, 0, 0, null])

  const tried = { means: 'call', outcome: 'not reached', wave: 'T0', nextOn: '2026-03-06', reaching: 'Na zes uur, via haar zus Zzyzx' }
  assert.equal((await interviewer.call(`POST ${at(`/people/${parent}/attempts`)}`, tried)).status, 201)
  const resting = await today(interviewer)
  assert.deepEqual([resting.total, resting.resting, resting.rows], [0, 1, []])
  const last = { means: 'call', outcome: 'not reached', triedOn: '2026-03-04', nextOn: '2026-03-06' }
  assert.deepEqual((await today(interviewer, '?resting=yes')).rows[0].last, last)

  const back = await onDay(server, '2026-03-06')
  const again = await today(back)
  assert.deepEqual([again.total, again.resting, again.rows[0].attempts, again.rows[0].last], [1, 0, 1, last])
  const { contact } = (await back.call(`POST ${at(`/people/${parent}/contact`)}`, { reason: 'bellen' })).body
  assert.equal(contact.reaching, 'Na zes uur, via haar zus Zzyzx')

  // What they said no to stays in sight until it is recorded in its own way.
  await back.call(`POST ${at(`/people/${parent}/attempts`)}`, { means: 'visit', outcome: 'refused', wave: 'T0', triedOn: '2026-03-05' })
  const refused = await today(back)
  assert.deepEqual([refused.total, refused.rows[0].attempts, refused.rows[0].last.outcome], [1, 2, 'refused'])
  const coordinator = await staffAt(server, 'coordinator')
  await coordinator.call(`POST ${at(`/people/${parent}/stop`)}`, { state: 'declined', reason: 'gezegd aan de deur' })
  assert.equal((await today(back)).total, 0)

  const { timeline } = (await back.call(`GET ${at()}`)).body
  const shown = timeline.filter(({ kind }: { kind: string }) => kind === 'contact attempt')
  assert.deepEqual(
    shown.map(({ wave, participant, staff, why, detail }: Record<string, unknown>) => [wave, participant, staff !== null, why, detail]),
    [
      ['T0', parent, true, null, last],
      ['T0', parent, true, null, { means: 'visit', outcome: 'refused', triedOn: '2026-03-05', nextOn: null }],
    ],
  )
  const log = server.rows<{ outcome: string; detail: string }>(
    `select outcome, detail from access_log where action = 'recorded contact attempt'`,
  )
  assert.deepEqual(
    log.map(({ outcome, detail }) => [outcome, JSON.parse(detail)]),
    [
      ['allowed', { person: parent }],
      ['allowed', { person: parent }],
    ],
  )
})

test('what cannot be is refused by field, and nothing is kept of it', async (t) => {
  const { server, parent, interviewer } = await withoutMail(t)
  const fields = async (entry: object) => {
    const { status, body } = await interviewer.call(`POST ${at(`/people/${parent}/attempts`)}`, {
      means: 'call',
      outcome: 'not reached',
      ...entry,
    })
    assert.equal(status, 422, JSON.stringify(body))
    return body.error.problems.map(({ field }: { field: string }) => field)
  }
  assert.deepEqual(await fields({ wave: 'T9' }), ['wave'])
  assert.deepEqual(await fields({ wave: '__proto__' }), ['wave'])
  assert.deepEqual(await fields({ triedOn: '2026-03-05' }), ['triedOn'], 'tomorrow')
  assert.deepEqual(await fields({ triedOn: '2025-12-01' }), ['triedOn'], 'long ago')
  assert.deepEqual(await fields({ nextOn: '2026-03-04' }), ['nextOn'], 'today')
  assert.deepEqual(await fields({ nextOn: '2026-02-30' }), ['nextOn'], 'no day')
  assert.deepEqual(await fields({ nextOn: '2029-01-01', wave: 'T0' }), ['nextOn'], 'after the lists have closed')
  assert.deepEqual(await fields({ outcome: 'call back' }), ['nextOn'], 'on which day')
  assert.deepEqual(await fields({ outcome: 'refused', nextOn: '2026-03-06' }), ['nextOn'])
  for (const wrong of [{ means: 'pigeon' }, { outcome: 'dead' }, { note: 'Zzyzx' }, { staffId: 'x' }, { reaching: 'x'.repeat(501) }])
    assert.equal(
      (await interviewer.call(`POST ${at(`/people/${parent}/attempts`)}`, { means: 'call', outcome: 'not reached', ...wrong })).status,
      400,
    )
  assert.deepEqual(server.rows('select id from contact_attempts'), [])
  assert.deepEqual(server.rows(`select id from events where kind = 'contact attempt'`), [])
})

test('only whoever may call somebody records that they did', async (t) => {
  const { server, parent } = await withoutMail(t)
  for (const role of staffRoleNames) {
    const { call } = await staffAt(server, role)
    const may = ['data manager', 'coordinator', 'interviewer'].includes(role)
    const { status } = await call(`POST ${at(`/people/${parent}/attempts`)}`, { means: 'message', outcome: 'will fill in' })
    assert.equal(status, may ? 201 : 403, role)
  }
})

test('erasure takes along what came of it and the words; that somebody tried stays. Whoever was called is no mistake', async (t) => {
  const { server, parent, interviewer } = await withoutMail(t)
  const words = 'Belt u buurvrouw Kanariegeel'
  await interviewer.call(`POST ${at(`/people/${parent}/attempts`)}`, {
    means: 'call',
    outcome: 'call back',
    nextOn: '2026-03-09',
    reaching: words,
  })
  for (const table of ['contact_attempts', 'events', 'access_log'])
    assert.equal(JSON.stringify(server.rows(`select * from ${table}`)).includes('Kanariegeel'), false, `no words in ${table}`)
  const manager = await staffAt(server, 'data manager')
  const mistake = await manager.call(`POST ${at(`/people/${parent}/removal`)}`, { reason: 'vergissing' })
  assert.deepEqual([mistake.status, mistake.body.error.fault], [409, 'participant-in-use'])

  // An address that is corrected leaves the words where they are; an empty box takes them away.
  await manager.call(`POST ${at(`/people/${parent}/address`)}`, { telephone: '06-00000013', reason: 'nieuw nummer' })
  const contact = async () => (await manager.call(`POST ${at(`/people/${parent}/contact`)}`, { reason: 'nagekeken' })).body.contact
  assert.equal((await contact()).reaching, words)
  await manager.call(`POST ${at(`/people/${parent}/attempts`)}`, { means: 'call', outcome: 'not reached', reaching: ' ' })
  assert.equal((await contact()).reaching, null)

  await manager.call(`POST ${at(`/people/${parent}/erase`)}`, { reason: 'gevraagd' })
  assert.deepEqual(server.rows('select id from contact_attempts'), [])
  const { timeline } = (await manager.call(`GET ${at()}`)).body
  const [first] = timeline.filter(({ kind }: { kind: string }) => kind === 'contact attempt')
  assert.deepEqual(first.detail, {})
})

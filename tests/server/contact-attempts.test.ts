/** Reaching somebody by hand: who tried, by which means, what came of it, and the day on which the next one tries. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staffRoleNames } from '../../server/access/roles.ts'
import { assignmentsOfParticipant, moveAssignment } from '../../server/queries/assignments.ts'
import { nameting } from '../harness/command.ts'
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

/** A family of which everybody has a mail address, after the first mails went out. */
async function withMail(t: Parameters<typeof startStudyServer>[0]) {
  const server = await startStudyServer(t, '2026-03-02T08:00:00Z')
  await server.register(family('H-1'))
  server.clock.set('2026-03-04T09:30:00Z')
  await server.tick()
  const [parent] = server.rows<{ id: string }>(`select id from participants where role = 'parent'`)
  return { server, parent: parent?.id ?? '' }
}

const refusedBy = { means: 'call', outcome: 'refused' }

test('a no of somebody with a mail address is a task for whoever may record it, and no mail goes until somebody decides', async (t) => {
  const { server, parent } = await withMail(t)
  const to = server.mail.accepted.length
  const interviewer = await staffAt(server, 'interviewer')
  assert.equal((await interviewer.call(`POST ${at(`/people/${parent}/attempts`)}`, refusedBy)).status, 201)
  await interviewer.call(`POST ${at(`/people/${parent}/attempts`)}`, { ...refusedBy, means: 'visit' })
  const coordinator = await staffAt(server, 'coordinator')
  const tasks = async ({ call }: typeof interviewer) =>
    (await call('GET /studies/s1/today')).body.tasks.filter(({ kind }: { kind: string }) => kind === 'said no')
  const [group] = await tasks(coordinator)
  assert.deepEqual([group.total, group.rows[0].code, group.rows[0].role], [1, 'H-1', 'parent'], 'one task, however often they said it')
  const manager = await staffAt(server, 'data manager')
  const again = await manager.call(`POST ${at(`/people/${parent}/invitation`)}`, { wave: 'T0', reason: 'nog eens' })
  assert.deepEqual([again.status, again.body.error.fault], [409, 'said-no'])

  const mailsToParent = () => server.mail.accepted.slice(to).filter(({ recipients }) => recipients[0]?.includes('parent'))
  for (const day of ['11', '18', '25']) {
    server.clock.set(`2026-03-${day}T09:30:00Z`)
    await server.tick()
  }
  assert.deepEqual(mailsToParent(), [])

  const ticked = await nameting(server.environment, 'task', 'done', String(group.rows[0].id), '--study', 's1')
  assert.deepEqual([ticked.code, /said no\. Record that they stop/.test(ticked.stderr)], [1, true])
  // It was a misunderstanding: whoever says so says why, and what is still due goes out.
  const back = await staffAt(server, 'coordinator')
  const taken = await back.call(`POST ${at(`/tasks/${group.rows[0].id}/done`)}`, { reason: 'was een misverstand' })
  assert.equal(taken.status, 200, JSON.stringify(taken.body))
  assert.deepEqual(await tasks(back), [])
  server.clock.set('2026-03-26T09:30:00Z')
  await server.tick()
  assert.equal(mailsToParent().length > 0, true)

  // Said again, and recorded: the task goes with it.
  const later = await staffAt(server, 'coordinator')
  await later.call(`POST ${at(`/people/${parent}/attempts`)}`, refusedBy)
  assert.equal((await tasks(later)).length, 1)
  await later.call(`POST ${at(`/people/${parent}/stop`)}`, { state: 'withdrawn', reason: 'gezegd' })
  assert.deepEqual(await tasks(later), [])
})

test('a no stands whatever is noted after it, or for an earlier day, until it is taken back; else the last day counts', async (t) => {
  const { server, parent, interviewer } = await withoutMail(t)
  const tried = (entry: object) => interviewer.call(`POST ${at(`/people/${parent}/attempts`)}`, { means: 'call', ...entry })
  const row = async () => (await interviewer.call('GET /studies/s1/today?resting=yes')).body.byHand.rows[0]
  await tried({ outcome: 'will fill in', triedOn: '2026-03-04' })
  await tried({ outcome: 'not reached', triedOn: '2026-03-02', nextOn: '2026-03-20' })
  assert.deepEqual([(await row()).last.outcome, (await row()).isResting], ['will fill in', false], 'noted last, of an earlier day')

  await tried({ outcome: 'refused', triedOn: '2026-03-03' })
  await tried({ outcome: 'not reached', triedOn: '2026-03-04', nextOn: '2026-03-20' })
  assert.deepEqual([(await row()).last.outcome, (await row()).isResting, (await row()).attempts], ['refused', false, 4])
  const { call } = await staffAt(server, 'coordinator')
  const [group] = (await call('GET /studies/s1/today')).body.tasks
  assert.equal((await call(`POST ${at(`/tasks/${group.rows[0].id}/done`)}`, { reason: 'misverstand' })).status, 200)
  assert.deepEqual([(await row()).last.outcome, (await row()).isResting], ['not reached', true])
})

test('a try about everything rests no longer than the first list is open', async (t) => {
  const { server, parent, interviewer } = await withoutMail(t)
  const [first] = server.rows<{ day: string }>(
    `select substr(min(closes_at), 1, 10) as day from assignments where participant_id = '${parent}' and wave = 'T0'`,
  )
  const nextOn = Temporal.PlainDate.from(first?.day ?? '').add({ days: 2 })
  const tried = (until: Temporal.PlainDate, wave?: string) =>
    interviewer.call(`POST ${at(`/people/${parent}/attempts`)}`, { means: 'call', outcome: 'call back', nextOn: String(until), wave })
  const refused = await tried(nextOn)
  assert.deepEqual([refused.status, refused.body.error?.problems?.map(({ field }: { field: string }) => field)], [422, ['nextOn']])
  assert.equal((await tried(nextOn.subtract({ days: 10 }))).status, 201)
  assert.equal((await interviewer.call('GET /studies/s1/today')).body.byHand.resting, 1)

  // A list that closes earlier than it would: then there is nothing to wait for.
  await server.context.stores.study.withTx(async (tx) => {
    for (const one of await assignmentsOfParticipant(tx, parent))
      if (one.wave === 'T0') await moveAssignment(tx, one.id, { ...one, closesAt: '2026-03-10T22:00:00.000Z' })
  })
  const today = (await interviewer.call('GET /studies/s1/today')).body.byHand
  assert.deepEqual([today.total, today.resting], [1, 0])
})

test('of somebody who stopped nothing is recorded, not even the words for the next caller', async (t) => {
  const { server, parent, interviewer } = await withoutMail(t)
  const { call } = await staffAt(server, 'data manager')
  await call(`POST ${at(`/people/${parent}/stop`)}`, { state: 'declined', reason: 'gezegd' })
  const tried = { means: 'call', outcome: 'not reached', reaching: 'Zzyzx' }
  const { status, body } = await interviewer.call(`POST ${at(`/people/${parent}/attempts`)}`, tried)
  assert.deepEqual([status, body.error.fault], [409, 'stopped'])
  assert.equal((await call(`POST ${at(`/people/${parent}/contact`)}`, { reason: 'nagekeken' })).body.contact.reaching, null)
})

test('whoever said no is not among those of whom nothing came in and the lists close this week', async (t) => {
  const { server, parent } = await withMail(t)
  const [first] = server.rows<{ day: string }>(
    `select substr(min(closes_at), 1, 10) as day from assignments where participant_id = '${parent}' and wave = 'T0'`,
  )
  const { call } = await onDay(server, String(Temporal.PlainDate.from(first?.day ?? '').subtract({ days: 3 })))
  const closing = async () =>
    (await call('GET /studies/s1/today')).body.closing.rows.filter(({ role }: { role: string }) => role === 'parent').length
  assert.equal(await closing(), 1)
  await call(`POST ${at(`/people/${parent}/attempts`)}`, refusedBy)
  assert.equal(await closing(), 0)
})

/** A study as it is managed at the desk: its facts, its mails, its end, and how long contact data stay. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { findPerson } from '../../server/queries/people.ts'
import { updateStudy } from '../../server/queries/studies.ts'
import { beginReplanning, replanSome } from '../../server/workflow/replan-study.ts'
import { address, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const reason = 'Afgesproken in het overleg'

async function managed(t: TestContext) {
  const server = await startStudyServer(t)
  await server.register(family('A-001'), family('A-002'))
  const manager = await staffAt(server, 'data manager')
  /** Whoever moves the clock signs in again: a session ends after half an hour. */
  const later = async (moment: string) => {
    server.clock.set(moment)
    return await staffAt(server, 'data manager')
  }
  const states = (sql: string) => server.rows<{ state: string; count: number }>(sql)
  return { server, manager, later, states }
}

test('the desk is told which day it is where the study is, also after midnight there', async (t) => {
  const { later } = await managed(t)
  const today = async (moment: string) => (await (await later(moment)).call('GET /studies/s1')).body.today
  assert.equal(await today('2026-03-02T22:59:00.000Z'), '2026-03-02')
  assert.equal(await today('2026-03-02T23:01:00.000Z'), '2026-03-03')
  assert.equal(await today('2026-06-30T22:30:00.000Z'), '2026-07-01')
})

test('facts of a study are changed for a reason, and the event has what they were; anything else is refused whole', async (t) => {
  const { server, manager } = await managed(t)
  const wanted = { title: 'Ander onderzoek', regions: ['Amsterdam', 'Overijssel'], helpLine: 'Bel 112' }
  assert.equal((await manager.call('POST /studies/s1/settings', wanted)).status, 400, 'without a reason')
  for (const extra of [
    { id: 's9' },
    { closedAt: '2026-03-01T00:00:00.000Z' },
    { adoptedNorms: [] },
    { demonstration: true },
    { title: 'A\nB' },
  ])
    assert.equal((await manager.call('POST /studies/s1/settings', { ...wanted, ...extra, reason })).status, 400)
  assert.equal((await manager.call('GET /studies/s1/settings')).body.data.title, 'Onderzoek De familie aan zet')

  const { body } = await manager.call('POST /studies/s1/settings', { ...wanted, reason })
  assert.deepEqual(body.changed, ['title', 'helpLine', 'regions'])
  const { data, consents, mails } = (await manager.call('GET /studies/s1/settings')).body
  assert.deepEqual([data.title, data.regions, data.helpLine], ['Ander onderzoek', ['Amsterdam', 'Overijssel'], 'Bel 112'])
  assert.ok(consents[0].statement.nl && consents[0].statement.tr, 'in each language, drafts too')
  assert.ok(mails.roles.includes('parent') && !mails.roles.includes('youth'))
  assert.deepEqual((await manager.call('GET /studies/s1')).body.regions, ['Amsterdam', 'Overijssel'], 'to choose from')
  const here = await staffAt(server, [{ role: 'coordinator', region: 'Amsterdam' }])
  assert.deepEqual((await here.call('GET /studies/s1')).body.regions, ['Amsterdam'])
  const [event] = server.rows<{ detail: string }>(`select detail from events where kind = 'study changed'`)
  const detail = JSON.parse(event?.detail ?? '{}')
  assert.deepEqual(
    [detail.title, detail.why, detail.staff],
    [{ from: 'Onderzoek De familie aan zet', to: 'Ander onderzoek' }, reason, manager.id],
  )
  assert.deepEqual((await manager.call('POST /studies/s1/settings', { ...wanted, reason })).body.changed, [], 'nothing differs any more')
})

test('who sees only a region of a study does not manage the study', async (t) => {
  const { server } = await managed(t)
  const here = await staffAt(server, [{ role: 'data manager', region: 'Amsterdam' }])
  for (const route of ['GET /studies/s1/settings', 'GET /studies/s1/retention?months=3', 'GET /studies/s1/exports'])
    assert.equal((await here.call(route)).status, 403, route)
  for (const route of ['settings', 'settings/close', 'definitions/adoption/preview'])
    assert.equal((await here.call(`POST /studies/s1/${route}`, { reason })).status, 403, route)
  assert.equal((await here.call('GET /studies/s1/definitions')).status, 200)
  const told = server.rows<{ action: string; outcome: string }>(`select action, outcome from access_log where staff_id = '${here.id}'`)
  assert.deepEqual(new Set(told.map(({ outcome }) => outcome)), new Set(['refused']))
  assert.ok(told.some(({ action }) => action === 'closed study'))
})

test('a mail is shown as its receiver sees it, in each language, and goes to whoever wants to look', async (t) => {
  const { server, manager } = await managed(t)
  const see = async (query: string) => await manager.call(`GET /studies/s1/settings/mail?${query}`)
  const invitation = (await see('role=parent&kind=invitation&language=nl')).body
  assert.match(invitation.text, /Anna Voorbeeld/)
  assert.doesNotMatch(invitation.text, /\{[a-z]+\}/)
  assert.equal((await see('role=parent&kind=stop%20confirmation&language=en')).body.language, 'en')
  for (const wrong of [
    'role=youth&kind=invitation&language=nl',
    'role=parent&kind=other&language=nl',
    'role=parent&kind=invitation&language=tr',
  ])
    assert.equal((await see(wrong)).status, 404, wrong)
  const page = await fetch(`${server.origin}/api/desk/studies/s1/settings/mail/html?role=parent&kind=invitation&language=nl`, {
    headers: { Cookie: manager.cookie },
  })
  assert.match(page.headers.get('content-security-policy') ?? '', /sandbox/)

  const { body } = await manager.call('POST /studies/s1/settings/mail/test', { role: 'parent', kind: 'invitation', language: 'nl' })
  assert.equal(body.fate, 'accepted')
  const { ownAddress } = (await manager.call('GET /studies/s1/settings')).body
  const mail = server.mail.accepted.at(-1)
  assert.deepEqual([mail?.recipients, mail?.subject?.startsWith('[test] ')], [[ownAddress], true])
})

test('closing ends windows and mail and keeps what was answered; opening again asks what is not over', async (t) => {
  const { server, manager, later, states } = await managed(t)
  await server.tick()
  const sent = server.mail.accepted.length
  const preview = (await manager.call('GET /studies/s1/settings/closing')).body
  assert.ok(preview.open > 0 && preview.ahead > 0 && preview.messages > 0, JSON.stringify(preview))
  assert.equal((await manager.call('POST /studies/s1/settings/reopen', { reason })).status, 409)

  const closer = await later('2026-03-04T09:00:00Z')
  assert.deepEqual(await closer.call('POST /studies/s1/settings/close', { reason }), { status: 200, body: { left: 0 } })
  assert.equal((await closer.call('POST /studies/s1/settings/close', { reason })).body.error.fault, 'closed')
  const opener = await later('2026-06-04T09:00:00Z')
  await server.tick()
  assert.equal(server.mail.accepted.length, sent, 'no mail goes out')
  assert.deepEqual(states(`select state from assignments where state in ('scheduled', 'open', 'in progress')`), [])
  assert.deepEqual(states(`select state from messages where state = 'planned'`), [])
  assert.deepEqual((await opener.call('GET /studies/s1/settings/closing')).body, { open: 0, begun: 0, ahead: 0, messages: 0 })

  await opener.call('POST /studies/s1/settings/reopen', { reason })
  await server.tick()
  assert.ok(states(`select state from assignments where state in ('open', 'scheduled')`).length > 0)
  const kinds = server.rows<{ kind: string }>(`select kind from events where kind like 'study %' order by id`)
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['study closed', 'study reopened'],
  )
})

test('closing a large study goes on meanwhile; what a server that was stopped left of it is done by the next pass', async (t) => {
  const { server, manager, states } = await managed(t)
  const { context } = server
  const ahead = `select state from assignments where state in ('scheduled', 'open', 'in progress')`
  await context.stores.study.withTx(async (tx) => {
    await updateStudy(tx, 's1', { closedAt: context.clock.now() })
    await beginReplanning(tx, 's1')
  })
  const left = async () => (await manager.call('GET /studies/s1/settings')).body.toReplan as number
  await replanSome(context, 's1', { signal: AbortSignal.abort() })
  assert.equal(await left(), 2)
  await replanSome(context, 's1', { within: 0 })
  assert.deepEqual([await left(), states(ahead).length > 0], [2, true])
  await server.tick()
  assert.deepEqual([await left(), states(ahead)], [0, []])
})

test('contact data go a set time after a case is complete, not before, and what was answered stays', async (t) => {
  const { server, later } = await managed(t)
  const { stores, sealer } = server.context
  await server.tick()
  // Nothing is to come any more: the study is over.
  let manager = await later('2026-03-10T09:00:00Z')
  await manager.call('POST /studies/s1/settings/close', { reason })
  await server.tick()
  const look = async () => (await manager.call('GET /studies/s1/retention?months=3')).body
  assert.deepEqual((await look()).now, { cases: 0, people: 0 })
  await manager.call('POST /studies/s1/settings', { contactMonths: 3, reason })
  manager = await later('2026-06-09T21:00:00Z')
  await server.tick()
  const people = server.rows<{ id: string; removed: string | null }>('select id, contact_removed_at as removed from participants')
  assert.ok(people.every(({ removed }) => removed === null))
  assert.equal((await look()).soon.cases, 2)

  manager = await later('2026-06-10T22:30:00Z')
  assert.deepEqual((await look()).codes.toSorted(), ['A-001', 'A-002'])
  await server.tick()
  for (const { id } of people) assert.equal(await findPerson(stores.identity.read, sealer, id), undefined)
  const events = server.rows<{ detail: string }>(`select detail from events where kind = 'contact data removed'`)
  assert.equal(events.length, people.length)
  assert.deepEqual(JSON.parse(events[0]?.detail ?? ''), { because: 'retention', months: 3 })
  assert.deepEqual([(await look()).removed, (await look()).now.people], [people.length, 0])
  assert.ok(server.mail.accepted.some(({ recipients }) => recipients.includes(address('parent', 'A-001'))))
})

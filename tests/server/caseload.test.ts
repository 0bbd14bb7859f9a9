/** Somebody with several cases: one link, all their cases, and nobody else's. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { itemsOf } from '../../instruments/items.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { correctAddress } from '../../server/workflow/correct-address.ts'
import { fillMailboxKeys } from '../../server/workflow/mailbox-key.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import type { Packet } from '../../server/workflow/packet.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { tasksOf } from '../../server/workflow/tasks.ts'
import { family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const protocol = 'ekc-yearly@0.1.0-standin'
const coordinator = 'coordinator@werk.example'

/** A case of the yearly figures, with a coordinator at this address. */
const conference = (code: string, email = coordinator, held = '2026-03-01'): CaseEntry => ({
  code,
  arm: 'referred',
  cohort: 'ongoing',
  anchors: { conference: held },
  participants: [{ role: 'coordinator', name: 'Coördinator Voorbeeld', email, language: 'nl' }],
})

async function yearly(t: Parameters<typeof startStudyServer>[0], ...cases: CaseEntry[]): Promise<{ server: StudyServer; me: Respondent }> {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { entry: { protocol } })
  await server.register(...cases)
  await server.tick()
  const me = new Respondent(server.origin)
  await me.open(server.mail.linkTo(coordinator))
  return { server, me }
}

/** A case of another study, with a referrer at this address. */
const referrer = 'voogd@werk.example'
const referred = (code: string): CaseEntry => ({
  ...family(code),
  participants: [{ role: 'referrer', name: 'Voogd Voorbeeld', email: referrer, language: 'nl' }],
})

const other = {
  title: 'Ander onderzoek',
  organisation: 'Andere groep',
  contact: 'ander@voorbeeld.example',
  demonstration: false,
  standInsAcceptedBy: 'Test',
}

/** Every item of a list, to be left open. */
function itemsOfList({ context, rows }: StudyServer, id: string): string[] {
  const [row] = rows<{ ref: string }>(`SELECT instrument_id || '@' || instrument_version AS ref FROM assignments WHERE id = '${id}'`)
  return itemsOf(context.definitions.instruments.need(row?.ref ?? '')).map(({ name }) => name)
}

const openOf = ({ assignments }: Packet, code: string) =>
  assignments.filter(({ caseCode, state }) => caseCode === code && state !== 'completed')
const states = ({ cases }: Packet) => Object.fromEntries(cases.map(({ code, state }) => [code, state]))

test('one link opens all cases of a coordinator, what closes first on top; an address counts whatever its capitals', async (t) => {
  const { server } = await yearly(t, conference('EK-009'), conference('EK-002', 'ander@werk.example'))
  server.clock.set('2026-03-05T12:00:00Z')
  await server.register(conference('EK-003', 'Coordinator@WERK.example'))
  const me = new Respondent(server.origin)
  await me.open(server.mail.linkTo(coordinator))
  const packet = await me.packet()
  assert.deepEqual(states(packet), { 'EK-003': 'active', 'EK-009': 'active' })
  assert.equal(packet.caseCode, null)
  assert.deepEqual(
    packet.assignments.map(({ caseCode, state, closesOn }) => [caseCode, state, closesOn]),
    [
      ['EK-009', 'open', '2026-06-01'],
      ['EK-009', 'open', '2026-06-01'],
      ['EK-003', 'open', '2026-06-04'],
      ['EK-003', 'open', '2026-06-04'],
    ],
  )
})

test('after the last list of a case comes the first of the next', async (t) => {
  const { server, me } = await yearly(t, conference('EK-001', coordinator, '2026-02-01'), conference('EK-002'))
  const packet = await me.packet()
  const [first, second] = openOf(packet, 'EK-001')
  const sent = async (id = '') => (await me.submit(id, {}, itemsOfList(server, id))).body
  assert.deepEqual(await sent(first?.id), { completed: true, next: second?.id })
  const [other] = openOf(packet, 'EK-002')
  assert.deepEqual(await sent(second?.id), { completed: true, next: other?.id })
  assert.deepEqual(await sent(second?.id), { completed: true, next: other?.id }, 'the same again')
})

test('a list of somebody else, of another role or another study does not exist, also at the same address', async (t) => {
  const { server, me } = await yearly(t, conference('EK-001'), conference('EK-002', 'ander@werk.example'))
  const family2 = { ...family('A-001'), participants: family('A-001').participants.map((one) => ({ ...one, email: coordinator })) }
  const trial = await openStudy(server.context, { ...other, id: 's2', protocol: 'familie-aan-zet@0.1.0-standin' })
  assert.deepEqual((await registerCases(server.context, trial, [family2])).problems, [])
  const again = await openStudy(server.context, { ...other, id: 's3', protocol })
  assert.deepEqual((await registerCases(server.context, again, [conference('EK-001')])).problems, [])

  const mine = new Set((await me.packet()).assignments.map(({ id }) => id))
  const all = server.rows<{ id: string }>('SELECT id FROM assignments').map(({ id }) => id)
  assert.ok(mine.size === 2 && all.length > 10)
  for (const id of all.filter((one) => !mine.has(one)))
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '/draft', { revision: 0, answers: {}, page: null }],
      ['POST', '/submit', { answers: {}, skipped: [], language: 'nl' }],
    ] as const) {
      const answer = await me.request<{ error: { code: string } }>(method, `/api/assignments/${id}${path}`, body)
      assert.deepEqual([answer.status, answer.body.error.code], [404, 'assignment-unknown'], `${method} ${id}`)
    }
  for (const code of ['EK-002', 'A-001', 'nothing'])
    for (const [path, body] of [
      ['hand-over', { name: 'Collega Voorbeeld', email: 'collega@werk.example' }],
      ['leave', { reason: 'left-work' }],
    ] as const) {
      const answer = await me.request<{ error: { code: string } }>('POST', `/api/cases/${code}/${path}`, body)
      assert.deepEqual([answer.status, answer.body.error.code], [404, 'case-unknown'])
    }
})

test('parents, relatives and youth are never put together, also when they share a mailbox', async (t) => {
  const server = await startStudyServer(t)
  const shared = 'gezin@voorbeeld.example'
  const cases = ['A-001', 'A-002'].map((code) => ({
    ...family(code),
    participants: family(code).participants.map((one) => ({ ...one, email: shared })),
  }))
  await server.register(...cases)
  const keys = server.rows<{ role: string; mailbox_key: string | null }>('SELECT role, mailbox_key FROM participants ORDER BY role')
  assert.deepEqual(new Set(keys.filter(({ mailbox_key }) => mailbox_key !== null).map(({ role }) => role)), new Set(['referrer']))
  await server.tick()
  for (const mail of server.mail.accepted.filter(({ text }) => !text?.includes('A-00'))) {
    const one = new Respondent(server.origin)
    await one.open(/http:\S+\/l\/\S+/.exec(mail.text ?? '')?.[0] ?? '')
    const { participant, cases: shown } = await one.packet()
    if (participant.role !== 'referrer') assert.deepEqual(shown, [])
  }
})

test('the cases of before there were marks are found once the server has started again, and those of a corrected address at once', async (t) => {
  const { server, me } = await yearly(t, conference('EK-001'), conference('EK-002'), conference('EK-003', 'ander@werk.example'))
  await server.context.stores.study.withTx(async (tx) => void tx.run('UPDATE participants SET mailbox_key = NULL'))
  assert.equal((await me.packet()).cases.length, 1)
  assert.equal(await fillMailboxKeys(server.context), 3)
  assert.equal((await me.packet()).cases.length, 2)
  assert.equal(await fillMailboxKeys(server.context), 0)
  const who = { study: 's1', role: 'coordinator', number: 1 }
  await correctAddress(server.context, { ...who, code: 'EK-003', email: coordinator })
  assert.deepEqual(Object.keys(states(await me.packet())), ['EK-001', 'EK-002', 'EK-003'])
})

test('a link that went to an address before it was corrected opens nothing of whoever has the case now', async (t) => {
  const { server, me } = await yearly(t, conference('EK-001'))
  const wrongly = server.mail.linkTo(coordinator)
  const correct = (code: string) =>
    correctAddress(server.context, { study: 's1', role: 'coordinator', number: 1, code, email: 'ander@werk.example' })
  await server.register(conference('EK-002', 'ander@werk.example'), conference('EK-003'))
  await correct('EK-001')
  assert.deepEqual(Object.keys(states(await me.packet())), ['EK-003'], 'the other case of the same mailbox is still theirs')
  await correct('EK-003')
  assert.equal((await me.request('GET', '/api/packet')).status, 401)
  assert.equal((await fetch(wrongly)).status, 404)
})

test('one word on consent goes for all cases in which it was still to be asked, and a later no leaves the earlier yes', async (t) => {
  const server = await startStudyServer(t, '2026-07-16T09:00:00Z')
  await server.register(referred('A-001'), referred('A-002'))
  server.clock.set('2026-07-17T09:00:00Z')
  await server.tick()
  const me = new Respondent(server.origin)
  await me.open(server.mail.linkTo(referrer))
  await me.consent()
  const first = await me.packet()
  assert.deepEqual(
    first.consents.map(({ given }) => given),
    [true],
  )
  await server.register(referred('A-003'))
  assert.deepEqual(
    (await me.packet()).consents.map(({ given }) => given),
    [null],
  )
  await me.request('POST', '/api/packet/consents', { given: { research: false }, language: 'nl' })
  assert.deepEqual(states(await me.packet()), { 'A-001': 'active', 'A-002': 'active', 'A-003': 'declined' })
  await me.request('POST', '/api/packet/withdraw', {})
  assert.deepEqual(new Set(Object.values(states(await me.packet()))), new Set(['withdrawn', 'declined']))
  assert.equal((await me.packet()).participant.state, 'withdrawn')
})

test('a case is handed to a colleague, who is invited; staff get a task; twice is refused', async (t) => {
  const { server, me } = await yearly(t, conference('EK-001'), conference('EK-002'))
  const colleague = { name: 'Collega Voorbeeld', email: 'collega@werk.example' }
  const hand = (code: string, body: unknown) =>
    me.request<Packet & { error?: { code: string; problems?: unknown } }>('POST', `/api/cases/${code}/hand-over`, body)
  for (const [wrong, problems] of [
    [
      { name: ' ', email: 'x' },
      [
        { field: 'name', reason: 'invalid' },
        { field: 'email', reason: 'invalid' },
      ],
    ],
    [{ ...colleague, email: 'a@werk.example, b@werk.example' }, [{ field: 'email', reason: 'invalid' }]],
    [{ ...colleague, name: 'Collega\nBcc: x@werk.example' }, [{ field: 'name', reason: 'invalid' }]],
    [{ ...colleague, email: coordinator.toUpperCase() }, [{ field: 'email', reason: 'own' }]],
  ] as const) {
    const { status, body } = await hand('EK-001', wrong)
    assert.deepEqual([status, body.error?.code, body.error?.problems], [422, 'colleague-invalid', problems])
  }
  const both = await Promise.all([hand('EK-001', colleague), hand('EK-001', colleague)])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
  const after = await me.packet()
  assert.deepEqual([states(after), openOf(after, 'EK-001')], [{ 'EK-001': 'handed over', 'EK-002': 'active' }, []])
  assert.equal((await hand('EK-001', { ...colleague, email: 'derde@werk.example' })).body.error?.code, 'participant-stopped')

  server.clock.set('2026-03-03T09:00:00Z')
  await server.tick()
  const next = new Respondent(server.origin)
  await next.open(server.mail.linkTo(colleague.email))
  const theirs = await next.packet()
  assert.deepEqual([states(theirs), theirs.caseCode, theirs.assignments.length], [{ 'EK-001': 'active' }, 'EK-001', 2])
  assert.deepEqual(
    (await tasksOf(server.context, 's1')).map(({ kind, caseCode, role, number }) => [kind, caseCode, `${role} ${number}`]),
    [['case handed over', 'EK-001', 'coordinator 1']],
  )
  const [{ detail } = { detail: '' }] = server.rows<{ detail: string }>("SELECT detail FROM events WHERE kind = 'handed over'")
  assert.equal(JSON.parse(detail).by, 'participant')
})

test('who says that they no longer know a family is asked nothing more about it, and staff are to find somebody else', async (t) => {
  const { server, me } = await yearly(t, conference('EK-001'), conference('EK-002'))
  const leave = (reason: string) => me.request<{ error?: { code: string } }>('POST', '/api/cases/EK-002/leave', { reason })
  assert.equal((await leave('bored')).body.error?.code, 'body-invalid')
  assert.equal((await leave('never-involved')).status, 200)
  assert.equal((await leave('never-involved')).body.error?.code, 'participant-stopped')
  assert.deepEqual(states(await me.packet()), { 'EK-001': 'active', 'EK-002': 'withdrawn' })
  assert.deepEqual(
    (await tasksOf(server.context, 's1')).map(({ kind, caseCode, detail }) => [kind, caseCode, detail]),
    [['family unknown', 'EK-002', 'never-involved']],
  )
  const link = server.mail.linkTo(coordinator)
  assert.match(await (await fetch(link)).text(), /<button/, 'the link still leads to the other cases')
})

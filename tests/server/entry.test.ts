/** Lists that staff type in on behalf of somebody, over HTTP. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { drawsFrom } from '../../server/access/draws.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { asRelease, writeDefinition } from '../harness/definition-folder.ts'
import { answersTo, family } from '../harness/family.ts'
import { interviewProtocol, talkedWith, writeInterviewStudy } from '../harness/interview-study.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { entryOf, trialProtocol } from './trial-study.ts'

/** The parents agreed on paper, but for those of a case whose code ends in 9. */
async function ready(t: TestContext, ...entries: CaseEntry[]) {
  const server = await startStudyServer(t, '2026-03-05T09:00:00Z')
  await server.register(...entries)
  for (const { code } of entries.filter(({ code }) => !code.endsWith('9')))
    for (const purpose of ['research', 'contact-later'])
      await recordConsent(server.context, { study: 's1', code }, { role: 'parent' }, { purpose, given: true })
  await server.tick()
  return { server, manager: await staffAt(server, 'data manager') }
}

interface Listed {
  assignment: string
  instrument: string
  role: string
  wave: string
  hindrance: string | null
  isLate: boolean
  days: { from: string; to: string }
}

async function listOf({ call }: StaffClient, code: string, instrument: string, role = 'parent', wave = 'T0'): Promise<Listed> {
  const { status, body } = await call(`GET /studies/s1/cases/${code}/entry`)
  assert.equal(status, 200)
  const found = (body.lists as Listed[]).find((one) => one.instrument === instrument && one.role === role && one.wave === wave)
  return found ?? assert.fail(`${code} has no ${instrument}`)
}

const definition = ({ context }: StudyServer, id: string) => context.definitions.instruments.need(`${id}@0.1.0-standin`)
const paper = { means: 'paper', answeredOn: '2026-03-04', language: 'nl', double: false }
const at = (code: string, { assignment }: Listed) => `/studies/s1/cases/${code}/entry/${assignment}`

/** Types a list in from beginning to end. */
async function typeIn({ call }: StaffClient, place: string, answers: unknown, beginning: object = paper) {
  assert.equal((await call(`POST ${place}`, beginning)).status, 200)
  return await call(`POST ${place}/finish`, { revision: 0, answers, page: null, skipped: [] })
}

const scoresSql = (code: string) =>
  `SELECT scale, raw, missing, z, band, norm_id, stratum, input_hash FROM scores JOIN responses ON responses.id = response_id
   JOIN assignments ON assignments.id = assignment_id JOIN cases ON cases.id = case_id WHERE code = '${code}' ORDER BY scale`

test('what staff type in scores the same as what comes in by the link, and says who typed it, by which means and for which day', async (t) => {
  const { server, manager } = await ready(t, family('A-001'), family('A-002'))
  const answers = answersTo(definition(server, 'pul'), 2)
  await server.submit({ code: 'A-001', instrument: 'pul' }, answers)
  const place = at('A-002', await listOf(manager, 'A-002', 'pul'))
  const { status, body } = await typeIn(manager, place, answers)
  assert.deepEqual([status, body.outcome], [200, 'completed'])
  assert.ok(server.rows(scoresSql('A-001')).length > 0)
  assert.deepEqual(server.rows(scoresSql('A-002')), server.rows(scoresSql('A-001')))
  assert.deepEqual(server.rows('SELECT entered_by, means, answered_on FROM responses WHERE means IS NOT NULL'), [
    { entered_by: manager.id, means: 'paper', answered_on: '2026-03-04' },
  ])
  assert.deepEqual(server.rows('SELECT * FROM entries'), [], 'nothing is left to be typed')
  const actions = server.rows<{ action: string }>(`SELECT action FROM access_log WHERE staff_id = '${manager.id}' ORDER BY id`)
  assert.deepEqual(
    actions.map(({ action }) => action),
    ['saw case', 'began entry', 'finished entry'],
  )
})

test('what is typed is kept after each answer, once, and a window that is behind is told so', async (t) => {
  const { server, manager } = await ready(t, family('A-001'))
  const list = await listOf(manager, 'A-001', 'veo')
  const place = at('A-001', list)
  assert.equal((await manager.call(`PUT ${place}`, { revision: 0, answers: {}, page: null })).body.error.code, 'entry-unknown')
  const begun = await manager.call(`POST ${place}`, paper)
  assert.deepEqual(begun.body.own, { ...begun.body.own, revision: 0, answers: {}, pass: 1 })
  const name = begun.body.survey.pages[0].elements[0].name
  const save = (revision: number, value: unknown) => manager.call(`PUT ${place}`, { revision, answers: { [name]: value }, page: null })
  assert.equal((await save(0, 1)).body.revision, 1)
  assert.equal((await save(0, 1)).body.revision, 1, 'the same save again')
  const behind = await save(0, 2)
  assert.deepEqual([behind.status, behind.body.error.current.revision], [409, 1])
  assert.equal((await save(1, 99)).body.error.code, 'answers-invalid')
  assert.deepEqual((await manager.call(`GET ${place}`)).body.own.answers, { [name]: 1 })

  const colleague = await staffAt(server, 'data manager')
  assert.equal((await colleague.call(`POST ${place}`, paper)).body.error.code, 'entry-there')
  assert.equal((await colleague.call(`GET ${place}`)).body.own, null, 'what somebody else types is not shown')
})

test('the day of answering has to lie in the window; after it a reason is asked, and the list is completed all the same', async (t) => {
  const { server, manager: early } = await ready(t, family('A-001'))
  const list = await listOf(early, 'A-001', 'veo')
  const place = at('A-001', list)
  assert.deepEqual(list.days, { from: '2026-03-01', to: '2026-03-05' })
  for (const answeredOn of ['2026-02-28', '2026-03-06']) {
    const refused = await early.call(`POST ${place}`, { ...paper, answeredOn })
    assert.deepEqual([refused.status, refused.body.error.from], [422, '2026-03-01'], answeredOn)
  }
  server.clock.set('2026-05-20T09:00:00Z')
  await server.tick()
  const manager = await staffAt(server, 'data manager')
  const late = await listOf(manager, 'A-001', 'veo')
  assert.deepEqual([late.hindrance, late.isLate], [null, true])
  assert.equal((await manager.call(`POST ${place}`, paper)).body.error.code, 'reason-missing')
  assert.equal((await manager.call(`POST ${place}`, { ...paper, answeredOn: '2026-05-19', reason: 'came by post' })).status, 422)
  const { body } = await typeIn(manager, place, answersTo(definition(server, 'veo'), 1), { ...paper, reason: 'came by post' })
  assert.equal(body.outcome, 'completed')
  assert.deepEqual(server.rows(`SELECT state FROM assignments WHERE id = '${list.assignment}'`), [{ state: 'completed' }])
})

test('each role types in what is its own, consent comes first, and what nobody may type in says why', async (t) => {
  const { server, manager } = await ready(t, family('A-001'), family('A-009'))
  const coordinator = await staffAt(server, 'coordinator')
  assert.equal((await listOf(coordinator, 'A-001', 'veo')).hindrance, 'role')
  const refused = await coordinator.call(`POST ${at('A-001', await listOf(manager, 'A-001', 'veo'))}`, paper)
  assert.deepEqual([refused.status, refused.body.error.code], [403, 'not-allowed'])
  assert.equal(server.rows(`SELECT 1 FROM access_log WHERE staff_id = '${coordinator.id}' AND outcome = 'refused'`).length, 1)

  const unasked = await listOf(manager, 'A-009', 'veo')
  assert.equal(unasked.hindrance, 'consent')
  assert.equal((await manager.call(`POST ${at('A-009', unasked)}`, paper)).body.error.code, 'consent-missing')
  assert.equal((await listOf(manager, 'A-001', 'veo', 'parent', 'FU3')).hindrance, 'ahead')
  const elsewhere = await manager.call(`POST /studies/s1/cases/A-009/entry/${(await listOf(manager, 'A-001', 'veo')).assignment}`, paper)
  assert.equal(elsewhere.status, 404, 'a list of another case')
})

test('an open question is refused until it is left open on purpose, and what was begun in the wrong place can be thrown away', async (t) => {
  const { server, manager } = await ready(t, family('A-001'))
  const place = at('A-001', await listOf(manager, 'A-001', 'veo'))
  const { [Object.keys(answersTo(definition(server, 'veo')))[0] ?? '']: left, ...answers } = answersTo(definition(server, 'veo'), 1)
  assert.equal(typeof left, 'number')
  const missing = await typeIn(manager, place, answers)
  assert.equal(missing.body.error.code, 'answers-missing')
  const skipped = missing.body.error.missing.map(({ item }: { item: string }) => item)
  assert.equal((await manager.call(`POST ${place}/discard`, { pass: 1, reason: 'the list of another family' })).status, 204)
  assert.deepEqual(server.rows('SELECT * FROM entries'), [])
  assert.equal((await manager.call(`POST ${place}/finish`, { revision: 0, answers, page: null, skipped })).status, 404)
  const [event] = server.rows<{ detail: string }>("SELECT detail FROM events WHERE kind = 'entry discarded'")
  assert.match(event?.detail ?? '', /another family/)
})

test('what a colleague who is away typed half is taken over by a data manager with a reason, and no answer is lost', async (t) => {
  const { server, manager } = await ready(t, family('A-001'))
  const away = await staffAt(server, 'data manager')
  const place = at('A-001', await listOf(away, 'A-001', 'veo'))
  const answers = answersTo(definition(server, 'veo'), 1)
  const [left = '', ...typed] = Object.keys(answers)
  const half = Object.fromEntries(typed.map((name) => [name, answers[name]]))
  await away.call(`POST ${place}`, paper)
  const { body: kept } = await away.call(`PUT ${place}`, { revision: 0, answers: half, page: null })
  const take = (who: StaffClient, given: object = { pass: 1, reason: 'is ill, asks us to go on' }) =>
    who.call(`POST ${place}/take-over`, given)
  for (const role of ['coordinator', 'interviewer', 'researcher'] as const)
    assert.equal((await take(await staffAt(server, role))).status, 403, role)
  assert.equal((await take(manager, { pass: 1 })).status, 400)
  assert.equal((await take(manager, { pass: 2, reason: 'there is no second' })).body.error.code, 'entry-unknown')
  assert.equal((await take(away)).body.error.code, 'entry-there', 'it is theirs already')

  const taken = await take(manager)
  assert.equal(taken.status, 200)
  assert.deepEqual(taken.body.own.answers, half)
  assert.equal((await away.call(`PUT ${place}`, { revision: kept.revision, answers, page: null })).body.error.code, 'entry-of-another')
  const done = await manager.call(`POST ${place}/finish`, { revision: taken.body.own.revision, answers, page: null, skipped: [] })
  assert.deepEqual([done.status, done.body.outcome, left in answers], [200, 'completed', true])
  assert.deepEqual(server.rows('SELECT entered_by FROM responses'), [{ entered_by: manager.id }])
  const [event] = server.rows<{ detail: string }>("SELECT detail FROM events WHERE kind = 'entry taken over'")
  const { staff, typedBy, why, answers: count } = JSON.parse(event?.detail ?? '{}')
  assert.deepEqual([staff, typedBy, why, count], [manager.id, away.id, 'is ill, asks us to go on', typed.length])
})

test('nobody takes over the second typing of what they typed first: two people have to read the paper', async (t) => {
  const { server, manager } = await ready(t, family('A-001'))
  const away = await staffAt(server, 'data manager')
  const place = at('A-001', await listOf(manager, 'A-001', 'veo'))
  await typeIn(manager, place, answersTo(definition(server, 'veo'), 1), { ...paper, double: true })
  assert.equal((await away.call(`POST ${place}`, paper)).status, 200)
  const refused = await manager.call(`POST ${place}/take-over`, { pass: 2, reason: 'is ill' })
  assert.equal(refused.body.error.code, 'entry-of-another')
  assert.deepEqual(server.rows('SELECT entered_by FROM entries ORDER BY pass'), [{ entered_by: manager.id }, { entered_by: away.id }])
})

test('typed twice: the second person does not see the first, what differs is decided one by one, and both are kept', async (t) => {
  const { server, manager } = await ready(t, family('A-001'))
  const second = await staffAt(server, 'data manager')
  const place = at('A-001', await listOf(manager, 'A-001', 'veo'))
  const answers = answersTo(definition(server, 'veo'), 1)
  const [one = '', two = ''] = Object.keys(answers)
  const first = await typeIn(manager, place, answers, { ...paper, double: true })
  assert.deepEqual(first.body, { outcome: 'waits' })
  assert.equal((await manager.call(`POST ${place}`, paper)).body.error.code, 'entry-of-another', 'not the same person')
  assert.equal((await manager.call(`GET ${place}/comparison`)).body.error.code, 'entry-unknown')
  const begun = await second.call(`POST ${place}`, paper)
  assert.deepEqual([begun.body.own.pass, begun.body.own.answers], [2, {}])
  const finished = await second.call(`POST ${place}/finish`, {
    revision: 0,
    answers: { ...answers, [one]: 3, [two]: 4 },
    page: null,
    skipped: [],
  })
  assert.deepEqual(finished.body, { outcome: 'differs', items: 2 })
  assert.deepEqual(server.rows('SELECT * FROM responses'), [])

  const { body } = await second.call(`GET ${place}/comparison`)
  assert.deepEqual(
    body.differences.map(({ item, first, second }: { item: string; first: unknown; second: unknown }) => [item, first, second]),
    [
      [one, answers[one], 3],
      [two, answers[two], 4],
    ],
  )
  const decide = (choices: object) => second.call(`POST ${place}/decide`, { choices, reason: 'looked at the paper' })
  assert.deepEqual((await decide({ [one]: 'second' })).body.error.items, [two])
  assert.equal((await decide({ [one]: 'second', [two]: 'first' })).status, 200)
  const [response] = server.rows<{ answers: string }>('SELECT answers FROM responses')
  assert.deepEqual(JSON.parse(response?.answers ?? ''), { ...answers, [one]: 3 })
  assert.deepEqual(server.rows('SELECT pass, state, decision FROM entries ORDER BY pass'), [
    { pass: 1, state: 'used', decision: null },
    { pass: 2, state: 'used', decision: JSON.stringify({ [one]: 'second', [two]: 'first' }) },
  ])
})

test('what a colleague typed is not saved under the name of who signed in since at the same browser, and is once they are back', async (t) => {
  const { server, manager } = await ready(t, family('A-001'))
  const colleague = await staffAt(server, 'data manager')
  const place = at('A-001', await listOf(manager, 'A-001', 'pul'))
  // Both type the list: on the same list, of which each has a typing, one could be taken for the other.
  for (const one of [colleague, manager]) assert.equal((await one.call(`POST ${place}`, { ...paper, double: true })).status, 200)
  const [first, second] = [answersTo(definition(server, 'pul'), 1), answersTo(definition(server, 'pul'), 2)]
  const send = async (cookie: string, account: string, [method, path, body]: [string, string, object]) => {
    const answer = await fetch(`${server.origin}/api/desk${path}`, {
      method,
      headers: { Cookie: cookie, Origin: server.origin, 'Content-Type': 'application/json', 'X-Account': account },
      body: JSON.stringify(body),
    })
    return { status: answer.status, code: ((await answer.json()) as { error?: { code: string } }).error?.code }
  }
  const retried: [string, string, object] = ['PUT', place, { revision: 0, answers: first, page: null }]
  const ended: [string, string, object] = ['POST', `${place}/finish`, { revision: 0, answers: first, page: null, skipped: [] }]
  for (const request of [retried, ended])
    assert.deepEqual(await send(manager.cookie, colleague.id, request), { status: 409, code: 'other-account' })
  assert.deepEqual(
    server.rows('SELECT revision, answers FROM entries'),
    [1, 2].map(() => ({ revision: 0, answers: '{}' })),
  )
  assert.equal((await send(manager.cookie, manager.id, ['PUT', place, { revision: 0, answers: second, page: null }])).status, 200)
  assert.equal((await send(colleague.cookie, colleague.id, retried)).status, 200)
  assert.deepEqual(
    server
      .rows<{ entered_by: string; answers: string }>('SELECT entered_by, answers FROM entries ORDER BY pass')
      .map((row) => [row.entered_by, JSON.parse(row.answers)]),
    [
      [colleague.id, first],
      [manager.id, second],
    ],
  )
})

test('two typings that are the same become the response at once; until then the first page says what waits for whom', async (t) => {
  const { server, manager } = await ready(t, family('A-001'))
  const [second, interviewer] = [await staffAt(server, 'data manager'), await staffAt(server, 'interviewer')]
  const waiting = async ({ call }: StaffClient) => {
    const { total, rows } = (await call('GET /studies/s1/today')).body.entries
    return [total, rows.map(({ code, waitsFor, isOwn }: Record<string, unknown>) => [code, waitsFor, isOwn])]
  }
  const place = at('A-001', await listOf(manager, 'A-001', 'veo'))
  const answers = answersTo(definition(server, 'veo'), 2)
  assert.deepEqual(await waiting(manager), [0, []])
  await typeIn(manager, place, answers, { ...paper, double: true })
  assert.deepEqual(await waiting(manager), [1, [['A-001', 'second', true]]])
  assert.deepEqual(await waiting(second), [1, [['A-001', 'second', false]]])
  assert.deepEqual(await waiting(interviewer), [0, []], 'not for whoever may not type it')
  await second.call(`POST ${place}`, paper)
  assert.deepEqual(await waiting(second), [0, []], 'somebody is at it')
  const finished = await second.call(`POST ${place}/finish`, { revision: 0, answers, page: null, skipped: [] })
  assert.equal(finished.body.outcome, 'completed')
  assert.equal(server.rows('SELECT 1 FROM responses').length, 1)
})

test('how long typing took goes along, save by save, with five minutes for a pause that was longer', async (t) => {
  const { server, manager } = await ready(t, family('A-001'))
  const place = at('A-001', await listOf(manager, 'A-001', 'veo'))
  const answers = answersTo(definition(server, 'veo'), 2)
  const keep = (revision: number) => manager.call(`PUT ${place}`, { revision, answers, page: null })
  await manager.call(`POST ${place}`, paper)
  server.clock.set('2026-03-05T09:00:40Z')
  await keep(0)
  server.clock.set('2026-03-05T09:01:00Z')
  assert.equal((await keep(0)).body.revision, 1, 'the same save again is the first one')
  server.clock.set('2026-03-05T09:25:00Z')
  await keep(1)
  server.clock.set('2026-03-05T09:25:30Z')
  await manager.call(`POST ${place}/finish`, { revision: 2, answers, page: null, skipped: [] })
  assert.deepEqual(server.rows('SELECT entry_duration, duration FROM responses'), [{ entry_duration: 40 + 300 + 30, duration: null }])
})

test('a protocol can want a list typed in twice, all of a kind or a share by a seed, whatever whoever begins chooses', async (t) => {
  const definitions = join(temporaryFolder(t), 'definitions')
  for (const id of ['veo', 'pul']) writeDefinition(definitions, 'instruments', asRelease(id))
  const { allocation: _, ...plain } = trialProtocol
  const seed = 'een zaad van de proef'
  const protocol = {
    ...plain,
    schedule: [
      { instrument: 'veo@1.0.0', role: 'parent', waves: ['T0'], doubleEntry: { share: 1 } },
      { instrument: 'pul@1.0.0', role: 'parent', waves: ['T0'], doubleEntry: { share: 0.5, seed } },
    ],
  }
  writeDefinition(definitions, 'protocols', protocol)
  const server = await startStudyServer(t, '2026-03-05T09:00:00Z', { definitions, entry: { protocol: 'trial@1.0.0' } })
  const codes = Array.from({ length: 12 }, (_, index) => `D-${index}`)
  await server.register(...codes.map((code) => entryOf(code, { arm: 'chosen', cohort: 'beside', anchors: { referral: '2026-03-05' } })))
  const manager = await staffAt(server, 'data manager')
  const once = { ...paper, answeredOn: '2026-03-05', double: false }
  const [all, drawn] = [new Set<boolean>(), new Map<string, boolean>()]
  for (const code of codes) {
    const [veo, pul] = [await listOf(manager, code, 'veo'), await listOf(manager, code, 'pul')]
    const first = (await manager.call(`POST ${at(code, veo)}`, once)).body
    all.add(first.entries[0].double && first.isAlwaysTwice)
    const other = (await manager.call(`POST ${at(code, pul)}`, once)).body
    assert.equal(other.isAlwaysTwice, false, 'nobody is told before whether a list is among the share')
    drawn.set(pul.assignment, other.entries[0].double)
  }
  assert.deepEqual([...all], [true])
  for (const [id, double] of drawn)
    assert.equal(double, drawsFrom(Buffer.from(seed), 'typed twice', 's1', id)(1_000_000) < 500_000, 'by the seed of the protocol')
})

test('an interviewer finds the interviews that are open and enters one; a draft that somebody began by the link stays', async (t) => {
  const definitions = writeInterviewStudy(join(temporaryFolder(t), 'definitions'))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: interviewProtocol } })
  await server.register(talkedWith('EK-001', 'parent'), talkedWith('EK-002', 'parent'))
  await server.tick()
  const interviewer = await staffAt(server, 'interviewer')
  const { status, body } = await interviewer.call('GET /studies/s1/entry')
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    body.work.map(({ caseCode, role }: { caseCode: string; role: string }) => [caseCode, role]),
    [
      ['EK-001', 'interviewer'],
      ['EK-002', 'interviewer'],
    ],
  )
  const coder = await staffAt(server, 'file researcher')
  assert.deepEqual((await coder.call('GET /studies/s1/entry')).body.work, [])
  const place = `/studies/s1/cases/EK-001/entry/${body.work[0].assignment}`
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo('interviewer-ek-001@voorbeeld.example'))
  await respondent.request('PUT', `/api/assignments/${body.work[0].assignment}/draft`, { revision: 0, answers: { held: 1 }, page: null })
  const interview = { means: 'interview', answeredOn: '2026-03-02', language: 'nl', double: false }
  const finished = await typeIn(interviewer, place, { held: 1, safe: 2, wishes: [{ wish: 'Rust' }] }, interview)
  assert.equal(finished.body.outcome, 'completed')
  assert.deepEqual(server.rows('SELECT answers FROM drafts'), [{ answers: '{"held":1}' }])
  assert.deepEqual(server.rows('SELECT raw FROM scores'), [{ raw: 2 }])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address, answersTo, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

interface Ready {
  server: StudyServer
  respondent: Respondent
  /** Ids of the parent's lists at T0. */
  lists: { nosik: string; 'nosi-b': string; veo: string; pul: string }
  rows<Row>(sql: string): Row[]
}

async function ready(t: Parameters<typeof startStudyServer>[0]): Promise<Ready> {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  await server.tick()
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address('parent', 'A-001')))
  await respondent.consent()
  const [nosik, nosib, veo, pul] = (await respondent.packet()).assignments.map(({ id }) => id) as [string, string, string, string]
  return { server, respondent, lists: { nosik, 'nosi-b': nosib, veo, pul }, rows: (sql) => server.context.stores.study.read.all(sql) }
}

const instrument = ({ context }: StudyServer, id: string) => context.definitions.instruments.need(`${id}@0.1.0-standin`)

test('a submitted list is stored with its scores, its assignment is completed, and the next list is named', async (t) => {
  const { server, respondent, lists, rows } = await ready(t)
  const { status, body } = await respondent.submit(lists.veo, answersTo(instrument(server, 'veo'), 2))
  assert.equal(status, 200)
  assert.deepEqual(body, { completed: true, next: lists.nosik })
  assert.deepEqual(rows(`SELECT state FROM assignments WHERE id = '${lists.veo}'`), [{ state: 'completed' }])
  const [score] = rows<{ raw: number; z: number; norm_id: string; norm_status: string; input_hash: string; stratum: string }>(
    'SELECT * FROM scores',
  )
  assert.equal(score?.raw, 36)
  const table = server.context.definitions.norms.tables.need('veo-nl@0.1.0-standin').strata[0]
  assert.ok(table)
  assert.equal(score?.z, Math.round(((36 - table.mean) / table.sd) * 100) / 100)
  assert.equal(score?.norm_id, 'veo-nl')
  assert.equal(score?.norm_status, 'stand-in')
  assert.match(score?.input_hash ?? '', /^[0-9a-f]{64}$/)
})

test('the same submission fifty times at once, and again later, is one response with one set of scores', async (t) => {
  const { server, respondent, lists, rows } = await ready(t)
  const answers = answersTo(instrument(server, 'pul'), 1)
  const answered = await Promise.all(Array.from({ length: 50 }, () => respondent.submit(lists.pul, answers)))
  answered.push(await respondent.submit(lists.pul, answers))
  for (const { status, body } of answered) assert.deepEqual([status, body], [200, { completed: true, next: lists.nosik }])
  assert.deepEqual(rows('SELECT count(*) AS n FROM responses'), [{ n: 1 }])
  assert.deepEqual(rows('SELECT scale FROM scores ORDER BY scale'), [{ scale: 'autonomy' }, { scale: 'social_optimism' }])
  assert.deepEqual(rows("SELECT count(*) AS n FROM events WHERE kind = 'completed'"), [{ n: 1 }])
})

test('other answers to a completed list are refused, and the first ones stay', async (t) => {
  const { server, respondent, lists, rows } = await ready(t)
  const veo = instrument(server, 'veo')
  await respondent.submit(lists.veo, answersTo(veo, 1))
  const { status, body } = await respondent.submit(lists.veo, answersTo(veo, 2))
  assert.equal(status, 409)
  assert.equal(body.error?.code, 'assignment-closed')
  assert.deepEqual(rows('SELECT answers FROM responses'), [{ answers: JSON.stringify(answersTo(veo, 1)) }])
})

test('open questions are named, and stay open only when the person says so', async (t) => {
  const { server, respondent, lists, rows } = await ready(t)
  const { veo01: _, veo05: __, ...answers } = answersTo(instrument(server, 'veo'), 1)
  const refused = await respondent.submit(lists.veo, answers)
  assert.equal(refused.status, 422)
  assert.equal(refused.body.error?.code, 'answers-missing')
  const { missing } = refused.body.error as unknown as { missing: { item: string; page: string; required: boolean }[] }
  assert.deepEqual(
    missing.map(({ item, required }) => [item, required]),
    [
      ['veo01', false],
      ['veo05', false],
    ],
  )
  assert.equal((await respondent.submit(lists.veo, answers, ['veo01'])).status, 422)
  assert.equal((await respondent.submit(lists.veo, answers, ['veo01', 'veo05'])).status, 200)
  assert.deepEqual(rows('SELECT skipped FROM responses'), [{ skipped: '["veo01","veo05"]' }])
  // Of twelve items one may be missing: two leave no score, and the reason is kept.
  assert.deepEqual(rows('SELECT raw, z, missing, reason FROM scores'), [{ raw: null, z: null, missing: 2, reason: 'too-many-missing' }])
})

test('answers that do not fit are refused with the item, and nothing is stored', async (t) => {
  const { server, respondent, lists, rows } = await ready(t)
  const answers = answersTo(instrument(server, 'veo'), 1)
  const wrong: [string, unknown][] = [
    ['unknown item', { ...answers, veo99: 1 }],
    ['out of range', { ...answers, veo01: 6 }],
    ['not an integer', { ...answers, veo01: 1.5 }],
    ['text', { ...answers, veo01: '3' }],
    ['array', { ...answers, veo01: [1] }],
    ['prototype', JSON.parse(`{"__proto__": {"veo01": 1}, ${JSON.stringify(answers).slice(1)}`)],
    ['constructor', { ...answers, constructor: 1 }],
    ['no object', [answers]],
    ['null', null],
  ]
  for (const [what, sent] of wrong) {
    for (const answer of [
      await respondent.submit(lists.veo, sent),
      await respondent.request<{ error: { code: string } }>('PUT', `/api/assignments/${lists.veo}/draft`, {
        revision: 0,
        answers: sent,
        page: null,
      }),
    ]) {
      assert.equal(answer.status, 422, what)
      assert.equal(answer.body.error?.code, 'answers-invalid', what)
    }
  }
  for (const body of [
    '{',
    '[]',
    '{"answers":{}}',
    '{"answers":{},"skipped":"veo01","language":"nl"}',
    '{"answers":{},"skipped":[],"language":"nl","extra":1}',
  ])
    assert.equal((await respondent.request('POST', `/api/assignments/${lists.veo}/submit`, body)).status, 400, body)
  assert.equal((await respondent.submit(lists.veo, { veo01: 'x'.repeat(300_000) })).status, 413)
  assert.deepEqual(rows('SELECT (SELECT count(*) FROM responses) + (SELECT count(*) FROM drafts) AS n'), [{ n: 0 }])
  assert.equal(Object.hasOwn(Object.prototype, 'veo01'), false)
})

test('another participant’s list does not exist', async (t) => {
  const { server, respondent, rows } = await ready(t)
  const [foreign] = rows<{ id: string }>(
    "SELECT a.id FROM assignments a JOIN participants p ON p.id = a.participant_id WHERE p.role = 'referrer'",
  )
  for (const id of [foreign?.id ?? '', 'nonsense', "' OR 1=1 --"]) {
    assert.equal((await respondent.request('GET', `/api/assignments/${encodeURIComponent(id)}`)).status, 404)
    assert.equal((await respondent.submit(encodeURIComponent(id), answersTo(instrument(server, 'veo')))).status, 404)
  }
})

test('a draft is kept, comes back, and is gone once the list is sent', async (t) => {
  const { server, respondent, lists, rows } = await ready(t)
  const path = `/api/assignments/${lists.veo}`
  const first = await respondent.request<{ revision: number }>('PUT', `${path}/draft`, {
    revision: 0,
    answers: { veo01: 2 },
    page: 'page1',
  })
  assert.deepEqual([first.status, first.body.revision], [200, 1])
  const filling = await respondent.request<{ state: string; draft: unknown }>('GET', path)
  assert.equal(filling.body.state, 'in progress')
  assert.deepEqual(filling.body.draft, { revision: 1, answers: { veo01: 2 }, page: 'page1', sealed: [] })
  assert.equal((await respondent.packet()).assignments.find(({ id }) => id === lists.veo)?.answered, 1)
  await respondent.submit(lists.veo, answersTo(instrument(server, 'veo')))
  assert.deepEqual(rows('SELECT * FROM drafts'), [])
})

test('a save that builds on an older state is refused, and the later state comes along', async (t) => {
  const { respondent, lists } = await ready(t)
  const path = `/api/assignments/${lists.veo}/draft`
  await respondent.request('PUT', path, { revision: 0, answers: { veo01: 2 }, page: null })
  await respondent.request('PUT', path, { revision: 1, answers: { veo01: 3 }, page: null })
  const { status, body } = await respondent.request<{ error: { code: string; current: { revision: number; answers: unknown } } }>(
    'PUT',
    path,
    {
      revision: 1,
      answers: { veo01: 4 },
      page: null,
    },
  )
  assert.equal(status, 409)
  assert.equal(body.error.code, 'draft-outdated')
  assert.deepEqual([body.error.current.revision, body.error.current.answers], [2, { veo01: 3 }])
})

test('when the window is over, saving and sending are refused and the draft stays', async (t) => {
  const { server, respondent, lists, rows } = await ready(t)
  await respondent.request('PUT', `/api/assignments/${lists.veo}/draft`, { revision: 0, answers: { veo01: 2 }, page: null })
  // The session lasts hours, the window weeks: shift the window instead of the clock.
  await server.context.stores.study.withTx(async (tx) => void tx.run("UPDATE assignments SET closes_at = '2026-03-02T08:00:00.000Z'"))
  const { status, body } = await respondent.submit(lists.veo, answersTo(instrument(server, 'veo')))
  assert.equal(status, 409)
  assert.deepEqual((body.error as unknown as { state: string }).state, 'expired')
  assert.equal(rows('SELECT * FROM drafts').length, 1)
})

test('when the whole packet is done the reminders are called off, and planning again changes nothing', async (t) => {
  const { server, respondent, lists, rows } = await ready(t)
  for (const [id, list] of Object.entries(lists))
    assert.equal((await respondent.submit(list, answersTo(instrument(server, id), 1))).status, 200)
  const planned =
    "SELECT m.kind, m.state FROM messages m JOIN participants p ON p.id = m.participant_id WHERE p.role = 'parent' AND m.wave = 'T0' ORDER BY m.due_at"
  assert.deepEqual(rows(planned), [
    { kind: 'invitation', state: 'sent' },
    { kind: 'reminder-1', state: 'cancelled' },
    { kind: 'reminder-2', state: 'cancelled' },
  ])
  const { changesOfCase } = await import('../../server/workflow/replan-case.ts')
  const { findCaseByCode } = await import('../../server/queries/cases.ts')
  const { read } = server.context.stores.study
  const found = await findCaseByCode(read, 's1', 'A-001')
  assert.ok(found)
  const protocol = server.context.definitions.protocols.need('familie-aan-zet@0.1.0-standin')
  const none = { assignments: [], messages: [] }
  assert.deepEqual(await changesOfCase(read, [{ from: null, protocol }], found, server.clock.now()), {
    add: none,
    move: none,
    cancel: none,
  })
})

/** Questions about values, and values that are changed, over HTTP. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Answers } from '../../instruments/schema.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { withValue } from '../../server/workflow/response-values.ts'
import { withdrawAndErase } from '../../server/workflow/stop-participant.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { answersTo, family } from '../harness/family.ts'
import { interviewProtocol, talkedWith, writeInterviewStudy } from '../harness/interview-study.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

/** Two parents who gave the same answers but for one item, in which the second has 4. */
async function answered(t: TestContext) {
  const server = await startStudyServer(t, '2026-03-05T09:00:00Z')
  await server.register(family('A-001'), family('A-002'))
  for (const code of ['A-001', 'A-002'])
    for (const purpose of ['research', 'contact-later'])
      await recordConsent(server.context, { study: 's1', code }, { role: 'parent' }, { purpose, given: true })
  const answers = answersTo(server.context.definitions.instruments.need('veo@0.1.0-standin'), 1)
  const [item = ''] = Object.keys(answers)
  await server.submit({ code: 'A-001', instrument: 'veo' }, answers)
  await server.submit({ code: 'A-002', instrument: 'veo' }, { ...answers, [item]: 4 })
  const assignment = (code: string): string =>
    server.rows<{ id: string }>(
      `SELECT assignments.id FROM assignments JOIN cases ON cases.id = case_id WHERE code = '${code}' AND assignments.state = 'completed'`,
    )[0]?.id ?? assert.fail(code)
  return {
    server,
    item,
    was: answers[item],
    assignment,
    manager: await staffAt(server, 'data manager'),
    researcher: await staffAt(server, 'researcher'),
  }
}

const place = '/studies/s1/cases/A-001'

test('a researcher asks about a value, the data manager answers; asked again it is open, closed it stays closed', async (t) => {
  const { server, item, assignment, manager, researcher } = await answered(t)
  const asked = await researcher.call(`POST ${place}/queries`, { assignment: assignment('A-001'), item, text: 'Is this really a 1?' })
  assert.equal(asked.status, 200)
  const about = `${place}/queries/${asked.body.id}`
  assert.equal((await manager.call(`POST ${about}/answer`, { text: 'It says so on the paper.' })).status, 204)
  const list = async (state: string) => (await researcher.call(`GET /studies/s1/queries?state=${state}`)).body.queries
  assert.deepEqual([(await list('open')).length, (await list('answered')).length], [0, 1])
  const waiting = async ({ call }: typeof manager) => (await call('GET /studies/s1/today')).body.queries
  assert.deepEqual(await waiting(researcher), { open: 0, answered: 1 }, 'on the page of today there is an answer to read')
  assert.deepEqual(await waiting(await staffAt(server, 'interviewer')), { open: 0, answered: 0 }, 'and none for who may not see answers')
  const elsewhere = await staffAt(server, [{ role: 'data manager', region: 'Overijssel' }])
  assert.deepEqual(await waiting(elsewhere), { open: 0, answered: 0 }, 'nor where they may not')
  assert.equal((await researcher.call(`POST ${about}/ask-again`, { text: 'Could you ring?' })).status, 204)
  assert.equal((await list('open')).length, 1)
  assert.deepEqual(await waiting(manager), { open: 1, answered: 0 })
  assert.equal((await manager.call(`POST ${about}/close`, { text: null })).status, 204)
  assert.equal((await manager.call(`POST ${about}/answer`, { text: 'Too late' })).body.error.code, 'query-closed')
  const [query] = (await researcher.call(`GET ${place}/queries`)).body.queries
  assert.deepEqual(
    query.notes.map(({ kind, by, text }: { kind: string; by: string; text: string | null }) => [kind, by, text]),
    [
      ['asked', 'Verzonnen Collega', 'Is this really a 1?'],
      ['answered', 'Verzonnen Collega', 'It says so on the paper.'],
      ['asked again', 'Verzonnen Collega', 'Could you ring?'],
      ['closed', 'Verzonnen Collega', null],
    ],
  )
  assert.deepEqual([query.caseCode, query.item, query.state], ['A-001', item, 'closed'])
  assert.equal((await manager.call(`POST /studies/s1/cases/A-002/queries/${query.id}/answer`, { text: 'elsewhere' })).status, 404)
  assert.equal((await manager.call(`POST ${place}/queries`, { assignment: assignment('A-001'), item, text: 'not their work' })).status, 403)
  const unknown = await researcher.call(`POST ${place}/queries`, { assignment: assignment('A-001'), item: 'nothing', text: 'What?' })
  assert.equal(unknown.body.error.code, 'item-unknown')
  assert.ok(server.rows("SELECT 1 FROM access_log WHERE action = 'asked about value'").length > 0)
})

test('a changed value keeps the old one with who, when and why, and scores as if it had come in so', async (t) => {
  const { server, item, was, assignment, manager, researcher } = await answered(t)
  const { body: asked } = await researcher.call(`POST ${place}/queries`, { assignment: assignment('A-001'), item, text: 'Is this right?' })
  const change = { assignment: assignment('A-001'), item, value: 4, reason: 'The mother rang: a slip.', query: asked.id }
  const counting = (code: string) =>
    server.rows(
      `SELECT scale, raw, missing, z, band, input_hash FROM scores WHERE id IN (SELECT max(scores.id) FROM scores
       JOIN responses ON responses.id = response_id JOIN assignments ON assignments.id = assignment_id JOIN cases ON cases.id = case_id
       WHERE code = '${code}' GROUP BY scale) ORDER BY scale`,
    )
  const before = counting('A-001')
  const events = server.rows('SELECT * FROM events').length

  const tried = await manager.call(`POST ${place}/values/preview`, change)
  assert.deepEqual(
    tried.body.items.map(({ before, after }: { before: unknown; after: unknown }) => [before, after]),
    [[was, 4]],
  )
  assert.deepEqual([counting('A-001'), server.rows('SELECT * FROM events').length], [before, events], 'nothing was changed')

  const { status, body } = await manager.call(`POST ${place}/values`, change)
  assert.equal(status, 200)
  assert.deepEqual(body, tried.body)
  assert.deepEqual(counting('A-001'), counting('A-002'))
  assert.notDeepEqual(counting('A-001'), before)
  assert.deepEqual(server.rows('SELECT item, before, after, "by", reason, query_id FROM value_changes'), [
    { item, before: JSON.stringify(was), after: '4', by: manager.id, reason: change.reason, query_id: asked.id },
  ])
  const { body: shown } = await researcher.call(`GET ${place}/answers/${assignment('A-001')}`)
  const value = shown.values.find((one: { item: string }) => one.item === item)
  assert.deepEqual([value.value, value.changes.length, shown.queries[0].state], [4, 1, 'answered'])
  assert.equal((await manager.call(`POST ${place}/values`, change)).body.error.code, 'value-same')
  assert.equal((await manager.call(`POST ${place}/values`, { ...change, value: 99 })).body.error.code, 'answers-invalid')
  assert.equal((await manager.call(`POST ${place}/values`, { ...change, value: 1, reason: '' })).status, 400)
  assert.equal((await researcher.call(`POST ${place}/values`, { ...change, value: 1 })).status, 403)
})

test('what is not asked any more because of a change goes with it, and is kept beside it', async (t) => {
  const definitions = writeInterviewStudy(join(temporaryFolder(t), 'definitions'))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: interviewProtocol } })
  await server.register(talkedWith('A-001', 'parent'))
  await server.submit(
    { code: 'A-001', instrument: 'talk', wave: 'FU9', role: 'interviewer', about: 'parent 1' },
    { held: 1, safe: 2, wishes: [{ wish: 'Rust' }] },
  )
  const manager = await staffAt(server, 'data manager')
  const [{ id = '' } = {}] = server.rows<{ id: string }>("SELECT id FROM assignments WHERE state = 'completed'")
  const change = (item: string, value: unknown) => manager.call(`POST ${place}/values`, { assignment: id, item, value, reason: 'a slip' })
  assert.equal((await change('wishes[0].wish', 'Rust in huis')).status, 200)
  assert.equal((await change('wishes[1].wish', 'Meer')).body.error.code, 'item-unknown')
  const { body } = await change('held', 0)
  assert.deepEqual(
    body.items.map(({ item, before, after }: Record<string, unknown>) => [item, before, after]),
    [
      ['held', 1, 0],
      ['safe', 2, null],
      ['wishes[0].wish', 'Rust in huis', null],
    ],
  )
  assert.deepEqual(server.rows('SELECT answers FROM responses'), [{ answers: '{"held":0}' }])
  assert.equal(server.rows('SELECT 1 FROM value_changes').length, 4)
  assert.equal((await change('safe', 1)).body.error.code, 'item-unknown', 'it is not asked')
})

test('a record comes in or goes, all of the group is kept as it was, and what came in can be made of it again', async (t) => {
  const definitions = writeInterviewStudy(join(temporaryFolder(t), 'definitions'))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: interviewProtocol } })
  await server.register(talkedWith('A-001', 'parent'))
  const came = { held: 1, safe: 2, wishes: [{ wish: 'Rust' }, { wish: 'Een tuin' }] }
  await server.submit({ code: 'A-001', instrument: 'talk', wave: 'FU9', role: 'interviewer', about: 'parent 1' }, came)
  const manager = await staffAt(server, 'data manager')
  const [{ id = '' } = {}] = server.rows<{ id: string }>("SELECT id FROM assignments WHERE state = 'completed'")
  const of = (what: object) => ({ assignment: id, reason: 'de bandopname', ...what })
  const change = (what: object) => manager.call(`POST ${place}/values`, of(what))
  const records = (what: object) => manager.call(`POST ${place}/records`, of({ item: 'wishes', remove: null, add: null, ...what }))
  const stored = () => JSON.parse(server.rows<{ answers: string }>('SELECT answers FROM responses')[0]?.answers ?? '')
  const wishes = (...texts: string[]) => texts.map((wish) => ({ wish }))

  const more = { add: { wish: 'Een hond' } }
  const tried = await manager.call(`POST ${place}/records/preview`, of({ item: 'wishes', remove: null, ...more }))
  assert.deepEqual(
    tried.body.items.map(({ item, before, after }: Record<string, unknown>) => [item, before, after]),
    [['wishes', wishes('Rust', 'Een tuin'), wishes('Rust', 'Een tuin', 'Een hond')]],
  )
  assert.deepEqual(stored(), came, 'nothing was changed')
  assert.deepEqual((await records(more)).body, tried.body)
  assert.equal((await records({ remove: 0 })).status, 200)
  assert.deepEqual(stored().wishes, wishes('Een tuin', 'Een hond'))
  assert.equal((await change({ item: 'wishes[1].wish', value: 'Een kat' })).status, 200)
  const { groups } = (await manager.call(`GET ${place}/answers/${id}`)).body
  assert.deepEqual(
    groups.map(({ item, records: there, isAsked, hasRoom, changes }: Record<string, unknown>) => [
      item,
      there,
      isAsked,
      hasRoom,
      (changes as { before: unknown }[]).map(({ before }) => before),
    ]),
    [['wishes', 2, true, true, [wishes('Rust', 'Een tuin'), wishes('Rust', 'Een tuin', 'Een hond')]]],
  )

  assert.equal((await change({ item: 'wishes', value: 'Rust' })).body.error.code, 'item-unknown', 'a group has no value')
  for (const [what, code] of [
    [{ remove: 2 }, 'item-unknown'],
    [{ item: 'held', remove: 0 }, 'item-unknown'],
    [{ add: { other: 1 } }, 'answers-invalid'],
    [{ add: {} }, 'answers-invalid'],
    [{ remove: 0, add: { wish: 'Een tuin' } }, undefined],
    [{}, 'body-invalid'],
  ] as const)
    assert.equal((await records(what)).body.error?.code, code, JSON.stringify(what))
  for (const wish of ['3', '4', '5']) assert.equal((await records({ add: { wish } })).status, 200)
  assert.equal((await records({ add: { wish: '6' } })).body.error.code, 'answers-invalid', 'five at most')
  for (const _ of stored().wishes) assert.equal((await records({ remove: 0 })).status, 200)
  assert.deepEqual(stored(), { held: 1, safe: 2 })

  const rows = server.rows<{ item: string; before: string }>('SELECT item, before FROM value_changes ORDER BY id DESC')
  let asItCame: Answers | undefined = stored()
  for (const { item, before } of rows)
    asItCame = asItCame && (item === 'wishes' ? { ...asItCame, wishes: JSON.parse(before) } : withValue(asItCame, item, JSON.parse(before)))
  assert.deepEqual(asItCame, came)
  await change({ item: 'held', value: 0 })
  assert.equal((await records(more)).body.error.code, 'item-unknown', 'it is not asked')
})

test('erasing what somebody answered takes along what staff typed, their changed values and the questions about them', async (t) => {
  const { server, item, assignment, manager, researcher } = await answered(t)
  await researcher.call(`POST ${place}/queries`, { assignment: assignment('A-001'), item, text: 'Is this right?' })
  await manager.call(`POST ${place}/values`, { assignment: assignment('A-001'), item, value: 4, reason: 'a slip of the pen' })
  const list = (await manager.call(`GET ${place}/entry`)).body.lists.find((one: { hindrance: null }) => one.hindrance === null)
  const paper = { means: 'paper', answeredOn: '2026-03-04', language: 'nl', double: false }
  assert.equal((await manager.call(`POST ${place}/entry/${list.assignment}`, paper)).status, 200)
  const [{ id = '' } = {}] = server.rows<{ id: string }>(
    "SELECT participants.id FROM participants JOIN cases ON cases.id = case_id WHERE code = 'A-001' AND role = 'parent'",
  )
  await withdrawAndErase(server.context, { id })
  for (const table of ['entries', 'value_changes', 'value_queries', 'query_notes'])
    assert.deepEqual(server.rows(`SELECT * FROM ${table}`), [], table)
  assert.equal((await manager.call(`GET ${place}/answers/${assignment('A-001')}`)).status, 404)
})

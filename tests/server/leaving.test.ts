/** Somebody stops for good, on their behalf, or comes back: what is shown before, what is gone after, and which exports they are in. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { answersTo, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const reason = 'Gevraagd per telefoon'
const canary = 'Kanariegeel-zzyzx'

async function withAnswers(t: TestContext) {
  const server = await startStudyServer(t)
  await server.register({ ...family('A-001'), region: 'Amsterdam' }, { ...family('A-002'), region: 'Overijssel' })
  await server.tick()
  const manager = await staffAt(server, 'data manager')
  const folder = dirname(server.context.stores.study.path)
  const pseudonymOf = (code: string, role = 'parent') =>
    server.rows<{ id: string }>(
      `select participants.id from participants join cases on cases.id = case_id where code = '${code}' and role = '${role}'`,
    )[0]?.id ?? ''
  const person = `/studies/s1/cases/A-001/people/${pseudonymOf('A-001')}`
  await manager.call(`POST ${person}/consent`, { purpose: 'research', given: true, reason })
  await server.submit({ code: 'A-001', instrument: 'nosik' }, answersTo(server.context.definitions.instruments.need('nosik@0.1.0-standin')))
  return { server, folder, manager, person, pseudonymOf }
}

test('an export is registered with its cases, and whoever has somebody erased sees it and says that it is destroyed', async (t) => {
  const { server, folder, manager, person } = await withAnswers(t)
  const out = join(temporaryFolder(t), 'export')
  const ran = await nameting(server.environment, 'export', '--study', 's1', '--out', out)
  assert.equal(ran.code, 0, ran.stderr)
  const sha256 = createHash('sha256')
    .update(readFileSync(join(out, 'manifest.json')))
    .digest('hex')
  const { exports } = (await manager.call('GET /studies/s1/exports')).body
  assert.deepEqual(
    exports.map((one: Record<string, unknown>) => [one.manifestSha256, one.via, one.staffId, one.cases, one.filter]),
    [[sha256, 'command', null, 2, null]],
  )
  const before = (await manager.call(`GET ${person}/leaving`)).body
  assert.deepEqual([before.responses, before.hasAnswers, before.exports.length, before.otherCases], [1, true, 1, []])
  assert.ok(before.open > 0 && before.messages > 0)

  await server.context.stores.study.withTx(async (tx) => void tx.run(`update responses set answers = '{"told":"${canary}"}'`))
  assert.equal((await manager.call(`POST ${person}/erase`, { reason })).status, 200)
  for (const name of globSync('*', { cwd: folder })) assert.ok(!readFileSync(join(folder, name)).includes(canary), name)
  const after = (await manager.call(`GET ${person}/leaving`)).body
  assert.deepEqual([after.state, after.responses, after.drafts, after.hasAnswers], ['withdrawn', 0, 0, false])
  const [task] = server.rows<{ detail: string }>(`select detail from tasks where kind = 'answers erased'`)
  assert.ok(task?.detail.includes(sha256.slice(0, 12)))
  const [event] = server.rows<{ detail: string }>(`select detail from events where kind = 'answers erased'`)
  const { exports: named, why, staff } = JSON.parse(event?.detail ?? '{}')
  assert.deepEqual([named, why, staff], [[exports[0].id], reason, manager.id])

  assert.equal((await manager.call(`POST /studies/s1/exports/${exports[0].id}/destroyed`, { reason })).status, 200)
  assert.deepEqual((await manager.call(`GET ${person}/leaving`)).body.exports, [])
  assert.equal((await manager.call(`POST /studies/s1/exports/${exports[0].id}/destroyed`, { reason })).status, 404, 'once')
})

test('who stopped by mistake takes part again, at the desk or by the command, with what was still asked of them', async (t) => {
  const { server, manager, person } = await withAnswers(t)
  const asked = () =>
    server.rows<{ id: string }>(
      `select id from assignments where participant_id = '${person.split('/').at(-1)}' and state in ('open', 'scheduled', 'in progress') order by id`,
    )
  const before = asked()
  await manager.call(`POST ${person}/stop`, { state: 'withdrawn', reason })
  assert.deepEqual(asked(), [])
  const tried = await manager.call(`POST ${person.replace('/people', '/preview/people')}/return`, { reason: '' })
  assert.ok(tried.status === 200 && tried.body.changes.lists.length > 0, JSON.stringify(tried))
  assert.deepEqual(asked(), [], 'trying out changes nothing')
  assert.equal((await manager.call(`POST ${person}/return`, { reason: ' ' })).status, 400, 'why has to be said')
  assert.equal((await manager.call(`POST ${person}/return`, { reason })).status, 200)
  await server.tick()
  assert.deepEqual(asked(), before)
  assert.equal((await manager.call(`POST ${person}/return`, { reason })).body.error.fault, 'active')

  await manager.call(`POST ${person}/stop`, { state: 'declined', reason })
  const ran = await nameting(server.environment, 'case', 'person', 'return', 'A-001', 'parent', '--study', 's1', '--why', reason)
  assert.deepEqual([ran.code, /takes part again/.test(ran.stdout)], [0, true], ran.stderr)
  const events = server.rows<{ detail: string }>(`select detail from events where kind = 'brought back' order by id`)
  assert.deepEqual(
    events.map(({ detail }) => JSON.parse(detail)),
    [
      { from: 'withdrawn', staff: manager.id, why: reason },
      { from: 'declined', why: reason },
    ],
  )
})

test('nobody comes back who refused what is required, or of whom all was erased', async (t) => {
  const { manager, person } = await withAnswers(t)
  await manager.call(`POST ${person}/consent`, { purpose: 'research', given: false, reason })
  assert.equal((await manager.call(`POST ${person}/return`, { reason })).body.error.fault, 'consent')
  await manager.call(`POST ${person}/consent`, { purpose: 'research', given: true, reason })
  assert.equal((await manager.call(`POST ${person}/return`, { reason })).status, 200)
  await manager.call(`POST ${person}/erase`, { reason })
  assert.equal((await manager.call(`POST ${person}/return`, { reason })).body.error.fault, 'erased')
})

test('who answers for several families is erased in all of them, and only by whom all are within reach', async (t) => {
  const { server, pseudonymOf } = await withAnswers(t)
  const same = { ...family('B-001'), region: 'Amsterdam' }
  const other = { ...family('B-002'), region: 'Overijssel' }
  const referrer = { role: 'referrer', name: 'Rita Verwijzer', email: 'rita@verwijzer.example', language: 'nl' }
  await server.register(...[same, other].map((entry) => ({ ...entry, participants: [referrer] })))
  const path = `/studies/s1/cases/B-001/people/${pseudonymOf('B-001', 'referrer')}`
  const here = await staffAt(server, [{ role: 'data manager', region: 'Amsterdam' }])
  assert.equal((await here.call(`GET ${path}/leaving`)).body.otherCases, null)
  assert.equal((await here.call(`POST ${path}/erase`, { reason })).body.error.fault, 'other-region')
  assert.equal((await here.call(`GET ${path.replace('B-001', 'B-002')}/leaving`)).status, 404)
  const all = await staffAt(server, 'data manager')
  assert.deepEqual((await all.call(`GET ${path}/leaving`)).body.otherCases, ['B-002'])
  assert.equal((await all.call(`POST ${path}/erase`, { reason })).status, 200)
  const states = server.rows<{ state: string }>(
    `select state from participants join cases on cases.id = case_id where code like 'B-%' and role = 'referrer'`,
  )
  assert.deepEqual(states, [{ state: 'withdrawn' }, { state: 'withdrawn' }])
})

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import Database from 'better-sqlite3'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer
let manager: StaffClient
let researcher: StaffClient

before(async (t) => {
  server = await startStudyServer(t as never, '2026-03-02T09:00:00Z')
  await server.register({ ...family('A-001'), region: 'Amsterdam' }, family('A-002'))
  manager = await staffAt(server, 'data manager')
  researcher = await staffAt(server, 'researcher')
})

const rowsOf = (body: { rows: { action: string; code: string | null; outcome: string }[] }) =>
  body.rows.map(({ action, code, outcome }) => [action, code, outcome])

test('of one family the log tells who looked at it, and looking at the log is in it as well', async () => {
  await researcher.call('GET /studies/s1/cases/A-001')
  await researcher.call('GET /studies/s1/cases/A-002')
  await researcher.call('GET /studies/s1/cases/A-001/access')
  await manager.call('GET /studies/s1/cases/A-001/access')
  const { body } = await manager.call('GET /studies/s1/cases/A-001/access')
  assert.deepEqual(rowsOf(body), [
    ['saw access log', 'A-001', 'allowed'],
    ['saw access log', 'A-001', 'refused'],
    ['saw case', 'A-001', 'allowed'],
  ])
  assert.equal(body.rows[0].who, 'Verzonnen Collega')
  assert.equal(body.next, null)
})

test('the log of a study is read part by part, by person, action and outcome', async () => {
  for (let time = 0; time < 120; time++) await researcher.call('POST /studies/s1/cases/A-001/people/x/contact', { reason: `keer ${time}` })
  const mine = `/studies/s1/access?who=${researcher.id}&action=${encodeURIComponent('saw contact data')}`
  const { body: first } = await manager.call(`GET ${mine}`)
  assert.deepEqual([first.rows.length, first.rows[0].reason], [100, 'keer 119'])
  const { body: second } = await manager.call(`GET ${mine}&before=${first.next}`)
  assert.deepEqual([second.rows.length, second.rows.at(-1).reason, second.next], [20, 'keer 0', null])
  const { body: refused } = await manager.call(`GET /studies/s1/access?outcome=refused&action=${encodeURIComponent('saw access log')}`)
  assert.deepEqual(rowsOf(refused), [['saw access log', 'A-001', 'refused']])
  assert.equal((await manager.call('GET /studies/s1/access?outcome=perhaps')).status, 400)
  assert.ok(first.people.some(({ id }: { id: string }) => id === researcher.id))
})

test('of a search the log keeps what is a code or a region, and of anything else only that somebody searched', async () => {
  for (const search of ['a-00', 'Amster', 'Anna Voorbeeld', '100%'])
    await researcher.call(`GET /studies/s1/cases?search=${encodeURIComponent(search)}`)
  const { body } = await manager.call(`GET /studies/s1/access?who=${researcher.id}&action=${encodeURIComponent('searched cases')}`)
  assert.deepEqual(
    body.rows.map(({ detail }: { detail: { search: string | null } }) => detail.search),
    [null, 'Amster', 'a-00'],
  )
})

test('whose contact data were seen is told by role', async () => {
  const people = server.rows<{ id: string }>(
    `select p.id from participants p join cases c on c.id = case_id where code = 'A-002' order by role`,
  )
  for (const { id } of people) await manager.call(`POST /studies/s1/cases/A-002/people/${id}/contact`, { reason: 'terugbellen' })
  const { body } = await manager.call(`GET /studies/s1/access?who=${manager.id}&action=${encodeURIComponent('saw contact data')}`)
  assert.deepEqual(
    body.rows.map(({ person }: { person: { role: { nl: string }; place: number | null } }) => [person.role.nl, person.place]).toReversed(),
    ['Gezinsinformant', 'Ouder', 'Aanmelder'].map((role) => [role, null]),
  )
})

test('the log of a whole study is not for somebody of one region, that of a family of theirs is', async () => {
  const regional = await staffAt(server, [{ role: 'data manager', region: 'Amsterdam' }])
  assert.equal((await regional.call('GET /studies/s1/access')).status, 403)
  assert.equal((await regional.call('GET /studies/s1/cases/A-001/access')).status, 200)
  assert.equal((await regional.call('GET /studies/s1/cases/A-002/access')).status, 404)
})

test('signing in and accounts are in a log for administrators of everything', async () => {
  const local = await staffAt(server, 'administrator')
  const all = await staffAt(server, [{ role: 'administrator', studyId: '*' }])
  assert.equal((await local.call('GET /access')).status, 403)
  assert.equal((await manager.call('GET /access')).status, 403)
  await all.call(`POST /staff/${local.id}/disable`, {})
  const { body } = await all.call('GET /access')
  assert.deepEqual([body.rows[0].action, body.rows[0].whom], ['disabled staff', 'Verzonnen Collega'])
})

test('verify finds a whole data folder whole, and names the first row of the log that was changed or is gone', async () => {
  const verify = (...words: string[]) => nameting({ DATA_DIR: server.environment.DATA_DIR ?? '' }, 'verify', ...words)
  const { code, stdout } = await verify('--json')
  const { accessLog, problems } = JSON.parse(stdout)
  assert.deepEqual([code, problems, accessLog.broken], [0, [], null])
  assert.match(
    (await verify()).stdout,
    /^identity\.sqlite: whole\nstudy\.sqlite: whole\naccess log: \d+ rows, ending in [0-9a-f]{64}\ndefinitions: as they were published\n/,
  )
  await researcher.call('GET /studies/s1/cases/A-001')
  assert.equal((await verify('--noted', accessLog.last)).code, 0, 'it may have grown')

  const behind = new Database(server.context.stores.study.path)
  const last = (behind.prepare('select max(id) as id from access_log').get() as { id: number }).id
  const kept = behind.prepare('select * from access_log where id >= ?').all(last - 1) as Record<string, unknown>[]
  const putBack = (row: Record<string, unknown> | undefined) =>
    behind.prepare(`insert or replace into access_log values (${Object.keys(row ?? {}).map((name) => `@${name}`)})`).run(row)

  behind.exec(`update access_log set reason = 'anders' where id = ${last - 1}`)
  const changed = await verify()
  assert.equal(changed.code, 1)
  assert.match(changed.stderr, new RegExp(`row ${last - 1} does not follow`))
  putBack(kept[0])

  behind.exec(`delete from access_log where id = ${last}`)
  assert.match((await verify()).stderr, /its last 1 rows are gone/)
  behind.exec(`update sqlite_sequence set seq = ${last - 1} where name = 'access_log'`)
  assert.equal((await verify()).code, 0, 'whoever knows the database well leaves no trace in it')
  assert.match((await verify('--noted', String(kept[1]?.hash))).stderr, /no row with the hash/)
  behind.exec(`update sqlite_sequence set seq = ${last} where name = 'access_log'`)
  putBack(kept[1])

  behind.pragma('foreign_keys = OFF')
  behind.exec("update participants set case_id = 'nergens' where id = (select min(id) from participants)")
  behind.close()
  const lost = await verify('--json')
  assert.equal(lost.code, 1)
  assert.match(JSON.parse(lost.stdout).problems[0], /^study\.sqlite: row \d+ of participants belongs to a row of cases that is not there$/)
})

test('verify says where it looked when there is nothing, and that a file is damaged', async (t) => {
  const folder = temporaryFolder(t)
  for (const name of ['identity', 'study']) {
    const copy = new Database(server.context.stores[name as 'study'].path, { readonly: true })
    writeFileSync(join(folder, `${name}.sqlite`), copy.serialize())
    copy.close()
  }
  const path = join(folder, 'study.sqlite')
  const bytes = readFileSync(path)
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(8192, 0xff), bytes.subarray(16_384)]))
  const damaged = await nameting({ DATA_DIR: folder }, 'verify')
  assert.equal(damaged.code, 1)
  assert.match(damaged.stderr, /^study\.sqlite: /)
  assert.match(damaged.stdout, /study\.sqlite: damaged/)
  const { code, stderr } = await nameting({ DATA_DIR: '/nergens' }, 'verify')
  assert.deepEqual([code, stderr], [1, 'There is no /nergens/identity.sqlite. Set DATA_DIR to the data folder of the server.\n'])
})

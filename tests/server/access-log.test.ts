import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { dialect } from '../../server/db/dialect.ts'
import { behind } from '../harness/behind.ts'
import { nameting } from '../harness/command.ts'
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

test('verify finds everything whole, and names the first row of the log that was changed or is gone', async () => {
  const { DATA_DIR = '', DATABASE_URL } = server.environment
  const verify = (...words: string[]) => nameting({ DATA_DIR, ...(DATABASE_URL && { DATABASE_URL }) }, 'verify', ...words)
  const { code, stdout } = await verify('--json')
  const { accessLog, problems } = JSON.parse(stdout)
  assert.deepEqual([code, problems, accessLog.broken], [0, [], null])
  const [identity, study] = dialect === 'postgres' ? ['schema identity', 'schema study'] : ['identity.sqlite', 'study.sqlite']
  assert.match(
    (await verify()).stdout,
    new RegExp(
      `^${identity}: whole\n${study}: whole\naccess log: \\d+ rows, ending in [0-9a-f]{64}\ndefinitions: as they were published\n`,
    ),
  )
  await researcher.call('GET /studies/s1/cases/A-001')
  assert.equal((await verify('--noted', accessLog.last)).code, 0, 'it may have grown')

  const intruder = behind(server.context.stores.study)
  const kept = server.rows<Record<string, string | number | null>>('select * from access_log order by id desc limit 2').toReversed()
  const [before, last] = kept.map(({ id }) => Number(id)) as [number, number]
  const literal = (value: unknown) =>
    value === null ? 'null' : typeof value === 'number' ? value : `'${String(value).replaceAll("'", "''")}'`
  const putBack = (row: Record<string, unknown> = {}) =>
    intruder.exec(
      `delete from access_log where id = ${row.id}; insert into access_log (${Object.keys(row)}) values (${Object.values(row).map(literal)})`,
    )
  const countUpTo = (number: number) =>
    intruder.exec(
      dialect === 'postgres'
        ? `update settings set value = '${number}' where name = 'highest number in access_log'`
        : `update sqlite_sequence set seq = ${number} where name = 'access_log'`,
    )

  intruder.exec(`update access_log set reason = 'anders' where id = ${before}`)
  const changed = await verify()
  assert.equal(changed.code, 1)
  assert.match(changed.stderr, new RegExp(`^${study}: the access log was changed: row ${before} does not follow`))
  putBack(kept[0])

  intruder.exec(`delete from access_log where id = ${last}`)
  assert.match((await verify()).stderr, /its last 1 rows are gone/)
  countUpTo(before)
  assert.equal((await verify()).code, 0, 'whoever knows the database well leaves no trace in it')
  assert.match((await verify('--noted', String(kept[1]?.hash))).stderr, /no row with the hash/)
  countUpTo(last)
  putBack(kept[1])
  assert.equal((await verify('--noted', String(kept[1]?.hash))).code, 0)
  intruder.close()
})

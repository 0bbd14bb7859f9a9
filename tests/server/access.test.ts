import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import Database from 'better-sqlite3'
import { policies, type StudyPolicy } from '../../server/access/policies.ts'
import { type Permission, type StaffRole, staffRoleNames, staffRoles } from '../../server/access/roles.ts'
import { createApp } from '../../server/app.ts'
import { createLog } from '../../server/log.ts'
import { checkAccessLog } from '../../server/queries/access-log.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { family } from '../harness/family.ts'
import { callingAs, type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { withoutPages } from '../harness/without-pages.ts'

let server: StudyServer
const staff = new Map<StaffRole, StaffClient>()

before(async (t) => {
  server = await startStudyServer(t as never, '2026-03-02T09:00:00Z')
  await server.register({ ...family('A-001'), region: 'Amsterdam' }, { ...family('A-002'), region: 'Overijssel' })
  const other = {
    protocol: 'familie-aan-zet@0.1.0-standin',
    title: 'Ander onderzoek',
    organisation: 'Elders',
    contact: 'elders@bureau.example',
  }
  await openStudy(server.context, { ...other, id: 's2', demonstration: false, standInsAcceptedBy: 'Test' })
  for (const role of staffRoleNames) staff.set(role, await staffAt(server, role))
})

/** The routes of the desk as Hono knows them; middleware for many paths is none. */
const routes = () =>
  createApp(server.context, { site: withoutPages, log: createLog('silent') }).routes.flatMap(({ method, path }) =>
    path.startsWith('/api/desk/') && !path.endsWith('*') && method !== 'ALL' ? [`${method} ${path}`] : [],
  )

test('every route of the desk has a policy, and every policy a route', () => {
  assert.deepEqual([...new Set(routes())].toSorted(), Object.keys(policies).toSorted())
})

/** A place for each parameter of a route: a case and a study that are there, and something else for the rest. */
const filledIn = (route: string, study: string): string =>
  route
    .replace('/api/desk', '')
    .replace(':study', study)
    .replace(':case', 'A-001')
    .replaceAll(/:[a-z]+/gi, 'x')

const ofStudies = Object.entries(policies).filter(
  (entry): entry is [string, StudyPolicy] => typeof entry[1] === 'object' && 'may' in entry[1],
)

test('each role may do in its own study what its permissions say, and nothing in another one', async () => {
  for (const [route, { may }] of ofStudies)
    for (const role of staffRoleNames) {
      const { call } = staff.get(role) ?? assert.fail(role)
      // A body that no route takes: whoever is let in is told so, and nothing changes.
      const body = route.startsWith('GET') ? undefined : { 'no such field': true }
      const { status, body: answer } = await call(filledIn(route, 's1'), body)
      const allowed = (staffRoles[role] as readonly Permission[]).includes(may)
      assert.equal(status === 403, !allowed, `${role}: ${route} answered ${status} ${JSON.stringify(answer)}`)
      assert.notEqual(status, 401, route)
      assert.equal((await call(filledIn(route, 's2'), body)).status, 404, `${role}: ${route} of another study`)
    }
})

test('what belongs to no study is for whoever has the permission in one', async () => {
  for (const [route, policy] of Object.entries(policies)) {
    if (typeof policy !== 'object' || !('mayAnywhere' in policy)) continue
    for (const role of staffRoleNames) {
      const { call } = await staffAt(server, [{ role, studyId: '*' }])
      const { status } = await call(filledIn(route, 's1'), route.startsWith('GET') ? undefined : { 'no such field': true })
      const allowed = (staffRoles[role] as readonly Permission[]).includes(policy.mayAnywhere)
      assert.equal(status, allowed ? (route.startsWith('GET') ? 200 : 400) : 403, `${role}: ${route}`)
    }
  }
})

test('without an account there is nothing but the way in', async () => {
  for (const [route, policy] of Object.entries(policies)) {
    if (policy === 'anyone') continue
    const nobody = callingAs(server.origin, '')
    assert.equal((await nobody.call(filledIn(route, 's1'), route.startsWith('GET') ? undefined : {})).status, 401, route)
  }
})

test('a region is a border: cases on the other side are not listed, not counted and not there', async () => {
  const { call } = await staffAt(server, [{ role: 'coordinator', region: 'Amsterdam' }])
  const { body } = await call('GET /studies/s1/cases')
  assert.deepEqual(
    body.cases.map(({ code }: { code: string }) => code),
    ['A-001'],
  )
  assert.equal((await call('GET /studies/s1/response')).body.cases, 1)
  assert.equal((await call('GET /studies/s1/cases/A-001')).status, 200)
  assert.equal((await call('GET /studies/s1/cases/A-002')).status, 404)
})

test('the log tells who saw, searched and was refused what, and a change in it is found', async () => {
  const manager = await staffAt(server, 'data manager')
  await manager.call('GET /studies/s1/cases?search=A-0')
  await manager.call('GET /studies/s1/cases/A-001')
  const elsewhere = await staffAt(server, [{ role: 'coordinator', region: 'Overijssel' }])
  await elsewhere.call('GET /studies/s1/cases/A-001')
  const told = server.rows<{ staff_id: string; action: string; outcome: string; code: string | null; detail: string | null }>(
    `select staff_id, action, outcome, code, detail from access_log left join cases on cases.id = case_id
     where staff_id in ('${manager.id}', '${elsewhere.id}') order by access_log.id`,
  )
  assert.deepEqual(
    told.map(({ staff_id, ...row }) => ({ ...row, who: staff_id === manager.id ? 'manager' : 'elsewhere' })),
    [
      { action: 'searched cases', outcome: 'allowed', code: null, detail: '{"search":"A-0"}', who: 'manager' },
      { action: 'saw case', outcome: 'allowed', code: 'A-001', detail: null, who: 'manager' },
      { action: 'saw case', outcome: 'refused', code: 'A-001', detail: null, who: 'elsewhere' },
    ],
  )
  const { study } = server.context.stores
  assert.equal((await checkAccessLog(study.read)).broken, null)
  const behind = new Database(study.path)
  const spoil = async (sql: string): Promise<number | null> => {
    behind.exec(`begin; ${sql}`)
    behind.exec('commit')
    return (await checkAccessLog(study.read)).broken
  }
  const middle = server.rows<{ id: number }>('select id from access_log order by id limit 1 offset 5')[0]?.id ?? 0
  assert.equal(await spoil(`update access_log set outcome = 'allowed', reason = 'x' where id = ${middle}`), middle)
  assert.equal(await spoil(`delete from access_log where id = ${middle}`), middle + 1)
  behind.close()
})

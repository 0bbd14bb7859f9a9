import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { policies, policyName, type StudyPolicy } from '../../server/access/policies.ts'
import { type Permission, type StaffRole, staffRoleNames, staffRoles } from '../../server/access/roles.ts'
import { createApp } from '../../server/app.ts'
import { createLog } from '../../server/log.ts'
import { checkAccessLog } from '../../server/queries/access-log.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { behind } from '../harness/behind.ts'
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
  const forbidden: { staff_id: string; action: string }[] = []
  for (const [route, policy] of ofStudies)
    for (const role of staffRoleNames) {
      const { id, call } = staff.get(role) ?? assert.fail(role)
      // A body that no route takes: whoever is let in is told so, and nothing changes.
      const body = route.startsWith('GET') ? undefined : { 'no such field': true }
      const { status, body: answer } = await call(filledIn(route, 's1'), body)
      const allowed = (staffRoles[role] as readonly Permission[]).includes(policy.may)
      assert.equal(status === 403, !allowed, `${role}: ${route} answered ${status} ${JSON.stringify(answer)}`)
      assert.notEqual(status, 401, route)
      if (status === 403) forbidden.push({ staff_id: id, action: policyName(policy) })
      assert.equal((await call(filledIn(route, 's2'), body)).status, 404, `${role}: ${route} of another study`)
    }
  assert.deepEqual(refusedOf(...[...staff.values()].map(({ id }) => id)), forbidden, 'each is in the log, once')
})

/** What was refused to these accounts in s1 and in no study, in order. */
const refusedOf = (...ids: string[]) =>
  server.rows<{ staff_id: string; action: string }>(
    `select staff_id, action from access_log where outcome = 'refused' and (study_id is null or study_id = 's1')
       and staff_id in (${ids.map((id) => `'${id}'`)}) and json_extract(detail, '$.notFound') IS NULL order by id`,
  )

test('what is about a study as a whole is refused to whoever sees one region, and the log does not say that it was done', async () => {
  const everything = staffRoleNames.map((role) => ({ role, region: 'Amsterdam' }))
  const { id, call } = await staffAt(server, everything)
  const whole = ofStudies.filter(([, policy]) => policy.whole)
  assert.ok(whole.length >= 18)
  for (const [route] of whole) {
    const { status, body } = await call(filledIn(route, 's1'), route.startsWith('GET') ? undefined : { reason: 'Afgesproken' })
    assert.deepEqual([status, body.error?.code], [403, 'not-allowed'], route)
  }
  assert.deepEqual(
    refusedOf(id).map(({ action }) => action),
    whole.map(([, policy]) => policyName(policy)),
  )
  assert.deepEqual(server.rows(`select action from access_log where outcome = 'allowed' and staff_id = '${id}'`), [])
})

test('the log says that something was done when it was, that it was refused when somebody was not of this case, and else nothing', async () => {
  const { id, call } = await staffAt(server, 'data manager')
  const reason = 'Gevraagd per telefoon'
  const [other] = server.rows<{ id: string }>(`select p.id from participants p join cases c on c.id = case_id where code = 'A-002'`)
  const at = '/studies/s1/cases/A-001'
  assert.equal((await call(`POST ${at}/people/${other?.id}/erase`, { reason })).status, 404)
  assert.equal((await call(`POST ${at}/people/Zzyzx/contact`, { reason })).status, 404)
  assert.equal((await call(`POST ${at}/place`, { arm: 'moon', reason })).status, 409)
  assert.equal((await call(`POST ${at}/notes`, {})).status, 400)
  assert.equal((await call(`POST ${at}/notes`, { text: 'Belde terug.' })).status, 201)
  assert.deepEqual(server.rows(`select action, outcome, detail from access_log where staff_id = '${id}' order by id`), [
    { action: 'erased answers', outcome: 'refused', detail: '{"notFound":true}' },
    { action: 'saw contact data', outcome: 'refused', detail: '{"notFound":true}' },
    { action: 'noted', outcome: 'allowed', detail: null },
  ])
})

test('whose contact data were seen is in the log, by pseudonym', async () => {
  const { id, call } = await staffAt(server, 'data manager')
  const people = server.rows<{ id: string }>(`select p.id from participants p join cases c on c.id = case_id where code = 'A-001'`)
  for (const one of people)
    assert.equal((await call(`POST /studies/s1/cases/A-001/people/${one.id}/contact`, { reason: 'terugbellen' })).status, 200)
  assert.deepEqual(
    server.rows(`select json_extract(detail, '$.person') as id from access_log where staff_id = '${id}' order by access_log.id`),
    people,
  )
})

test('whoever reaches for more than their own role is in the log, with what they reached for', async () => {
  const above = await staffAt(server, [{ role: 'administrator', studyId: '*' }])
  const local = await staffAt(server, 'administrator')
  const role = { study: '*', role: 'administrator', region: '*' }
  const [given, invited, taken] = [`/staff/${local.id}/roles`, '/staff', `/staff/${above.id}/roles/take`]
  const invitation = { name: 'Anna Voorbeeld', address: 'anna@bureau.example', language: 'nl', ...role }
  for (const [route, body] of [
    [`POST ${given}`, role],
    [`POST ${invited}`, invitation],
    [`POST ${taken}`, role],
    [`POST /staff/${above.id}/disable`, {}],
    [`POST /staff/${above.id}/enable`, {}],
    [`POST /staff/${above.id}/link`, {}],
    ['GET /access', undefined],
  ] as const)
    assert.equal((await local.call(route, body)).status, 403, route)
  const told = server.rows<{ action: string; detail: string | null }>(
    `select action, detail from access_log where staff_id = '${local.id}' and outcome = 'refused' order by id`,
  )
  const wanted = { role: 'administrator', study: '*', region: '*' }
  assert.deepEqual(
    told.map(({ action, detail }) => [action, JSON.parse(detail ?? 'null')]),
    [
      ['gave role', { staff: local.id, ...wanted }],
      ['invited staff', wanted],
      ['took role', { staff: above.id, ...wanted }],
      ['disabled staff', { staff: above.id }],
      ['enabled staff', { staff: above.id }],
      ['mailed link to staff', { staff: above.id }],
      ['manage staff', null],
    ],
  )
})

test('a page that looks again by itself is in the log once a quarter of an hour; another family, change or refusal each time', async () => {
  const { id, call } = await staffAt(server, 'coordinator')
  const began = server.clock.now()
  const after = async (seconds: number) => {
    server.clock.set(new Date(Date.parse(began) + seconds * 1000).toISOString())
    for (const path of ['cases/A-001', 'cases/A-002', 'today']) assert.equal((await call(`GET /studies/s1/${path}`)).status, 200)
    assert.equal((await call('POST /studies/s1/cases/A-001/notes', { text: 'Belde terug.' })).status, 201)
    assert.equal((await call('GET /studies/s1/exports')).status, 403)
    const rows = server.rows<{ action: string }>(`select action from access_log where staff_id = '${id}' and id > ${seen} order by id`)
    seen = server.rows<{ id: number }>('select max(id) as id from access_log')[0]?.id ?? 0
    return rows.map(({ action }) => action)
  }
  let seen = 0
  const each = ['saw case', 'saw case', 'saw what is to be done', 'noted', 'export']
  assert.deepEqual(await after(0), each)
  assert.deepEqual(await after(30), ['noted', 'export'])
  assert.deepEqual(await after(899), ['noted', 'export'])
  assert.deepEqual(await after(900), each)
  server.clock.set(began)
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
  const intruder = behind(study)
  const spoil = async (sql: string): Promise<number | null> => {
    intruder.exec(sql)
    return (await checkAccessLog(study.read)).broken
  }
  const middle = server.rows<{ id: number }>('select id from access_log order by id limit 1 offset 5')[0]?.id ?? 0
  assert.equal(await spoil(`update access_log set outcome = 'allowed', reason = 'x' where id = ${middle}`), middle)
  assert.equal(await spoil(`delete from access_log where id = ${middle}`), middle + 1)
  intruder.close()
})

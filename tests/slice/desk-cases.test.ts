/** Families found, registered and imported at the desk, over HTTP. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { failInserts } from '../harness/behind.ts'
import { family } from '../harness/family.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer
let manager: StaffClient
const study = '/studies/s1'

before(async (t) => {
  server = await startStudyServer(t as never, '2026-03-02T09:00:00Z')
  await server.register(
    { ...family('B-2'), region: 'Amsterdam' },
    { ...family('B-10', { referral: '2026-02-01', conference: '2025-12-01' }), region: 'Overijssel' },
    { ...family('B-1'), arm: 'non-conference', region: 'Amsterdam', anchors: { referral: '2026-03-01' } },
  )
  await server.tick()
  manager = await staffAt(server, 'data manager')
})

const codes = async (query: string, who = manager): Promise<string[]> => {
  const { status, body } = await who.call(`GET ${study}/cases?${query}`)
  assert.equal(status, 200, query)
  return body.cases.map(({ code }: { code: string }) => code)
}

test('families are found by what is chosen, and in the order that is chosen', async () => {
  assert.deepEqual(await codes('sort=code'), ['B-1', 'B-10', 'B-2'])
  assert.deepEqual(await codes('sort=code&turned=yes'), ['B-2', 'B-10', 'B-1'])
  assert.deepEqual(await codes('sort=code&region=Amsterdam'), ['B-1', 'B-2'])
  assert.deepEqual(await codes('sort=code&search=amster&arm=conference'), ['B-2'])
  assert.deepEqual(await codes('undated=yes'), ['B-1'])
  assert.deepEqual(await codes('sort=code&wave=FU3'), ['B-10'])
  assert.deepEqual(await codes('sort=code&wave=T0&role=parent&list=nosik&figure=open'), ['B-1', 'B-2'])
  assert.deepEqual(await codes('wave=T0&role=parent&list=nosik&figure=expired'), ['B-10'])
  // T0 closes before FU3 does.
  assert.deepEqual(await codes('sort=next'), ['B-1', 'B-2', 'B-10'])
  assert.deepEqual(await codes('search=nobody'), [])
})

test('pages follow each other without a gap, in every order', async () => {
  for (const order of ['code', 'registered', 'next', 'last', 'code&turned=yes', 'last&turned=yes']) {
    const seen: string[] = []
    let after = ''
    do {
      const { body } = await manager.call(`GET ${study}/cases?limit=1&sort=${order}${after && `&after=${after}`}`)
      seen.push(...body.cases.map(({ code }: { code: string }) => code))
      assert.equal(body.total, after === '' ? 3 : null)
      after = body.next ?? ''
    } while (after !== '')
    assert.deepEqual(seen, await codes(`sort=${order}`), order)
    assert.equal(seen.length, 3)
  }
})

test('what the list does not take is refused with the place', async () => {
  for (const [query, path] of [
    ['state=asleep', '/state'],
    ['limit=0', '/limit'],
    ['sort=name', '/sort'],
    ['wave=T0&figure=everything', '/figure'],
    ['after=x', '/after'],
  ] as const) {
    const { status, body } = await manager.call(`GET ${study}/cases?${query}`)
    assert.deepEqual([status, body.error.code, body.error.problems[0].path], [400, 'query-invalid', path], query)
  }
})

const entry = (code: string) => ({
  code,
  arm: 'conference',
  cohort: 'prospective',
  anchors: { referral: '2026-03-01' },
  participants: [{ role: 'parent', name: 'Ouder Voorbeeld', email: `${code.toLowerCase()}@voorbeeld.example`, language: 'nl' }],
})

test('a family is registered and planned, with consent on paper, and the access log knows by whom', async () => {
  const coordinator = await staffAt(server, 'coordinator')
  const [parent] = entry('R-1').participants
  const { status, body } = await coordinator.call(`POST ${study}/cases`, {
    ...entry('R-1'),
    participants: [{ ...parent, consents: { research: true } }],
  })
  assert.deepEqual([status, body], [201, { code: 'R-1', arm: 'conference' }])
  const of = (table: string) =>
    server.rows<{ n: number }>(`SELECT count(*) AS n FROM ${table} JOIN cases ON cases.id = case_id WHERE code = 'R-1'`)[0]?.n
  assert.ok((of('assignments') ?? 0) > 0)
  assert.deepEqual(
    server.rows(
      "SELECT given, recorded_by FROM consents JOIN participants ON participants.id = participant_id JOIN cases ON cases.id = case_id WHERE code = 'R-1'",
    ),
    [{ given: 1, recorded_by: 'staff' }],
  )
  assert.deepEqual(
    server.rows(`SELECT action FROM access_log JOIN cases ON cases.id = case_id WHERE code = 'R-1' AND staff_id = '${coordinator.id}'`),
    [{ action: 'registered case' }],
  )
})

test('a family is there with what it said on paper and who entered it, or not at all', async () => {
  const { stores } = server.context
  // The disk, the power, anything: each time something else can no longer be written, and nothing of the family may be there.
  for (const [part, when] of [['consents'], ['access_log', "NEW.action = 'registered case' AND NEW.case_id IS NOT NULL"]] as const) {
    const mend = failInserts(stores.study, part, when)
    const [parent] = entry('R-2').participants
    const send = () =>
      manager.call(`POST ${study}/cases`, { ...entry('R-2'), participants: [{ ...parent, consents: { research: false } }] })
    const failed = await send()
    mend()
    assert.equal(failed.status, 500, part)
    assert.deepEqual(server.rows("SELECT id FROM cases WHERE code = 'R-2'"), [], part)
  }
})

test('every mistake stands at its field, and nothing is registered', async () => {
  const before = server.rows('SELECT count(*) FROM cases')
  const { status, body } = await manager.call(`POST ${study}/cases`, {
    code: 'B-1',
    arm: 'shadow',
    cohort: '',
    childBirthMonth: '2016-13',
    anchors: { referral: '2026-02-30' },
    participants: [
      { role: 'neighbour', name: '', email: 'two@example.org, three@example.org', language: 'xx', consents: { research: true } },
    ],
  })
  assert.deepEqual([status, body.error.code], [422, 'case-invalid'])
  assert.deepEqual(
    body.error.problems.map(({ field, participant, fault }: Record<string, unknown>) => [field, participant, fault]),
    [
      ['arm', undefined, 'unknown'],
      ['cohort', undefined, 'empty'],
      ['childBirthMonth', undefined, 'month'],
      ['anchors.referral', undefined, 'date'],
      ['role', 0, 'unknown'],
      ['name', 0, 'name'],
      ['email', 0, 'address several'],
      ['language', 0, 'unknown'],
      ['code', undefined, 'taken'],
      ['consents.research', 0, 'unknown'],
    ],
  )
  assert.deepEqual(server.rows('SELECT count(*) FROM cases'), before)
  assert.equal((await manager.call(`POST ${study}/cases`, { ...entry('R-9'), id: 'mine', registeredAt: '2020-01-01' })).status, 400)
})

test('whoever is of one region registers families there only', async () => {
  const here = await staffAt(server, [{ role: 'coordinator', region: 'Amsterdam' }])
  const elsewhere = await here.call(`POST ${study}/cases`, { ...entry('R-2'), region: 'Overijssel' })
  assert.deepEqual(
    elsewhere.body.error.problems.map(({ field, fault }: Record<string, string>) => [field, fault]),
    [['region', 'out of reach']],
  )
  assert.equal((await here.call(`POST ${study}/cases`, { ...entry('R-2'), region: 'Amsterdam' })).status, 201)
})

const header = 'case_code,arm,cohort,referral_date,role,name,email,language'
const line = (code: string, date = '2026-03-01') =>
  `${code},conference,prospective,${date},parent,Ouder,${code.toLowerCase()}@voorbeeld.example,nl`

test('a file is looked at first: what would be planned, or every problem with its line', async () => {
  const good = await manager.call(`POST ${study}/imports/preview`, { csv: [header, line('I-1'), line('I-2', '2025-01-01')].join('\n') })
  assert.deepEqual([good.body.cases, good.body.participants, good.body.problemCount], [2, 2, 0])
  assert.deepEqual(good.body.planned.waves[0], { wave: 'T0', lists: 8, over: 4, cases: 2 })
  const wrong = await manager.call(`POST ${study}/imports/preview`, { csv: [header, line('B-1'), line('I-3', '2026-02-30')].join('\n') })
  assert.deepEqual(
    wrong.body.problems.map(({ line, column, fault }: Record<string, unknown>) => [line, column, fault]),
    [
      [2, 'case_code', 'taken'],
      [3, 'referral_date', 'date'],
    ],
  )
  assert.equal(wrong.body.planned, null)
  assert.equal((await manager.call(`POST ${study}/imports`, { csv: [header, line('B-1')].join('\n') })).body.error.code, 'import-invalid')
  assert.deepEqual(await codes('search=I-'), [])
})

test('an import says how far it is; one that is stopped leaves nothing behind', async () => {
  const file = (prefix: string) => [header, ...Array.from({ length: 400 }, (_, index) => line(`${prefix}-${index}`))].join('\n')
  const people = () => server.context.stores.identity.read.get<{ n: number }>('SELECT count(*) AS n FROM people' as never)?.n
  const before = people()
  const stopped = await manager.call(`POST ${study}/imports`, { csv: file('S') })
  assert.deepEqual([stopped.status, stopped.body.state, stopped.body.total], [200, 'registering', 400])
  assert.equal((await manager.call(`POST ${study}/imports`, { csv: file('T') })).body.error?.code, 'import-running')
  await manager.call(`POST ${study}/imports/${stopped.body.id}/cancel`, {})
  assert.equal((await over(stopped.body.id)).state, 'cancelled')
  assert.equal((await manager.call(`GET ${study}/cases?search=S-`)).body.total, 0)
  assert.equal(people(), before)
  const told = server.rows<{ action: string }>(`SELECT action FROM access_log WHERE staff_id = '${manager.id}' AND action LIKE '%import%'`)
  assert.deepEqual(
    told.map(({ action }) => action),
    ['imported cases', 'stopped import'],
  )

  const { body } = await manager.call(`POST ${study}/imports`, { csv: file('U') })
  const done = await over(body.id)
  assert.deepEqual([done.state, done.done], ['done', 400])
  assert.equal((await manager.call(`GET ${study}/cases?search=U-`)).body.total, 400)
  assert.equal((await manager.call(`GET ${study}/imports/unknown`)).status, 404)
})

async function over(id: string) {
  for (;;) {
    const { body } = await manager.call(`GET ${study}/imports/${id}`)
    if (body.state !== 'registering' && body.state !== 'counting') return body
    await wait(20)
  }
}

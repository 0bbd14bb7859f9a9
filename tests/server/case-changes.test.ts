import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { StaffRole } from '../../server/access/roles.ts'
import { address, family } from '../harness/family.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer
let manager: StaffClient
let coordinator: StaffClient
const codes = Array.from({ length: 14 }, (_, index) => `C-${String(index + 1).padStart(3, '0')}`)
let used = 0
/** A family that no other test has changed. */
const fresh = (): string => codes[used++] ?? assert.fail('too few families')

before(async (t) => {
  server = await startStudyServer(t as never, '2026-03-02T09:30:00Z', { entry: { protocol: 'familie-aan-zet@0.2.0-standin' } })
  await server.register(...codes.map((code) => family(code)))
  server.clock.set('2026-03-03T09:30:00Z')
  await server.tick()
  manager = await staffAt(server, 'data manager')
  coordinator = await staffAt(server, 'coordinator')
})

const at = (code: string, path = ''): string => `/studies/s1/cases/${code}${path}`
const why = { reason: 'gebeld' }

interface Known {
  people: { id: string; role: string; state: string }[]
  parent: string
}
async function known(code: string): Promise<Known> {
  const { body } = await manager.call(`GET ${at(code)}`)
  const people = body.participants as Known['people']
  return { people, parent: people.find(({ role }) => role === 'parent')?.id ?? '' }
}
const told = (code: string, kind: string) =>
  server.rows<{ detail: string }>(
    `select detail from events join cases on cases.id = case_id where code = '${code}' and kind = '${kind}' order by events.id desc limit 1`,
  )
const detailOf = (code: string, kind: string) => JSON.parse(told(code, kind)[0]?.detail ?? '{}')
const counts = (code: string) =>
  server.rows<{ table_name: string; total: number }>(
    ['events', 'assignments', 'messages', 'participants']
      .map(
        (name) =>
          `select '${name}' as table_name, count(*) as total from ${name} where case_id = (select id from cases where code = '${code}')`,
      )
      .join(' union all '),
  )

test('moving the conference is shown first and changes nothing; done, the same mails move, with who and why', async () => {
  const code = fresh()
  const before = counts(code)
  const entry = { anchors: { conference: '2026-05-20' }, reason: '' }
  const shown = await coordinator.call(`POST ${at(code, '/preview/anchors')}`, entry)
  assert.equal(shown.status, 200, JSON.stringify(shown.body))
  assert.deepEqual(counts(code), before)
  const fu3 = shown.body.changes.mails.find(({ wave, kind }: { wave: string; kind: string }) => wave === 'FU3' && kind === 'invitation')
  assert.deepEqual([fu3.from, fu3.to], ['2026-07-15T08:00:00.000Z', '2026-08-20T08:00:00.000Z'])
  assert.ok(shown.body.changes.lists.every(({ from, to }: { from: unknown; to: unknown }) => from && to))

  assert.equal((await coordinator.call(`POST ${at(code, '/anchors')}`, entry)).status, 400, 'a reason is needed')
  const done = await coordinator.call(`POST ${at(code, '/anchors')}`, { ...entry, reason: 'zaal was bezet' })
  assert.deepEqual(done.body, shown.body)
  const { staff, why, anchors } = detailOf(code, 'anchors set')
  assert.deepEqual({ staff, why, anchors }, { staff: coordinator.id, why: 'zaal was bezet', anchors: { conference: '2026-05-20' } })
  const { body: file } = await manager.call(`GET ${at(code)}`)
  const entryOf = file.timeline.find(({ kind }: { kind: string }) => kind === 'anchors set')
  assert.deepEqual([entryOf.staff, entryOf.why], ['Verzonnen Collega', 'zaal was bezet'])
  assert.equal(JSON.stringify(file.timeline).includes(coordinator.id), false)
  const log = server.rows<{ action: string; reason: string }>(
    `select action, reason from access_log where staff_id = '${coordinator.id}' and outcome = 'allowed'`,
  )
  assert.deepEqual(log, [{ action: 'set dates', reason: 'zaal was bezet' }], 'what was not done without a reason is no line')
})

test('a date, an anchor, an arm or a person that is not there is refused by name, and nothing changes', async () => {
  const code = fresh()
  const before = counts(code)
  const { parent } = await known(code)
  const wrong: [path: string, body: object, status: number, error: string][] = [
    ['/anchors', { anchors: { conference: '2026-02-30' }, ...why }, 422, 'entry-invalid'],
    ['/anchors', { anchors: { birthday: '2026-02-03' }, ...why }, 409, 'change-refused'],
    ['/anchors', { anchors: { conference: '2026-04-01' }, ...why, arm: 'other' }, 400, 'body-invalid'],
    ['/anchors', { anchors: {}, ...why }, 409, 'change-refused'],
    ['/place', { arm: 'moon', ...why }, 409, 'change-refused'],
    ['/place', { arm: 'conference', ...why }, 409, 'change-refused'],
    ['/people', { role: 'parent', language: 'nl', name: '', email: 'x', ...why }, 422, 'entry-invalid'],
    [
      '/people',
      { role: 'parent', language: 'nl', name: 'Een Ander', email: 'a@example.org', ...why, state: 'active' },
      400,
      'body-invalid',
    ],
    [`/people/${parent}/stop`, { state: 'gone', ...why }, 400, 'body-invalid'],
    [`/people/${parent}/stop`, { state: 'withdrawn', code: 'bad-weather', ...why }, 409, 'change-refused'],
    [`/people/${parent}/consent`, { purpose: 'nothing', given: true, ...why }, 409, 'change-refused'],
    [`/people/${parent}/window`, { wave: 'T0', lastDay: '2026-03-03', ...why }, 409, 'change-refused'],
    [`/people/${parent}/window`, { wave: 'T0', lastDay: 'soon', ...why }, 422, 'entry-invalid'],
    [`/people/${parent}/window`, { wave: 'T0', lastDay: '2029-01-01', ...why }, 409, 'change-refused'],
    [`/people/${parent}/lists`, { instrument: 'veo', code: 'bad-weather', ...why }, 409, 'change-refused'],
    [`/people/${parent}/lists`, { instrument: 'veo', about: 'nobody', code: 'no-time', ...why }, 404, 'not-found'],
    ['/people/somebody/stop', { state: 'withdrawn', ...why }, 404, 'not-found'],
  ]
  for (const [path, body, status, error] of wrong)
    for (const place of [path, `/preview${path}`]) {
      const answer = await manager.call(`POST ${at(code, place)}`, body)
      assert.deepEqual([answer.status, answer.body.error.code], [status, error], `${place} ${JSON.stringify(answer.body)}`)
    }
  const { body } = await manager.call(`POST ${at(code, '/people')}`, { role: 'parent', language: 'xx', name: '', email: 'x', ...why })
  assert.deepEqual(
    body.error.problems.map(({ field }: { field: string }) => field),
    ['name', 'email', 'language'],
  )
  assert.deepEqual(counts(code), before)
})

test('somebody of another case is not there', async () => {
  const [mine, other] = [fresh(), fresh()]
  const { parent } = await known(other)
  for (const path of ['contact', 'stop', 'address', 'invitation']) {
    const bodies: Record<string, object> = {
      contact: why,
      stop: { state: 'withdrawn', ...why },
      address: { email: 'nieuw@example.org', ...why },
      invitation: { wave: 'T0', ...why },
    }
    assert.equal((await manager.call(`POST ${at(mine, `/people/${parent}/${path}`)}`, bodies[path])).status, 404, path)
  }
})

test('somebody comes in, hands over, agrees on paper, and stops for a coded reason', async () => {
  const code = fresh()
  const entry = { role: 'parent', language: 'nl', name: 'Andere Verzonnen', email: 'andere@example.org', sex: 'male' }
  const shown = await coordinator.call(`POST ${at(code, '/preview/people')}`, { ...entry, reason: '' })
  assert.equal(shown.status, 200, JSON.stringify(shown.body))
  const added = await coordinator.call(`POST ${at(code, '/people')}`, { ...entry, ...why })
  const kinds = ({ body }: typeof added) => body.changes.mails.map(({ kind, to, wave }: Record<string, string>) => `${wave} ${kind} ${to}`)
  assert.deepEqual(kinds(added), kinds(shown))
  assert.equal((await known(code)).people.filter(({ role }) => role === 'parent').length, 2)
  const again = await coordinator.call(`POST ${at(code, '/people')}`, { ...entry, ...why })
  assert.deepEqual([again.status, again.body.error.fault], [409, 'known-person'])

  const { people, parent } = await known(code)
  const referrer = people.find(({ role }) => role === 'referrer')?.id ?? ''
  const successor = { name: 'Nieuwe Voogd', email: 'nieuwe.voogd@example.org', ...why }
  assert.equal((await coordinator.call(`POST ${at(code, `/people/${referrer}/hand-over`)}`, successor)).status, 200)
  const twice = await coordinator.call(`POST ${at(code, `/people/${referrer}/hand-over`)}`, {
    ...successor,
    name: 'Nog Een',
    email: 'nog@example.org',
  })
  assert.deepEqual([twice.status, twice.body.error.fault], [409, 'stopped'])

  assert.equal(
    (await coordinator.call(`POST ${at(code, `/people/${parent}/consent`)}`, { purpose: 'research', given: true, ...why })).status,
    200,
  )
  const stop = { state: 'withdrawn', code: 'withdrew', ...why }
  const stopped = await coordinator.call(`POST ${at(code, `/people/${parent}/stop`)}`, stop)
  assert.equal(stopped.status, 200, JSON.stringify(stopped.body))
  assert.ok(
    stopped.body.changes.mails.every(({ to }: { to: string | null }) => to === null),
    'their mails are called off',
  )
  assert.equal(detailOf(code, 'withdrawn').staff, coordinator.id)
  assert.equal((await coordinator.call(`POST ${at(code, `/people/${parent}/stop`)}`, stop)).body.error.fault, 'stopped')
})

test('a list is called off for a reason of the protocol, and asked again when that is taken back', async () => {
  const code = fresh()
  const { parent } = await known(code)
  const path = `/people/${parent}/lists`
  const off = { instrument: 'veo', wave: 'FU3', code: 'no-time', ...why }
  assert.equal((await coordinator.call(`POST ${at(code, path)}`, off)).status, 200)
  const reasons = async () =>
    (await manager.call(`GET ${at(code)}`)).body.assignments
      .filter((one: Record<string, string>) => one.instrument === 'veo' && one.participant === parent)
      .map(({ wave, reason }: Record<string, string>) => [wave, reason])
  assert.deepEqual(await reasons(), [
    ['T0', null],
    ['FU3', 'no-time'],
    ['FU9', null],
  ])
  assert.equal((await coordinator.call(`POST ${at(code, path)}`, off)).body.error.fault, 'nothing-to-call-off')
  assert.equal((await coordinator.call(`POST ${at(code, path)}`, { ...off, code: null })).status, 200)
  assert.equal((await coordinator.call(`POST ${at(code, path)}`, { ...off, code: null })).body.error.fault, 'not-called-off')
  assert.deepEqual((await reasons())[1], ['FU3', null])
})

test('children and notes are added; a note has its writer and is never changed', async () => {
  const code = fresh()
  assert.equal((await coordinator.call(`POST ${at(code, '/children')}`, { birthMonth: '2019-13', ...why })).status, 422)
  assert.deepEqual((await coordinator.call(`POST ${at(code, '/children')}`, { birthMonth: '2019-02', ...why })).body, { number: 2 })
  assert.equal((await coordinator.call(`POST ${at(code, '/notes')}`, { text: '  ' })).status, 400)
  assert.equal((await coordinator.call(`POST ${at(code, '/notes')}`, { text: 'Gesprek verzet.\nBelt zelf terug.' })).status, 201)
  const { body } = await manager.call(`GET ${at(code)}`)
  assert.deepEqual(
    body.notes.map(({ text, by }: { text: string; by: string }) => ({ text, by })),
    [{ text: 'Gesprek verzet.\nBelt zelf terug.', by: 'Verzonnen Collega' }],
  )
})

test('only who may write to families sees names, says why, and is in the log', async () => {
  const code = fresh()
  const { parent } = await known(code)
  const path = `POST ${at(code, `/people/${parent}/contact`)}`
  assert.equal((await manager.call(path, {})).status, 400, 'a reason is needed')
  const { body } = await manager.call(path, { reason: 'terugbellen' })
  assert.deepEqual(body.contact, {
    name: `parent Voorbeeld ${code}`,
    email: address('parent', code),
    telephone: null,
    reaching: null,
    dial: null,
  })
  for (const role of ['researcher', 'administrator', 'file researcher'] satisfies StaffRole[])
    assert.equal((await (await staffAt(server, role)).call(path, { reason: 'x' })).status, 403, role)
  const log = server.rows<{ outcome: string; reason: string }>(
    `select outcome, reason from access_log join cases on cases.id = case_id where action = 'saw contact data' and code = '${code}'`,
  )
  assert.deepEqual(
    log.filter(({ reason }) => reason !== null).map(({ outcome, reason }) => [outcome, reason]),
    [['allowed', 'terugbellen'], ...Array.from({ length: 3 }, () => ['refused', 'x'])],
  )
})

test('scores are answers: who may not see answers gets none', async () => {
  const code = fresh()
  const { parent } = await known(code)
  await manager.call(`POST ${at(code, `/people/${parent}/consent`)}`, { purpose: 'research', given: true, ...why })
  await server.submit({ code, instrument: 'veo' }, {})
  const seen = async (role: StaffRole) => (await (await staffAt(server, role)).call(`GET ${at(code)}`)).body
  assert.ok((await seen('researcher')).scores.length > 0)
  for (const role of ['administrator', 'coordinator', 'interviewer'] satisfies StaffRole[]) {
    const { scores, seesAnswers } = await seen(role)
    assert.deepEqual([scores, seesAnswers], [[], false], role)
  }
})

test('a window stays open longer with what was typed; a list that expired opens again, and so does its link', async () => {
  const code = fresh()
  const { parent } = await known(code)
  const link = server.mail.linkTo(address('parent', code))
  const start = server.clock.now()
  let then = manager
  /** Whoever was signed in was away for too long by then. */
  const goTo = async (moment: string): Promise<void> => {
    server.clock.set(moment)
    await server.tick()
    then = await staffAt(server, 'data manager')
  }
  try {
    await goTo('2026-06-20T09:00:00Z')
    assert.ok(
      (await then.call(`GET ${at(code)}`)).body.assignments.some(
        ({ state, wave }: Record<string, string>) => state === 'expired' && wave === 'T0',
      ),
    )
    assert.equal((await fetch(link)).status, 410)
    const entry = { wave: 'T0', lastDay: '2026-06-30' }
    const shown = await then.call(`POST ${at(code, `/preview/people/${parent}/window`)}`, { ...entry, reason: '' })
    const done = await then.call(`POST ${at(code, `/people/${parent}/window`)}`, { ...entry, ...why })
    assert.deepEqual(done.body, shown.body)
    assert.equal(done.body.changes.lists[0].to.closesAt, '2026-06-30T22:00:00.000Z')
    await server.tick()
    const states = async () =>
      (await then.call(`GET ${at(code)}`)).body.assignments
        .filter((one: Record<string, string>) => one.participant === parent && one.wave === 'T0')
        .map(({ state }: { state: string }) => state)
    assert.deepEqual([...new Set(await states())], ['open'])
    assert.equal((await fetch(link)).status, 200)
    // What moves the case later on leaves the window as staff set it.
    await then.call(`POST ${at(code, '/anchors')}`, { anchors: { decision: '2026-05-01' }, ...why })
    await goTo('2026-06-30T20:00:00Z')
    assert.deepEqual([...new Set(await states())], ['open'])
    await goTo('2026-06-30T22:00:00Z')
    assert.deepEqual([...new Set(await states())], ['expired'])
  } finally {
    server.clock.set(start)
  }
})

/** Slips of the finger in what is known of a family and its people, corrected over HTTP. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { shippedDefinition, writeDefinition } from '../harness/definition-folder.ts'
import { address, answersTo, family } from '../harness/family.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer
let manager: StaffClient
let coordinator: StaffClient
const why = { reason: 'verkeerd overgetypt' }

/** The shipped study, with a norm that differs by sex and by the age of the child. */
function definitionsByAge(folder: string): string {
  const norm = shippedDefinition('norms', 'nosik-nl')
  const stratum = (id: string, when: object, mean: number) => ({ id, when, mean, sd: 20, n: null })
  const strata = [
    stratum('mothers of younger children', { sex: 'female', child_age: { from: 0, to: 9 } }, 65),
    stratum('mothers of older children', { sex: 'female', child_age: { from: 10, to: 18 } }, 35),
    stratum('fathers', { sex: 'male' }, 45),
    { id: 'everybody-else', mean: 62.5, sd: 20, n: null },
  ].map((one) => ({ ...one, id: one.id.replaceAll(' ', '-') }))
  writeDefinition(folder, 'norms', { ...norm, id: 'nosik-by-age-test', strata })
  const protocol = shippedDefinition('protocols', 'familie-aan-zet')
  const norms = protocol.norms.map((one: string) => one.replace('nosik-nl@', 'nosik-by-age-test@'))
  writeDefinition(folder, 'protocols', { ...protocol, id: 'by-age', norms })
  return folder
}

before(async (t) => {
  const definitions = definitionsByAge(temporaryFolder(t as never))
  server = await startStudyServer(t as never, '2026-03-05T09:00:00Z', { definitions, entry: { protocol: 'by-age@0.1.0-standin' } })
  const regions = { 'C-001': 'Noord', 'C-002': 'Noord', 'C-003': 'Noord' }
  for (const [code, region] of Object.entries(regions)) await server.register({ ...family(code), region })
  for (const purpose of ['research', 'contact-later'])
    await recordConsent(server.context, { study: 's1', code: 'C-001' }, { role: 'parent' }, { purpose, given: true })
  const nosik = server.context.definitions.instruments.need('nosik@0.1.0-standin')
  await server.submit({ code: 'C-001', instrument: 'nosik' }, answersTo(nosik, 1))
  manager = await staffAt(server, 'data manager')
  coordinator = await staffAt(server, [{ role: 'coordinator', region: 'Noord' }])
})

const at = (code: string, path: string): string => `/studies/s1/cases/${code}${path}`
const file = async (code: string) => (await manager.call(`GET ${at(code, '')}`)).body
const personOf = async (code: string, role: string) =>
  (await file(code)).participants.find((one: { role: string }) => one.role === role) ?? assert.fail(role)
const scored = async () => (await file('C-001')).scores.find(({ scale }: { scale: string }) => scale === 'total') ?? assert.fail()
const scoreRows = () => server.rows<{ n: number }>('select count(*) as n from scores')[0]?.n ?? 0
const lastEvent = (kind: string) =>
  JSON.parse(
    server.rows<{ detail: string }>(`select detail from events where kind = '${kind}' order by id desc limit 1`)[0]?.detail ?? '{}',
  )

test('a wrong sex is tried out first, then corrected: its list is scored by the right norm, and the old score stays', async () => {
  const { id } = await personOf('C-001', 'parent')
  const [z, rows] = [(await scored()).z, scoreRows()]
  const path = `/people/${id}/corrections`
  const shown = await coordinator.call(`POST ${at('C-001', `/preview${path}`)}`, { sex: 'male', reason: '' })
  assert.equal(shown.status, 200, JSON.stringify(shown.body))
  assert.deepEqual([shown.body.scores.responses, shown.body.scores.z], [1, 1])
  assert.deepEqual(shown.body.changes, { mails: [], lists: [] })
  assert.equal(JSON.stringify(shown.body).includes('"raw"'), false, 'whoever may not see answers is told how many only')
  assert.deepEqual([(await scored()).z, scoreRows()], [z, rows])

  assert.equal((await coordinator.call(`POST ${at('C-001', path)}`, { sex: 'male', reason: '' })).status, 400, 'a reason is needed')
  assert.deepEqual((await coordinator.call(`POST ${at('C-001', path)}`, { sex: 'male', ...why })).body, shown.body)
  assert.equal((await personOf('C-001', 'parent')).sex, 'male')
  assert.equal((await scored()).z, z + (65 - 45) / 20)
  assert.equal(scoreRows(), rows + 1)
  const { before, after, staff, why: reason } = lastEvent('person corrected')
  assert.deepEqual([before, after, staff, reason], [{ sex: 'female' }, { sex: 'male' }, coordinator.id, why.reason])
  const again = await coordinator.call(`POST ${at('C-001', path)}`, { sex: 'male', ...why })
  assert.equal(again.body.error.fault, 'nothing-changed')

  assert.equal((await coordinator.call(`POST ${at('C-001', path)}`, { sex: 'female', ...why })).status, 200)
  assert.equal((await scored()).z, z)
  assert.equal(scoreRows(), rows + 2)
})

test('a wrong month of birth is corrected, and the norm of the right age counts', async () => {
  const { z } = await scored()
  const entry = { children: { 1: '2015-05' }, ...why }
  const shown = await manager.call(`POST ${at('C-001', '/preview/corrections')}`, entry)
  assert.deepEqual([shown.status, shown.body.scores.scores], [200, 1], JSON.stringify(shown.body))
  assert.deepEqual((await file('C-001')).children, ['2016-05'])
  assert.deepEqual((await manager.call(`POST ${at('C-001', '/corrections')}`, entry)).body, shown.body)
  assert.deepEqual((await file('C-001')).children, ['2015-05'])
  assert.equal((await scored()).z, z + (65 - 35) / 20)
  const { before, after } = lastEvent('case corrected')
  assert.deepEqual([before, after], [{ birthMonths: { 1: '2016-05' } }, { birthMonths: { 1: '2015-05' } }])
  for (const [children, status, code] of [
    [{ 1: '2015-13' }, 422, 'entry-invalid'],
    [{ 2: '2015-05' }, 409, 'change-refused'],
    [{ 0: '2015-05' }, 400, 'body-invalid'],
    [{ 1: '2015-05' }, 409, 'change-refused'],
  ] as const) {
    const answer = await manager.call(`POST ${at('C-001', '/corrections')}`, { children, ...why })
    assert.deepEqual([answer.status, answer.body.error.code], [status, code], JSON.stringify(children))
  }
})

test('a wrong region is corrected within the regions of whoever does it, and the overview counts the family there', async () => {
  const path = at('C-002', '/corrections')
  const outside = await coordinator.call(`POST ${path}`, { region: 'Zuid', ...why })
  assert.deepEqual([outside.status, outside.body.error.problems[0].field], [422, 'region'])
  assert.equal((await coordinator.call(`POST ${path}`, { region: '', ...why })).status, 422)
  assert.equal((await manager.call(`POST ${path}`, { region: ' Zuid ', ...why })).status, 200)
  assert.equal((await file('C-002')).region, 'Zuid')
  const inRegion = async (region: string) => (await manager.call(`GET /studies/s1/cases?region=${region}`)).body.total
  assert.deepEqual([await inRegion('Noord'), await inRegion('Zuid')], [2, 1])
  assert.equal((await coordinator.call(`GET ${at('C-002', '')}`)).status, 404)
  assert.equal((await coordinator.call(`POST ${path}`, { region: 'Noord', ...why })).status, 404)
  const refused = server.rows(`select outcome from access_log where action = 'corrected case' and outcome = 'refused'`)
  assert.equal(refused.length, 1)
})

test('a wrong language is corrected, and the invitation is written in the right one', async () => {
  const { id } = await personOf('C-003', 'parent')
  const path = at('C-003', `/people/${id}/corrections`)
  assert.equal((await manager.call(`POST ${path}`, { language: 'xx', ...why })).body.error.problems[0].field, 'language')
  assert.equal((await manager.call(`POST ${path}`, { language: 'en', ...why })).status, 200)
  assert.equal((await personOf('C-003', 'parent')).language, 'en')
  await server.tick()
  const subjectTo = (code: string) => server.mail.accepted.find(({ recipients }) => recipients.includes(address('parent', code)))?.subject
  const { subject } = server.context.definitions.protocols.need('by-age@0.1.0-standin').messages.invitation
  assert.deepEqual([subjectTo('C-003'), subjectTo('C-002')], [subject.en, subject.nl])
})

test('a role is corrected while nothing was sent or said: the lists and mails are those of the right role', async () => {
  await server.register({ ...family('C-004', { referral: '2026-03-20' }), region: 'Noord' })
  const { id } = await personOf('C-004', 'referrer')
  const path = `/people/${id}/corrections`
  const shown = await manager.call(`POST ${at('C-004', `/preview${path}`)}`, { role: 'informant', ...why })
  assert.equal(shown.status, 200, JSON.stringify(shown.body))
  assert.ok(shown.body.changes.lists.some(({ to }: { to: unknown }) => to === null))
  assert.deepEqual((await manager.call(`POST ${at('C-004', path)}`, { role: 'informant', ...why })).body, shown.body)
  const { role, number } = (await file('C-004')).participants.find((one: { id: string }) => one.id === id)
  assert.deepEqual([role, number], ['informant', 2])
  assert.deepEqual(server.rows(`select mailbox_key from participants where id = '${id}'`), [{ mailbox_key: null }])
  const parent = await personOf('C-001', 'parent')
  const late = await manager.call(`POST ${at('C-001', `/people/${parent.id}/corrections`)}`, { role: 'referrer', ...why })
  assert.deepEqual([late.status, late.body.error.fault], [409, 'role-in-use'])
  const nobody = await manager.call(`POST ${at('C-001', `/people/${parent.id}/corrections`)}`, { role: 'moon', ...why })
  assert.equal(nobody.body.error.problems[0].field, 'role')
})

test('nobody gets a role that they have in the case already: they would be asked everything twice', async () => {
  const usual = family('C-005', { referral: '2026-03-20' })
  const same = { name: 'Twee Rollen', email: 'twee-rollen@voorbeeld.example' }
  const participants = usual.participants.map((one) => (one.role === 'parent' ? one : { ...one, ...same }))
  await server.register({ ...usual, region: 'Noord', participants })
  const { id } = await personOf('C-005', 'informant')
  const answer = await manager.call(`POST ${at('C-005', `/people/${id}/corrections`)}`, { role: 'referrer', ...why })
  assert.deepEqual([answer.status, answer.body.error.fault], [409, 'known-person'])
})

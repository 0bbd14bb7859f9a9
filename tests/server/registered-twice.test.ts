/** A family that was registered twice, or by mistake: it is taken out of the study, is counted nowhere, and can be put back. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { recordStop } from '../../server/workflow/record-stop.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, answersTo, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const why = { reason: 'twee keer aangemeld' }
const double = { code: 'double', sameAs: 'A-001', ...why }

/** are the same family, of which the first mails went out; A-003 is another one. */
async function twice(t: TestContext) {
  const server = await startStudyServer(t, '2026-03-02T09:30:00Z')
  await server.register(family('A-001'), family('A-002'), family('A-003'))
  server.clock.set('2026-03-03T09:00:00Z')
  await server.tick()
  const { call } = await staffAt(server, 'data manager')
  const at = (code: string, path = '') => `/studies/s1/cases/${code}${path}`
  const nosik = answersTo(server.context.definitions.instruments.need('nosik@0.1.0-standin'))
  return {
    server,
    call,
    at,
    out: (code: string, body: object = double) => call(`POST ${at(code, '/taking-out')}`, body),
    back: (code: string) => call(`POST ${at(code, '/putting-back')}`, why),
    file: async (code: string) => (await call(`GET ${at(code)}`)).body,
    codes: async (query = '') =>
      (await call(`GET /studies/s1/cases${query}`)).body.cases.map(({ code }: { code: string }) => code).toSorted() as string[],
    flow: async () => (await call('GET /studies/s1/flow')).body,
    async answer(code: string) {
      await recordConsent(server.context, { study: 's1', code }, { role: 'parent' }, { purpose: 'research', given: true })
      await server.submit({ code, instrument: 'nosik' }, nosik)
    },
    rows: (sql: string) => server.rows<Record<string, unknown>>(sql),
  }
}

test('a family that was registered twice is shown what goes, and goes: no mail, no link, no list, no count; the log keeps it', async (t) => {
  const { server, call, at, out, file, codes, flow, rows } = await twice(t)
  const before = rows(`select state from messages where state = 'planned'`).length
  const parent = new Respondent(server.origin)
  const link = server.mail.linkTo(address('parent', 'A-002'))
  await parent.open(link)
  const shown = (await call(`POST ${at('A-002', '/preview/taking-out')}`, double)).body
  assert.ok(shown.changes.mails.length > 0 && shown.changes.mails.every(({ to }: { to: unknown }) => to === null))
  assert.deepEqual(shown.notes, [{ is: 'sent', count: 1 }])
  assert.equal(rows(`select state from messages where state = 'planned'`).length, before, 'a preview changes nothing')
  const done = await out('A-002')
  assert.deepEqual([done.status, done.body], [200, shown])

  const ofCase = `case_id = (select id from cases where code = 'A-002')`
  assert.deepEqual(rows(`select distinct state from assignments where ${ofCase}`), [{ state: 'cancelled' }])
  assert.deepEqual(rows(`select id from messages where state = 'planned' and ${ofCase}`), [])
  assert.deepEqual(rows(`select participant_id from sessions join participants p on p.id = participant_id where p.${ofCase}`), [])
  assert.equal((await fetch(link)).status, 410)
  assert.equal((await parent.request('GET', '/api/packet')).status, 401)
  assert.deepEqual([(await file('A-002')).mistake.reason, (await file('A-002')).mistake.sameAs], ['double', 'A-001'])
  assert.deepEqual(
    [await codes(), await codes('?search=A-002'), await codes('?family=mistake')],
    [['A-001', 'A-003'], ['A-002'], ['A-002']],
  )
  const { all } = await flow()
  assert.deepEqual([all.registered, all.mistakes, all.going], [2, 1, 2])
  const told = (await file('A-002')).timeline.find(({ kind }: { kind: string }) => kind === 'case taken out')
  assert.deepEqual([told.why, told.detail.reason, told.detail.sameAs], [why.reason, 'double', 'A-001'])
  assert.equal(rows(`select id from access_log where action = 'took case out' and outcome = 'allowed'`).length, 1)

  const shownFlow = await nameting(server.environment, 'study', 'flow', '--study', 's1')
  assert.match(shownFlow.stdout, /registered by mistake, and counted nowhere above or below: 1/)
  const folder = join(temporaryFolder(t), 'export')
  assert.equal((await nameting(server.environment, 'export', '--study', 's1', '--out', folder)).code, 0)
  const cases = readFileSync(join(folder, 'assignments.csv'), 'utf8')
  assert.deepEqual([cases.includes('A-001'), cases.includes('A-002')], [true, false])
})

test('nothing is changed in such a family before it is put back; then what is still asked is asked again', async (t) => {
  const { server, call, at, out, back, file, flow, rows } = await twice(t)
  const lists = () =>
    rows(
      `select wave, instrument_id, state from assignments where state <> 'cancelled' order by case_id, wave, instrument_id, participant_id`,
    )
  const [before, mails] = [lists(), rows(`select id from messages where state = 'planned'`).length]
  await out('A-002')
  const [parent] = (await file('A-002')).participants
  for (const [path, body] of [
    ['/anchors', { anchors: { conference: '2026-05-01' }, ...why }],
    [`/people/${parent.id}/invitation`, { wave: 'T0', ...why }],
    [`/people/${parent.id}/reachable`, { reachable: false, ...why }],
    ['/children', { birthMonth: '2020-01', ...why }],
  ] as const)
    assert.equal((await call(`POST ${at('A-002', path)}`, body)).body.error.fault, 'mistaken-case', path)
  assert.equal((await call(`POST ${at('A-002', '/notes')}`, { text: 'Gebeld: zij weten het' })).status, 201, 'a note can be written')
  assert.equal((await out('A-002')).body.error.fault, 'mistaken-case')
  assert.equal((await out('A-003', { ...double, sameAs: 'A-002' })).body.error.fault, 'no-other')
  assert.equal((await back('A-002')).status, 200)
  await server.tick()
  assert.deepEqual([lists(), rows(`select id from messages where state = 'planned'`).length], [before, mails])
  assert.equal((await back('A-002')).body.error.fault, 'case-in-use')
  assert.deepEqual([(await flow()).all.registered, (await flow()).all.mistakes, (await file('A-002')).mistake], [3, 0, null])
  assert.equal(server.rows(`select id from events where kind = 'case put back'`).length, 1)
})

test('answers decide which of the two stays; where both have some, neither goes', async (t) => {
  const { out, answer, flow } = await twice(t)
  const fault = async (code: string, body: object = double) => (await out(code, body)).body.error?.fault
  await answer('A-002')
  assert.equal(await fault('A-002'), 'other-way')
  assert.equal(await fault('A-002', { code: 'not-eligible', ...why }), 'answered')
  await answer('A-001')
  assert.equal(await fault('A-002'), 'both-answered')
  assert.equal((await flow()).all.registered, 3)
})

test('which case stays is named of a double and of nothing else, and is one that is there', async (t) => {
  const { server, call, out, flow } = await twice(t)
  for (const [body, status, fault] of [
    [{ code: 'double', ...why }, 409, 'same-as'],
    [{ ...double, code: 'test' }, 409, 'same-as'],
    [{ ...double, sameAs: 'A-002' }, 409, 'no-other'],
    [{ ...double, sameAs: 'A-999' }, 409, 'no-other'],
    [{ ...double, code: 'other' }, 400, undefined],
    [{ ...double, reason: '' }, 400, undefined],
  ] as const) {
    const { status: given, body: answer } = await out('A-002', body)
    assert.deepEqual([given, answer.error.fault], [status, fault])
  }
  const researcher = await staffAt(server, 'researcher')
  assert.equal((await researcher.call('POST /studies/s1/cases/A-002/taking-out', double)).status, 403)
  assert.equal((await flow()).all.mistakes, 0)
  assert.deepEqual((await call('GET /studies/s1/cases?family=mistake')).body.cases, [])
})

test('what somebody said in the one that goes is told, since the other one does not know it', async (t) => {
  const { server, out } = await twice(t)
  await recordStop(server.context, { study: 's1', code: 'A-002' }, { role: 'parent' }, { state: 'declined' })
  const { notes } = (await out('A-002')).body
  assert.deepEqual(notes[0], { is: 'stopped', who: [{ role: 'parent', number: 1 }] })
})

test('a referrer of both keeps their page, with the family that stays', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:30:00Z')
  const one = family('A-001')
  const referrer = one.participants.find(({ role }) => role === 'referrer') ?? assert.fail()
  const other = family('A-002')
  await server.register(one, {
    ...other,
    participants: other.participants.map((person) => (person.role === 'referrer' ? referrer : person)),
  })
  server.clock.set('2026-07-20T09:00:00Z')
  await server.tick()
  const { call } = await staffAt(server, 'data manager')
  assert.equal((await call('POST /studies/s1/cases/A-002/taking-out', double)).status, 200)
  const theirs = new Respondent(server.origin)
  await theirs.open(server.mail.linkTo(referrer.email ?? ''))
  const page = JSON.stringify(await theirs.packet())
  assert.deepEqual([page.includes('A-001'), page.includes('A-002')], [true, false])
})

test('commands take a family out and put it back, with the checks of the desk', async (t) => {
  const { server, file } = await twice(t)
  const run = (...args: string[]) => nameting(server.environment, 'case', ...args, '--study', 's1', '--why', 'dubbel')
  const dry = await run('remove', 'A-002', '--reason', 'double', '--same-as', 'A-001', '--dry-run')
  assert.deepEqual([dry.code, dry.stdout.split('\n')[0]], [0, 'Would take A-002 out of s1: the same family as A-001.'], dry.stderr)
  assert.equal((await file('A-002')).mistake, null)
  const done = await run('remove', 'A-002', '--reason', 'double', '--same-as', 'A-001')
  assert.deepEqual([done.code, done.stdout.split('\n')[0]], [0, 'Took A-002 out of s1: the same family as A-001.'], done.stderr)
  assert.match(done.stdout, /Mails that went out: 1\. Their links open nothing any more\./)
  assert.equal((await file('A-002')).mistake.sameAs, 'A-001')
  const wrong = await run('remove', 'A-003', '--reason', 'double')
  assert.deepEqual([wrong.code, /say which case stays\. Nothing was changed\./.test(wrong.stderr)], [1, true])
  const back = await run('put-back', 'A-002')
  assert.deepEqual([back.code, back.stdout.split('\n')[0]], [0, 'Put A-002 back.'], back.stderr)
  assert.equal((await file('A-002')).mistake, null)
})

test('whoever registers a family is told that it seems to be there already, by address, number or name and region; the log tells of it', async (t) => {
  const server = await startStudyServer(t)
  const noor = { role: 'parent', name: 'Noor Verzonnen', email: 'noor@voorbeeld.example', telephone: '0600000012', language: 'nl' }
  const known = (code: string, region: string) => ({ ...family(code), region, participants: [noor, ...family(code).participants.slice(1)] })
  await server.register(known('A-001', 'Noord'), known('A-002', 'Zuid'))
  const manager = await staffAt(server, 'data manager')
  const north = await staffAt(server, [{ role: 'coordinator', region: 'Noord' }])
  const look = async ({ call }: typeof manager, person: object, region = 'Noord') => {
    const { status, body } = await call('POST /studies/s1/alike', { region, participants: [person] })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  const other = { role: 'parent', name: 'Iemand Anders', email: 'anders@voorbeeld.example', language: 'nl' }
  const found = (by: string, ...codes: string[]) => ({ cases: codes.map((code) => ({ code, by, mistaken: false })) })
  assert.deepEqual(await look(manager, { ...other, email: ' NOOR@voorbeeld.example' }), found('address', 'A-001', 'A-002'))
  assert.deepEqual(await look(manager, { ...other, telephone: '+31 6 0000 0012' }), found('telephone', 'A-001', 'A-002'))
  assert.deepEqual(await look(manager, { ...other, name: 'noor VERZONNEN' }), found('name', 'A-001'))
  assert.deepEqual(await look(manager, { ...other, name: 'mevrouw N. Noor van der VERZONNEN' }), found('name', 'A-001'))
  assert.deepEqual(await look(manager, { ...other, name: 'mevrouw Verzonnen' }), found('name'), 'many share a surname')
  assert.deepEqual(await look(north, noor, 'Zuid'), found('address', 'A-001'), 'of another region nothing is told')
  assert.deepEqual(await look(manager, other), found('name'))
  const [, referrer] = family('A-001').participants
  assert.deepEqual(await look(manager, referrer ?? {}), found('address'), 'a professional is in many cases')
  const lines = server.rows<{ code: string | null; detail: string }>(
    `SELECT code, detail FROM access_log LEFT JOIN cases ON cases.id = case_id WHERE action = 'looked for doubles' ORDER BY access_log.id`,
  )
  assert.deepEqual(
    lines.map(({ code, detail }) => [code, JSON.parse(detail).found]),
    [
      ['A-001', 2],
      ['A-002', 2],
      ['A-001', 2],
      ['A-002', 2],
      ['A-001', 1],
      ['A-001', 1],
      [null, 0],
      ['A-001', 1],
      [null, 0],
      [null, 0],
    ],
  )
  assert.equal((await (await staffAt(server, 'researcher')).call('POST /studies/s1/alike', { participants: [noor] })).status, 403)
  const statuses = await Promise.all(Array.from({ length: 70 }, () => manager.call('POST /studies/s1/alike', { participants: [other] })))
  assert.ok(statuses.some(({ status }) => status === 429))
})

test('the preview of a file tells which of its families seem to be there already', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  const { call } = await staffAt(server, 'data manager')
  const row = (code: string, email: string) => `${code},conference,prospective,2026-03-01,parent,Iemand Anders ${code.slice(2)},${email},nl`
  const header = 'case_code,arm,cohort,referral_date,role,name,email,language'
  const csv = [header, row('B-001', 'nieuw@voorbeeld.example'), row('B-002', address('parent', 'A-001').toUpperCase())].join('\n')
  const { status, body } = await call('POST /studies/s1/imports/preview', { csv })
  assert.equal(status, 200, JSON.stringify(body))
  const alike = [{ code: 'B-002', line: 3, cases: [{ code: 'A-001', by: 'address', mistaken: false }], inFile: [] }]
  assert.deepEqual([body.problemCount, body.alikeCount, body.alike], [0, 1, alike])
})

test('two families of one file with the same address, number or name are told as well', async (t) => {
  const server = await startStudyServer(t)
  const { call } = await staffAt(server, 'data manager')
  const row = (code: string, name: string, email: string) => `${code},conference,prospective,2026-03-01,Noord,parent,${name},${email},nl`
  const csv = [
    'case_code,arm,cohort,referral_date,region,role,name,email,language',
    row('B-001', 'Noor Verzonnen', 'een@voorbeeld.example'),
    row('B-002', 'Iemand Anders', 'Een@voorbeeld.example'),
    row('B-003', 'mevrouw N. VERZONNEN-Noor', 'drie@voorbeeld.example'),
    row('B-004', 'Nog Iemand', 'vier@voorbeeld.example'),
  ].join('\n')
  const { status, body } = await call('POST /studies/s1/imports/preview', { csv })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.alike, [
    { code: 'B-002', line: 3, cases: [], inFile: [{ code: 'B-001', line: 2, by: 'address' }] },
    { code: 'B-003', line: 4, cases: [], inFile: [{ code: 'B-001', line: 2, by: 'name' }] },
  ])
})

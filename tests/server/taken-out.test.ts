/**
 * What holds of a family taken out of the study: which one may go, what is told before, what becomes of a comparison; and what staff and people
 * see of it afterwards: its link, its tasks, its contact data, a change that came too late.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { textsIn } from '../../server/pages/texts/languages.ts'
import { assignmentsOfCase, moveAssignment } from '../../server/queries/assignments.ts'
import { queues } from '../../server/queries/queues.ts'
import { matchCase } from '../../server/workflow/match-case.ts'
import { putCaseBack, takeCaseOut } from '../../server/workflow/mistaken-case.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { rowsOf, rowWhere } from '../export/read-export.ts'
import { nameting } from '../harness/command.ts'
import { completeProtocol, familyOf } from '../harness/complete-protocol.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, answersTo, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { openTestStudy } from '../harness/test-study.ts'

const why = { reason: 'twee keer aangemeld' }

/** `mailed`: on the day after, when the first mails went out. */
async function three(t: TestContext, { mailed = false } = {}) {
  const server = await startStudyServer(t, '2026-03-02T09:30:00Z')
  const [, id = ''] = await server.register(family('A-001'), family('A-002'), family('A-003'))
  if (mailed) {
    server.clock.set('2026-03-03T09:00:00Z')
    await server.tick()
  }
  const { call } = await staffAt(server, 'data manager')
  const [parent] = server.rows<{ id: string }>(`select id from participants where role = 'parent' and case_id = '${id}'`)
  return {
    server,
    call,
    /** */
    id,
    /** Its parent. */
    parent: parent?.id ?? '',
    out: (code: string, body: object) => call(`POST /studies/s1/cases/${code}/taking-out`, { ...body, ...why }),
    back: (code: string) => call(`POST /studies/s1/cases/${code}/putting-back`, why),
  }
}

test('the family that stays is not taken out too, while another one is out as the same', async (t) => {
  const { out, back } = await three(t)
  assert.equal((await out('A-002', { code: 'double', sameAs: 'A-001' })).status, 200)
  const refused = await out('A-001', { code: 'double', sameAs: 'A-003' })
  assert.deepEqual([refused.status, refused.body.error.fault, refused.body.error.code], [409, 'stays', 'change-refused'])
  assert.equal((await out('A-001', { code: 'test' })).body.error.fault, 'stays')
  await back('A-002')
  assert.equal((await out('A-001', { code: 'test' })).status, 200)
})

test('beside the flow of each arm stands how many do not belong, in the command and at the desk', async (t) => {
  const { server, call, out } = await three(t)
  const flow = async () => (await nameting(server.environment, 'study', 'flow', '--study', 's1')).stdout
  assert.doesNotMatch(await flow(), /by mistake/)
  await out('A-002', { code: 'test' })
  const shown = await flow()
  assert.match(shown, /cohort +arm +registered +refused +withdrew +active +no parent +by mistake/)
  assert.match(shown, /prospective +conference +2 +0 +0 +2 +0 +1\n/)
  const { groups } = (await call('GET /studies/s1/flow')).body
  assert.deepEqual(
    groups.map(({ arm, registered, mistakes }: { arm: string; registered: number; mistakes: number }) => [arm, registered, mistakes]),
    [['conference', 2, 1]],
  )
})

test('what was answered keeps a family in the study, until all of it was erased', async (t) => {
  const { server, call, parent, out } = await three(t)
  await recordConsent(server.context, { study: 's1', code: 'A-002' }, { role: 'parent' }, { purpose: 'research', given: true })
  await server.submit({ code: 'A-002', instrument: 'nosik' }, answersTo(server.context.definitions.instruments.need('nosik@0.1.0-standin')))
  for (const code of ['test', 'not-eligible']) assert.equal((await out('A-002', { code })).body.error.fault, 'answered')
  await call(`POST /studies/s1/cases/A-002/people/${parent}/stop`, { state: 'withdrawn', ...why })
  assert.equal((await out('A-002', { code: 'test' })).body.error.fault, 'answered')
  const erased = await call(`POST /studies/s1/cases/A-002/people/${parent}/erase`, why)
  assert.ok(erased.status < 300, JSON.stringify(erased.body))
  const done = await out('A-002', { code: 'test' })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.deepEqual(done.body.notes[0], { is: 'stopped', who: [{ role: 'parent', number: 1 }] })
})

test('who said no when asked by hand, and lists printed at the desk, are told before a family is taken out', async (t) => {
  const { server, parent } = await three(t)
  const person = `/studies/s1/cases/A-002/people/${parent}`
  server.clock.set('2026-03-02T10:00:00Z')
  await server.tick()
  const { call, cookie } = await staffAt(server, 'data manager')
  assert.equal((await call(`POST ${person}/attempts`, { means: 'call', outcome: 'refused' })).status, 201)
  const { assignments } = (await call('GET /studies/s1/cases/A-002')).body
  const list = assignments.find(({ participant }: { participant: string }) => participant === parent)
  const printed = await fetch(`${server.origin}/api/desk${person}/paper/${list.id}/html`, { headers: { Cookie: cookie } })
  assert.equal(printed.status, 200)
  const { notes } = (await call('POST /studies/s1/cases/A-002/preview/taking-out', { code: 'double', sameAs: 'A-001', ...why })).body
  assert.deepEqual(
    notes.filter(({ is }: { is: string }) => is !== 'sent'),
    [
      { is: 'refused', who: [{ role: 'parent', number: 1 }] },
      { is: 'tried', count: 1 },
      { is: 'printed', count: 1 },
    ],
  )
})

test('a family that comes back is not compared with one that was taken out meanwhile, in no export either', async (t) => {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data'), now: '2026-03-01T08:00:00Z', entry: { protocol: completeProtocol } })
  t.after(() => study.close())
  const { context } = study
  const decided = { arm: 'shadow', cohort: 'shadow', anchors: { decision: '2025-07-01' }, roles: ['parent', 'interviewer'] }
  await study.register(familyOf('XI-1', { arm: 'conference' }), familyOf('XS-1', decided))
  const met = ['same-referrer', 'child-protection', 'child-age', 'question', 'decision-time']
  const at = (code: string) => ({ study: 's1', code })
  await matchCase(context, at('XS-1'), { index: 'XI-1', met, notMet: [], notes: {} })
  const told = { why: 'proef' }
  for (const code of ['XS-1', 'XI-1']) await takeCaseOut(context, at(code), { reason: 'test' }, told)
  await putCaseBack(context, at('XS-1'), told)
  assert.deepEqual(study.rows('select * from matches'), [])
  const [undone] = study.rows<{ detail: string }>(`select detail from events where kind = 'match undone'`)
  assert.equal(JSON.parse(undone?.detail ?? '{}').index, 'XI-1')
  const out = join(folder, 'export')
  const made = await nameting(study.environment, 'export', '--study', 's1', '--out', out)
  assert.equal(made.code, 0, made.stderr)
  assert.equal(rowWhere(rowsOf(out, 'wide.csv'), { case_code: 'XS-1' }).index_case, '')
})

test('nothing is typed in for a family that is out, not even a list of which the time is over', async (t) => {
  const { server } = await three(t)
  server.clock.set('2026-05-20T09:00:00Z')
  await server.tick()
  const { call } = await staffAt(server, 'data manager')
  const [list] = server.rows<{ id: string; state: string }>(
    `select a.id, a.state from assignments a join cases c on c.id = a.case_id join participants p on p.id = a.participant_id
     where c.code = 'A-002' and p.role = 'parent' and a.wave = 'T0'`,
  )
  assert.equal(list?.state, 'expired')
  const type = () =>
    call(`POST /studies/s1/cases/A-002/entry/${list?.id}`, { means: 'paper', answeredOn: '2026-03-05', language: 'nl', double: false })
  await call('POST /studies/s1/cases/A-002/taking-out', { code: 'test', ...why })
  const refused = await type()
  assert.deepEqual([refused.status, refused.body.error.code], [409, 'assignment-closed'])
  await call('POST /studies/s1/cases/A-002/putting-back', why)
  assert.notEqual((await type()).body?.error?.code, 'assignment-closed')
})

test('a report says how many were registered by mistake, and counts them nowhere', async (t) => {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data'), entry: { protocol: 'familie-aan-zet@0.5.0-standin' } })
  t.after(() => study.close())
  await study.register(familyOf('F-001', { arm: 'conference' }), familyOf('F-002', { arm: 'conference' }))
  await takeCaseOut(study.context, { study: 's1', code: 'F-002' }, { reason: 'test' }, { why: 'proef' })
  const out = join(folder, 'report')
  const made = await nameting(study.environment, 'report', '--study', 's1', '--out', out)
  assert.equal(made.code, 0, made.stderr)
  const { counts } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
  assert.deepEqual([counts.cases, counts.mistakes], [1, 1])
  assert.match(readFileSync(join(out, 'report.html'), 'utf8'), /Nergens meegeteld, want ten onrechte aangemeld: 1\./)
})

test('the link of a family that is out says in the language of the reader that nothing is asked there, and how to have contact data erased; a parent of another family is asked', async (t) => {
  const { server, out } = await three(t, { mailed: true })
  const link = server.mail.linkTo(address('parent', 'A-002'))
  await out('A-002', { code: 'test' })
  const { contact } = server.study
  for (const language of ['nl', 'en', 'tr', 'ar', 'pl', 'de']) {
    for (const method of ['GET', 'POST']) {
      const headers = { Origin: server.origin, ...(language === 'nl' && { 'Accept-Language': 'nl' }) }
      const page = await fetch(`${link}?language=${language}`, { method, redirect: 'manual', headers })
      assert.equal(page.status, 410, `${method} ${language}`)
      const text = await page.text()
      assert.ok(text.includes(contact) && !text.includes('<form'), language)
      // A study shows its own languages; in any other one the page is in that of the participant.
      const shown = /<html[^>]* lang="(\w+)"/.exec(text)?.[1] ?? ''
      assert.ok(text.includes(textsIn(shown).notAskedTitle), `${language}: ${shown}`)
    }
  }
  assert.equal((await fetch(server.mail.linkTo(address('parent', 'A-001')))).status, 200)
  assert.deepEqual(server.rows('select participant_id from sessions'), [])
})

test('a change that comes after a family went says what happened, as every change does', async (t) => {
  const { call, parent, out } = await three(t, { mailed: true })
  await out('A-002', { code: 'test' })
  for (const path of ['', '/preview']) {
    const { status, body } = await call(`POST /studies/s1/cases/A-002${path}/people/${parent}/address`, {
      telephone: '06-00000013',
      ...why,
    })
    assert.deepEqual([status, body.error.code, body.error.fault], [409, 'change-refused', 'mistaken-case'], path)
  }
})

test('the tasks of a family that is out count nowhere until it is put back', async (t) => {
  const { server, call, parent, out, back } = await three(t, { mailed: true })
  await call(`POST /studies/s1/cases/A-002/people/${parent}/attempts`, { means: 'call', outcome: 'refused' })
  const open = async () => (await queues(server.context.stores.study.read, server.clock.now())).tasks
  assert.equal(await open(), 1)
  await out('A-002', { code: 'test' })
  assert.equal(await open(), 0)
  await back('A-002')
  assert.equal(await open(), 1)
})

test('contact data of a family that is out are kept from the day on which it went, as the preview says, however long ago its lists had closed', async (t) => {
  const { server, call, id, out } = await three(t, { mailed: true })
  await server.context.stores.study.withTx(async (tx) => {
    for (const one of await assignmentsOfCase(tx, id))
      await moveAssignment(tx, one.id, { ...one, state: 'expired', closesAt: '2024-01-01T00:00:00.000Z' })
  })
  await call('POST /studies/s1/settings', { contactMonths: 3, ...why })
  await out('A-002', { code: 'test' })
  const kept = () => server.rows(`select id from participants where case_id = '${id}' and contact_removed_at is null`).length
  const all = kept()
  server.clock.set('2026-06-02T09:30:00Z')
  const { call: ask } = await staffAt(server, 'data manager')
  assert.deepEqual((await ask('GET /studies/s1/retention?months=3')).body.codes, [])
  await server.tick()
  assert.equal(kept(), all)
  server.clock.set('2026-06-04T09:30:00Z')
  const { call: later } = await staffAt(server, 'data manager')
  assert.deepEqual((await later('GET /studies/s1/retention?months=3')).body.codes, ['A-002'])
  await server.tick()
  assert.equal(kept(), 0)
})

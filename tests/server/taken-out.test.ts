/** What holds of a family taken out of the study: which one may go, what is told before, and what becomes of a comparison. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { matchCase } from '../../server/workflow/match-case.ts'
import { putCaseBack, takeCaseOut } from '../../server/workflow/mistaken-case.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { rowsOf, rowWhere } from '../export/read-export.ts'
import { nameting } from '../harness/command.ts'
import { completeProtocol, familyOf } from '../harness/complete-protocol.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { answersTo, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { openTestStudy } from '../harness/test-study.ts'

const why = { reason: 'twee keer aangemeld' }

async function three(t: TestContext) {
  const server = await startStudyServer(t, '2026-03-02T09:30:00Z')
  await server.register(family('A-001'), family('A-002'), family('A-003'))
  const { call } = await staffAt(server, 'data manager')
  const [parent] = server.rows<{ id: string }>(
    `select p.id from participants p join cases c on c.id = p.case_id where c.code = 'A-002' and p.role = 'parent'`,
  )
  return {
    server,
    call,
    /** The parent of A-002. */
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

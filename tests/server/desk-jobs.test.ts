/** Work on all cases of a study at the desk: looked at, decided, watched, stopped, gone on with, and cut off with the server. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { closeContext, openContext } from '../../server/open-context.ts'
import { insertJob } from '../../server/queries/jobs.ts'
import { beginJob, doJob, doNow, newJob } from '../../server/workflow/do-job.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { setAnchors } from '../../server/workflow/set-anchors.ts'
import { tick } from '../../server/workflow/tick.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { withDatabase } from '../harness/database.ts'
import { writeDefinition } from '../harness/definition-folder.ts'
import { answersTo } from '../harness/family.ts'
import { freePort } from '../harness/free-port.ts'
import { jobEnded } from '../harness/job-ended.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, serveHere, startStudyServer } from '../harness/study-server.ts'
import { definitionsIn, protocol } from './adopting-study.ts'
import { both, entry, everybody, normTable } from './rescoring-study.ts'

const reason = 'Besluit van de commissie'
const shorter = { reference: 'veo@1.1.0', from: '2026-03-02' }

/** A study with so many families, whose list `veo` has a later version and other norms. */
async function served(t: TestContext, families: number) {
  const definitions = definitionsIn(temporaryFolder(t))
  writeDefinition(definitions, 'norms', normTable('veo', 'total', '2.0.0', everybody(36, 6)))
  const server = await startStudyServer(t, undefined, { definitions, entry: { protocol: 'own@1.0.0', standInsAcceptedBy: null } })
  await server.register(...Array.from({ length: families }, (_, number) => entry(`F-${number}`)))
  const manager = await staffAt(server, 'data manager')
  return { server, manager, call: manager.call, families }
}
type Served = Awaited<ReturnType<typeof served>>

async function looked(study: Pick<Served, 'call'>, what: 'adoption' | 'rescoring', asked: object) {
  const { status, body } = await study.call(`POST /studies/s1/definitions/${what}/preview`, asked)
  assert.equal(status, 200, JSON.stringify(body))
  return await jobEnded(study, body.id)
}

/** Begun and stopped when some families are done and others are not. */
async function stopped(study: Served) {
  const { id } = await looked(study, 'adoption', shorter)
  assert.equal((await study.call('POST /studies/s1/definitions/adoption', { job: id, reason })).status, 200)
  while ((await study.call(`GET /studies/s1/jobs/${id}`)).body.done === 0) await wait(1)
  const { body } = await study.call(`POST /studies/s1/jobs/${id}/cancel`, {})
  assert.equal(body.state, 'cancelled')
  assert.ok(body.done > 0 && body.done < study.families, `${body.done} of ${study.families}`)
  return body
}

/** As whoever was killed in the middle left it. */
async function cutOff({ server: { context } }: Pick<Served, 'server'>) {
  const { id } = await context.stores.study.withTx(async (tx) => {
    const job = newJob('s1', 'adopt', shorter, context.clock.now())
    await insertJob(tx, { ...job, ...(await beginJob(tx, context, job)) })
    return job
  })
  return await doJob(context, id, { most: 1 })
}

/** How many families are asked which version of veo at FU3. */
const versions = (server: Pick<StudyServer, 'rows'>) =>
  Object.fromEntries(
    server
      .rows<{ version: string; cases: number }>(
        `select instrument_version as version, count(*) as cases from assignments where wave = 'FU3' and instrument_id = 'veo' group by 1`,
      )
      .map(({ version, cases }) => [version, cases]),
  )

test('what changes is looked at first, then it is done for a reason, and who did it why stays in the list', async (t) => {
  const study = await served(t, 3)
  const { server, manager, call } = study
  const job = await looked(study, 'adoption', shorter)
  assert.deepEqual([job.state, job.preview.cases, job.preview.lines[0].assignments, job.hasBegun], ['looked', 3, 3, false])
  assert.deepEqual(versions(server), { '1.0.0': 3 })
  assert.equal((await call('POST /studies/s1/definitions/adoption', { job: job.id })).status, 400, 'without a reason')
  assert.equal((await call('POST /studies/s1/definitions/rescoring', { job: job.id, reason })).status, 404, 'it is no rescoring')
  assert.equal((await call('POST /studies/s1/definitions/adoption', { job: 'another', reason })).status, 404)
  assert.equal((await call(`POST /studies/s1/jobs/${job.id}/go-on`, {})).status, 409, 'it was not stopped')

  await call('POST /studies/s1/definitions/adoption', { job: job.id, reason })
  const done = await jobEnded(study, job.id)
  assert.deepEqual([done.state, done.done, done.total, done.changed], ['done', 3, 3, 3])
  assert.deepEqual(versions(server), { '1.1.0': 3 })
  assert.equal((await call('POST /studies/s1/definitions/adoption', { job: job.id, reason })).status, 409, 'it is done')
  const [listed] = (await call('GET /studies/s1/jobs')).body.jobs
  assert.deepEqual([listed.id, listed.by, listed.why], [job.id, 'Verzonnen Collega', reason])
  const [event] = server.rows<{ detail: string }>(`select detail from events where kind = 'version adopted'`)
  assert.deepEqual(JSON.parse(event?.detail ?? ''), { ...shorter, staff: manager.id, why: reason })
  const logged = server.rows<{ action: string; reason: string | null }>(
    `select action, reason from access_log where action = 'adopted version' and outcome = 'allowed'`,
  )
  assert.ok(logged.some((line) => line.reason === reason))
})

test('the preview tells what of the report, the texts, the alarms and the windows goes away, and whose own words of a mail no longer go out', async (t) => {
  const definitions = definitionsIn(temporaryFolder(t))
  const consent = { purpose: 'research', version: '1.0.0', roles: ['parent'], required: true, statement: both('Ja') }
  const text = { subject: both('Nog even'), body: both('{link}') }
  const before = {
    ...protocol,
    version: '3.0.0',
    consents: [consent],
    alarms: { danger: { title: both('Gevaar'), instrument: 'veo', item: 'veo01', answers: [1] } },
    messages: { ...protocol.messages, reminders: [{ id: 'reminder-1', days: 7, text }] },
  }
  const waves = protocol.waves.map((wave) => (wave.id === 'FU3' ? { ...wave, window: { opens: 0, closes: 14 } } : wave))
  const after = { ...protocol, version: '3.1.0', waves, consents: [{ ...consent, version: '2.0.0', statement: both('Graag') }] }
  for (const one of [before, after]) writeDefinition(definitions, 'protocols', one)
  const server = await startStudyServer(t, undefined, { definitions, entry: { protocol: 'own@3.0.0', standInsAcceptedBy: null } })
  await server.register(entry('A'), entry('B'))
  const { call } = await staffAt(server, 'data manager')
  await recordConsent(server.context, { study: 's1', code: 'A' }, { role: 'parent' }, { purpose: 'research', given: true })
  const own = { role: 'parent', kind: 'reminder-1', language: 'nl', seen: null, reason }
  const words = { subject: 'Van ons', body: '{link}', readOver: false }
  assert.equal((await call('POST /studies/s1/settings/mail/text', { ...own, words })).status, 200)

  const { preview } = await looked({ call }, 'adoption', { reference: 'own@3.1.0', from: '2026-03-02' })
  assert.deepEqual(
    preview.protocol.map(({ what, part, id }: Record<string, string>) => `${what} ${part} ${id}`),
    ['gone mail reminder-1', 'gone reminder reminder-1', 'gone alarm danger', 'changed consent research', 'changed wave FU3'],
  )
  assert.deepEqual(preview.protocol.at(-1).traits, [{ trait: 'closes', was: '30', is: '14' }])
  assert.deepEqual(preview.mails, [{ what: 'is cancelled', kind: 'reminder-1', mails: 2 }])
  assert.equal(preview.askedAnew, 1)
  assert.deepEqual(
    preview.ownMailTexts.map(({ template, roles }: { template: string; roles: string[] }) => [template, roles]),
    [['reminder-1', []]],
  )
  assert.equal(server.rows('select id from mail_texts').length, 1)
})

test('what does not fit is refused with why before anything is counted', async (t) => {
  const { call } = await served(t, 1)
  const refusals: [string, object, string][] = [
    ['adoption', { ...shorter, from: '2026-03-01' }, 'past-day'],
    ['adoption', { ...shorter, reference: 'veo@9.0.0' }, 'no-version'],
    ['rescoring', { norms: ['nothing@1.0.0'] }, 'no-version'],
    ['rescoring', { norms: ['nosik-nl@0.1.0-standin'] }, 'not-asked'],
    ['rescoring', { norms: ['veo-total-test@1.0.0', 'veo-total-test@2.0.0'] }, 'two-norms'],
  ]
  for (const [what, asked, fault] of refusals) {
    const { status, body } = await call(`POST /studies/s1/definitions/${what}/preview`, asked)
    assert.deepEqual([status, body.error.code, body.error.fault], [409, 'not-possible', fault], JSON.stringify(asked))
  }
  const { body } = await call('POST /studies/s1/definitions/adoption/preview', { ...shorter, reference: 'pul@1.2.0' })
  // Where it goes wrong is for whoever looks after the definitions; the sentence is the desk's own.
  assert.deepEqual([body.error.code, body.error.fault], ['not-possible', 'mistakes'])
  assert.deepEqual(body.error.mistakes, [
    { path: '/schedule/1/role', reason: 'pul@1.2.0 is not for the role parent: its respondents are referrer' },
  ])
  assert.deepEqual((await call('GET /studies/s1/jobs')).body.jobs, [])
})

test('a study with a report in standard scores goes over to another version: norms that stand behind those of the protocol count', async (t) => {
  const server = await startStudyServer(t, undefined, { entry: { protocol: 'familie-aan-zet@0.5.0-standin' } })
  const { call } = await staffAt(server, 'data manager')
  for (const version of ['0.5.2-standin', '0.4.0-standin']) {
    const job = await looked({ call }, 'adoption', { reference: `familie-aan-zet@${version}`, from: '2026-03-02' })
    assert.deepEqual([job.state, job.failure], ['looked', null])
  }
})

test('stopped in the middle each case follows one version whole; who changes one of the others plans it by the new one; going on ends it', async (t) => {
  const study = await served(t, 150)
  const { server, call } = study
  const job = await stopped(study)
  assert.equal(job.total, study.families)
  assert.deepEqual(versions(server), { '1.0.0': study.families - job.done, '1.1.0': job.done })
  const [other] = server.rows<{ code: string }>(
    `select code from cases join assignments on case_id = cases.id where wave = 'FU3' and instrument_id = 'veo' and instrument_version = '1.0.0' limit 1`,
  )
  await setAnchors(server.context, { study: 's1', code: other?.code ?? '', anchors: { referral: '2026-03-02' } })
  assert.deepEqual(versions(server), { '1.0.0': study.families - job.done - 1, '1.1.0': job.done + 1 })
  await server.register(entry('NEW'))
  assert.equal(versions(server)['1.1.0'], job.done + 2, 'who comes in is planned by it')

  assert.equal((await call(`POST /studies/s1/jobs/${job.id}/go-on`, {})).status, 200)
  const done = await jobEnded(study, job.id)
  assert.equal(done.state, 'done')
  assert.deepEqual(versions(server), { '1.1.0': study.families + 1 })
  assert.equal(server.rows(`select id from events where kind = 'version adopted'`).length, 1)
  assert.equal(
    server.rows(`select case_id from events where kind = 'planned' and CAST(json_extract(detail, '$.moved.assignments') AS INTEGER) > 0`)
      .length,
    150,
  )
  const actions = server.rows<{ action: string }>('select action from access_log order by id').map(({ action }) => action)
  assert.deepEqual(
    ['adopted version', 'stopped job', 'went on with job'].filter((action) => !actions.includes(action)),
    [],
  )
})

test('there is one at a time; one that is looked at can be stopped, and nothing was changed', async (t) => {
  const study = await served(t, 150)
  const { server, call } = study
  const begun = (await call('POST /studies/s1/definitions/adoption/preview', shorter)).body
  const second = await call('POST /studies/s1/definitions/rescoring/preview', { norms: ['veo-total-test@2.0.0'] })
  assert.deepEqual([second.status, second.body.error.code, second.body.error.job], [409, 'job-running', begun.id])
  await call(`POST /studies/s1/jobs/${begun.id}/cancel`, {})
  const over = await jobEnded(study, begun.id)
  assert.deepEqual([over.state, over.hasBegun], ['cancelled', false])
  assert.deepEqual(versions(server), { '1.0.0': study.families })
  const job = await stopped(study)
  await call(`POST /studies/s1/jobs/${job.id}/go-on`, {})
  await assert.rejects(doNow(server.context, 's1', 'rescore', { norms: [] }), /is under way since .*\(adopt\)/)
  await jobEnded(study, job.id)
})

test('a server that is stopped in the middle leaves what the next one goes on with, and nothing twice', async (t) => {
  const study = await served(t, 150)
  const { server, call } = study
  const folder = server.environment.DATA_DIR ?? ''
  const job = await cutOff(study)
  const looking = (await call('POST /studies/s1/definitions/adoption/preview', shorter)).status
  assert.equal(looking, 409, 'whoever else begins something waits for it')

  const key = Buffer.from(server.environment.IDENTITY_KEY ?? '', 'hex')
  const settings = { DATA_DIR: folder, DEFINITIONS_DIR: server.environment.DEFINITIONS_DIR, BASE_URL: server.origin, IDENTITY_KEY: key }
  const own = await openContext(await withDatabase(settings), server.clock)
  t.after(() => closeContext(own))
  const port = await freePort()
  const listening = await serveHere({ ...own, baseUrl: `http://127.0.0.1:${port}` }, port)
  t.after(() => listening.close())
  const manager = await staffAt({ context: own, origin: `http://127.0.0.1:${port}` }, 'data manager')
  assert.deepEqual((await manager.call(`GET /studies/s1/jobs/${job.id}`)).body.done, job.done, 'it stands where it stood')
  const transport = { send: () => Promise.reject(new Error('no mail here')) }
  const pass = () => tick(own, { transport: transport as never })
  await pass()
  assert.equal((await manager.call(`GET /studies/s1/jobs/${job.id}`)).body.state, 'doing', 'somebody may be doing it still')
  server.clock.set('2026-03-02T09:02:00Z')
  await pass()
  const done = (await manager.call(`GET /studies/s1/jobs/${job.id}`)).body
  assert.deepEqual([done.state, done.done, done.changed], ['done', study.families, study.families])
  assert.equal(
    server.rows(`select case_id from events where kind = 'planned' and CAST(json_extract(detail, '$.moved.assignments') AS INTEGER) > 0`)
      .length,
    150,
  )
})

test('a server that is told to stop ends with the cases in hand, and the next one goes on', async (t) => {
  const study = await served(t, 150)
  const { server, call } = study
  const { id } = await looked(study, 'adoption', shorter)
  assert.equal((await call('POST /studies/s1/definitions/adoption', { job: id, reason })).status, 200)
  while ((await call(`GET /studies/s1/jobs/${id}`)).body.done === 0) await wait(1)
  await server.context.background.stop()
  const left = (await call(`GET /studies/s1/jobs/${id}`)).body
  assert.ok(left.state === 'doing' && left.done < study.families, `${left.state} ${left.done}`)
  await wait(50)
  assert.equal((await call(`GET /studies/s1/jobs/${id}`)).body.done, left.done, 'nothing goes on behind its back')
  server.clock.set('2026-03-02T09:02:00Z')
  await server.tick()
  const { state, done } = (await call(`GET /studies/s1/jobs/${id}`)).body
  assert.deepEqual([state, done], ['done', study.families])
})

test('what was only looked at when the server stopped is told as interrupted, and keeps nobody from looking again', async (t) => {
  const study = await served(t, 2)
  const { id } = await looked(study, 'adoption', shorter)
  await study.server.context.stores.study.withTx(async (tx) => void tx.run(`update jobs set state = 'looking', preview = null`))
  assert.deepEqual((await study.call(`GET /studies/s1/jobs/${id}`)).body.state, 'interrupted')
  assert.equal((await looked(study, 'adoption', shorter)).state, 'looked')
})

test('two who do the same job at once take turns: each case once', async (t) => {
  const study = await served(t, 60)
  const { server } = study
  const job = await cutOff(study)
  const both = await Promise.all([doJob(server.context, job.id), doJob(server.context, job.id)])
  assert.deepEqual(
    both.map(({ state, done, changed }) => [state, done, changed]),
    [
      ['done', 60, 60],
      ['done', 60, 60],
    ],
  )
})

test('a case that does not fit ends it with its code; what is done stays, and once it fits it is gone on with', async (t) => {
  const study = await served(t, 4)
  const { server, call } = study
  const { id } = await looked(study, 'adoption', shorter)
  const change = (arm: string) =>
    server.context.stores.study.withTx(async (tx) => void tx.run(`update cases set arm = '${arm}' where id = (select max(id) from cases)`))
  await change('nowhere')
  await call('POST /studies/s1/definitions/adoption', { job: id, reason })
  const failed = await jobEnded(study, id)
  const [last] = server.rows<{ code: string }>('select code from cases order by id desc limit 1')
  assert.deepEqual([failed.state, failed.failure.fault, failed.failure.case], ['failed', 'unfit-case', last?.code])
  await change('all')
  await call(`POST /studies/s1/jobs/${id}/go-on`, {})
  assert.deepEqual([(await jobEnded(study, id)).state, versions(server)], ['done', { '1.1.0': 4 }])
})

test('norms: what is offered, how many scores change by list and norm, and after it both scores are there', async (t) => {
  const study = await served(t, 3)
  const { server, manager, call } = study
  for (const [step, code] of ['F-0', 'F-1', 'F-2'].entries())
    await server.submit({ code, instrument: 'veo' }, answersTo(server.context.definitions.instruments.need('veo@1.0.0'), step + 1))
  const offered = (await call('GET /studies/s1/definitions/norms')).body.norms
  assert.deepEqual(
    offered
      .filter(({ scale, mayBeUsed }: { scale: string; mayBeUsed: boolean }) => scale === 'total' && mayBeUsed)
      .map(({ reference, isInForce }: { reference: string; isInForce: boolean }) => [reference, isInForce]),
    [
      ['veo-total-test@1.0.0', true],
      ['veo-total-test@2.0.0', false],
    ],
  )
  const norms = ['veo-total-test@2.0.0']
  const { id, preview } = await looked(study, 'rescoring', { norms })
  assert.deepEqual([preview.looked, preview.responses, preview.scores, preview.adopts], [3, 3, 3, norms])
  assert.deepEqual(
    preview.lines.map(({ instrument, from, to, scores }: Record<string, unknown>) => [instrument, from, to, scores]),
    [['veo@1.0.0', 'veo-total-test@1.0.0', 'veo-total-test@2.0.0', 3]],
  )
  const count = () => server.rows('select id from scores').length
  const before = count()
  await call('POST /studies/s1/definitions/rescoring', { job: id, reason })
  const done = await jobEnded(study, id)
  assert.deepEqual([done.state, done.changed, count()], ['done', 3, before + 3])
  const [event] = server.rows<{ detail: string }>(`select detail from events where kind = 'norms adopted'`)
  assert.deepEqual(JSON.parse(event?.detail ?? ''), { norms, before: [], staff: manager.id, why: reason })
  const again = await looked(study, 'rescoring', { norms: [] })
  assert.deepEqual([again.preview.scores, again.preview.adopts], [0, []])
})

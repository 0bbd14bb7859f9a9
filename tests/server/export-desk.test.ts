/** Exports at the desk: asked for, made meanwhile, taken as a zip, and removed in time. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { ExportJob } from '../../server/workflow/export-jobs.ts'
import { removeKeptExports } from '../../server/workflow/kept-exports.ts'
import { manifestOf, rowsOf } from '../export/read-export.ts'
import { nameting } from '../harness/command.ts'
import { freePort } from '../harness/free-port.ts'
import { readZip } from '../harness/read-zip.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { serveHere } from '../harness/study-server.ts'
import { openReportStudy, type ReportStudy } from '../report/study.ts'

const closing: (() => unknown)[] = []
let study: ReportStudy
let server: { context: ReportStudy['context']; origin: string }
let researcher: StaffClient
let now = ''

before(async () => {
  study = await openReportStudy({ after: (work) => void closing.push(work) }, 4)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  now = study.context.clock.now()
  server = { context: { ...study.context, baseUrl: origin, clock: { now: () => now } }, origin }
  const listening = await serveHere(server.context, port)
  closing.push(() => listening.close())
  researcher = await staffAt(server, 'researcher')
})
after(async () => {
  for (const work of closing.reverse()) await work()
})

const exports = '/studies/s1/exports'
const choices = { tier: 'pseudonymous', layouts: ['scores', 'flow'], formats: ['csv'], language: 'nl', filter: {}, purpose: '' }

async function made(chosen: object = {}): Promise<ExportJob> {
  let { body, status } = await researcher.call(`POST ${exports}`, { ...choices, ...chosen })
  assert.equal(status, 200, JSON.stringify(body))
  while (body.state === 'making') {
    await new Promise((resolve) => setTimeout(resolve, 50))
    body = (await researcher.call(`GET ${exports}/jobs/${body.id}`)).body
  }
  return body
}

const take = (id: string) => fetch(`${server.origin}/api/desk${exports}/jobs/${id}/file`, { headers: { cookie: researcher.cookie } })
const filesOf = (id: string): string => join(server.context.place.data, 'exports', id)

test('an export is made, taken as a zip, and is in the register with who and what for', async () => {
  const job = await made({ purpose: 'article', filter: { waves: ['T0'] } })
  assert.equal(job.state, 'done', job.failure ?? '')
  assert.equal(job.cases, 4)
  const answer = await take(job.id)
  assert.equal(answer.headers.get('content-type'), 'application/zip')
  const taken = readZip(Buffer.from(await answer.arrayBuffer()))
  const inZip = [...taken].map(([path, content]) => [path.split('/')[1] ?? '', content] as const)
  assert.deepEqual(inZip.map(([name]) => name).sort(), readdirSync(filesOf(job.id)).sort())
  for (const [name, content] of inZip) assert.ok(content.equals(readFileSync(join(filesOf(job.id), name))), name)
  const manifest = JSON.parse(readFileSync(join(filesOf(job.id), 'manifest.json'), 'utf8'))
  assert.deepEqual([manifest.purpose, manifest.filter, manifest.layouts], ['article', { waves: ['T0'] }, ['scores', 'flow']])

  const { body } = await researcher.call(`GET ${exports}`)
  const [registered] = body.exports
  assert.deepEqual(
    [registered.via, registered.purpose, registered.tier, registered.job, registered.erasedSince, registered.staffId],
    ['desk', 'article', 'pseudonymous', job.id, 0, manifest.takenBy],
  )
  assert.deepEqual(body.jobs[0].until, new Date(Date.parse(job.endedAt ?? '') + 7 * 86_400_000).toISOString())
  const actions = study.rows<{ action: string }>('SELECT action FROM access_log ORDER BY id').map(({ action }) => action)
  assert.deepEqual(
    actions.filter((action) => action.endsWith(' export')),
    ['made export', 'took export'],
  )
})

test('shared data need a purpose, and there is one export at a time, which can be stopped', async () => {
  const refused = await researcher.call(`POST ${exports}`, { ...choices, tier: 'shared' })
  assert.equal(refused.status, 400)
  const { body: first } = await researcher.call(`POST ${exports}`, choices)
  const second = await researcher.call(`POST ${exports}`, choices)
  assert.deepEqual([second.status, second.body.error.code], [409, 'export-running'])
  await researcher.call(`POST ${exports}/jobs/${first.id}/cancel`, {})
  let { body } = await researcher.call(`GET ${exports}/jobs/${first.id}`)
  while (body.state === 'making') body = (await researcher.call(`GET ${exports}/jobs/${first.id}`)).body
  assert.equal(body.state, 'cancelled')
  assert.equal(existsSync(filesOf(first.id)), false)
  assert.equal((await take(first.id)).status, 404)
  assert.equal((await made({ tier: 'shared', purpose: 'a colleague' })).state, 'done')
  const inBands = await made({ tier: 'shared', purpose: 'a colleague', ageBands: true })
  const { shared } = JSON.parse(readFileSync(join(filesOf(inBands.id), 'manifest.json'), 'utf8'))
  assert.equal(shared.ages, 'bands')
  assert.equal((await researcher.call(`POST ${exports}`, { ...choices, ageBands: true })).status, 400)
})

test('one that the server did not live to see the end of is told as that, and what it left is removed', async () => {
  await study.context.stores.study.withTx(async (tx) => {
    tx.run(
      `INSERT INTO export_jobs (id, study_id, started_by, started_at, state, choices, cases) VALUES ('cut-off', 's1', 'x', '${now}', 'making', '{}', 0)`,
    )
  })
  mkdirSync(`${filesOf('cut-off')}.partial`)
  assert.equal((await researcher.call(`GET ${exports}/jobs/cut-off`)).body.state, 'interrupted')
  await made()
  assert.equal(existsSync(`${filesOf('cut-off')}.partial`), false)
})

test('files are removed after seven days, or when answers in them are erased; the register stays', async () => {
  const [old, other] = [await made(), await made({ layouts: ['flow'] })]
  const { body } = await researcher.call(`GET ${exports}`)
  const registered = body.exports.find(({ job }: { job: string }) => job === other.id)
  await study.context.stores.study.withTx(async (tx) => {
    tx.run(
      `INSERT INTO events (at, study_id, kind, detail) VALUES ('${now}', 's1', 'answers erased', '${JSON.stringify({ exports: [registered.id] })}')`,
    )
  })
  assert.equal((await take(other.id)).status, 404)
  assert.equal(existsSync(filesOf(other.id)), false)
  const { body: since } = await researcher.call(`GET ${exports}`)
  assert.equal(since.exports.find(({ id }: { id: string }) => id === registered.id).erasedSince, 1)

  assert.equal(existsSync(filesOf(old.id)), true)
  const before = now
  now = new Date(Date.parse(now) + 7 * 86_400_000).toISOString()
  await removeKeptExports(server.context)
  now = before
  assert.equal(existsSync(filesOf(old.id)), false)
  const { body: left } = await researcher.call(`GET ${exports}`)
  assert.equal(left.exports.length, body.exports.length)
  assert.ok(left.exports.every(({ job }: { job: string | null }) => job === null))
})

test('narrowed to a consent are the families that gave it, with what others filled in about them; what is left out is told', async () => {
  const { body } = await researcher.call(`GET ${exports}`)
  const words: [code: string, role: string, number: number, ...given: (0 | 1)[]][] = [
    // The second parent was never heard.
    ['R00', 'parent', 1, 0, 1],
    ['R00', 'referrer', 1, 1],
    // A referrer cannot say yes for a family that says no, or nothing.
    ['R01', 'parent', 1, 1, 0],
    ['R01', 'referrer', 1, 1],
    ['R02', 'referrer', 1, 1],
    ['R03', 'parent', 1, 1],
  ]
  await study.context.stores.study.withTx(async (tx) => {
    tx.run('DELETE FROM consents')
    for (const [code, role, number, ...given] of words)
      for (const word of given)
        tx.run(
          `INSERT INTO consents (participant_id, purpose, version, given, language, at) SELECT p.id, 'research', '1.0.0', ${word === 1}, 'nl', '${now}' FROM participants p JOIN cases c ON c.id = p.case_id WHERE c.code = '${code}' AND p.role = '${role}' AND p.number = ${number}`,
        )
  })
  const job = await made({ layouts: ['long', 'wide', 'flow'], filter: { consents: ['research'] } })
  assert.equal(job.state, 'done', job.failure ?? '')
  const rows = rowsOf(filesOf(job.id), 'assignments.csv')
  const whose = (instrument: string) => [
    ...new Set(rows.flatMap((row) => (row.instrument === instrument ? `${row.case_code} ${row.role} ${row.participant_number}` : []))),
  ]
  // Nobody asks a coordinator or a file researcher: their lists go by the family's word.
  assert.deepEqual(whose('frek'), ['R00 coordinator 1', 'R03 coordinator 1'])
  assert.deepEqual(whose('zap-kort'), ['R00 file-researcher 1', 'R03 file-researcher 1'])
  assert.deepEqual(whose('veo'), ['R00 parent 1', 'R03 parent 1'])
  assert.deepEqual(whose('cvc'), ['R00 referrer 1'])
  assert.deepEqual([job.cases, rowsOf(filesOf(job.id), 'wide.csv').length], [2, 2])

  const directory = join(study.folder, 'consented')
  const command = await nameting(study.environment, 'export', '--study', 's1', '--out', directory, '--consent', 'research')
  assert.equal(command.code, 0, command.stderr)
  assert.match(command.stdout, /consented: 2 cases, /)
  assert.match(
    command.stdout,
    /Left out for want of consent: 2 cases\. .*research: parent\.\nLists left out, by instrument: cvc 3 \(\d answered\)/,
  )
  const { withoutConsent } = manifestOf(directory)
  assert.deepEqual(
    [withoutConsent?.family, withoutConsent?.cases, withoutConsent?.lists.frek?.assignments],
    [{ research: ['parent'] }, 2, 2],
  )
  assert.match(readFileSync(join(directory, 'README.txt'), 'utf8'), /Lists left out, by instrument: cvc 3 /)
  const refused = await made({ filter: { consents: ['commerce'] } })
  assert.deepEqual(
    [refused.state, refused.failure],
    ['failed', `s1 has no consent "commerce"; there is: ${body.choices.consents.join(', ')}.`],
  )
})

test('only who may export sees any of it', async () => {
  const coordinator = await staffAt(server, 'coordinator')
  for (const call of [`GET ${exports}`, `POST ${exports}`, `GET ${exports}/jobs/x/file`])
    assert.equal((await coordinator.call(call, call.startsWith('POST') ? choices : undefined)).status, 403, call)
})

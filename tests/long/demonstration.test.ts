import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Clock } from '../../server/clock.ts'
import { randomOf } from '../../server/demo/random.ts'
import { simulateAnswers } from '../../server/demo/simulate-answers.ts'
import type { ReportResult } from '../../server/report/result.ts'
import type { CaseFile } from '../../server/workflow/case-file.ts'
import type { DeskStudy } from '../../server/workflow/desk-study.ts'
import type { CaseList } from '../../server/workflow/list-cases.ts'
import type { ResponseTable } from '../../server/workflow/response-table.ts'
import { type DemoServer, startDemoServer } from '../demo/demo-server.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { Respondent } from '../harness/respondent.ts'

interface MailHeaders {
  number: number
  at: string
  to: string
  subject: string
}
type MailList = { total: number; mails: MailHeaders[] }
type MailShown = MailHeaders & { from: string; text: string; hasHtml: boolean; link: string | null }

/** A Saturday afternoon in winter time: the day on which the demonstration of these tests is made. */
const madeAt = '2026-11-21T15:00:00.000Z'
const standing: Clock = { now: () => madeAt }

/** Making a demonstration takes long: it is made once, and each test that changes it works on a copy. */
let folder = ''
let server: DemoServer

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nameting-'))
  const made = await startDemoServer(folder, standing)
  await made.stop()
  cpSync(join(folder, 'demo'), join(folder, 'as-made'), { recursive: true })
  server = await startDemoServer(folder, standing)
})

after(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** A server on a copy of the demonstration as it was made; `again` starts another one on the same copy. */
async function onCopy(test: { after(fn: () => unknown): void }): Promise<{ copy: DemoServer; again(): Promise<DemoServer> }> {
  const own = mkdtempSync(join(tmpdir(), 'nameting-'))
  cpSync(join(folder, 'as-made'), join(own, 'demo'), { recursive: true })
  const running = new Set<DemoServer>()
  test.after(async () => {
    for (const started of running) await started.stop()
    rmSync(own, { recursive: true, force: true, maxRetries: 5 })
  })
  const start = async (): Promise<DemoServer> => {
    const started = await startDemoServer(own, standing)
    running.add(started)
    return {
      ...started,
      async stop() {
        running.delete(started)
        await started.stop()
      },
    }
  }
  return { copy: await start(), again: start }
}

test('the response of those who are followed is that of the report, of 52 families; there are 12 retrospective ones and 6 shadow cases', async () => {
  const { cases, rows } = await server.json<ResponseTable>('/api/desk/studies/demonstration/response')
  assert.equal(cases, 70)
  const families = ['nosik', 'nosi-b', 'veo', 'pul', 'succint-referrer', 'succint-informant']
  const asked = rows.filter(({ instrument }) => families.includes(instrument))
  const completed = Object.fromEntries(asked.map(({ instrument, waves }) => [instrument, waves.map((wave) => wave?.completed ?? null)]))
  // De familie aan zet (2008), 2.5: T0, FU3, FU9.
  assert.deepEqual(completed, {
    nosik: [35, null, null],
    'nosi-b': [36, null, null],
    veo: [36, 21, 15],
    pul: [35, 17, 15],
    'succint-referrer': [null, 35, 27],
    'succint-informant': [null, 18, 15],
  })
})

test('four families were asked in the last days and have not answered yet', async () => {
  const { rows } = await server.json<ResponseTable>('/api/desk/studies/demonstration/response')
  assert.equal(rows.find(({ instrument }) => instrument === 'nosik')?.waves[0]?.open, 4)
})

test('the mailbox has every mail that was sent, each with one link to where the demonstration runs now', async () => {
  const { total, mails } = await server.json<MailList>('/api/demo/mails?limit=200')
  assert.equal(mails.length, 200)
  let sent = 0
  for (const { code } of (await server.json<CaseList>('/api/desk/studies/demonstration/cases?limit=200')).cases) {
    const { timeline } = await server.json<CaseFile>(`/api/desk/studies/demonstration/cases/${code}`)
    sent += timeline.filter(({ kind }) => kind === 'message sent').length
  }
  // A mail about several cases of one professional stands in the timeline of each.
  const { n: together } = server.demonstration.context.stores.study.read.get<{ n: number }>(
    'SELECT count(*) - count(DISTINCT mail_id) AS n FROM messages WHERE mail_id IS NOT NULL',
  )
  assert.equal(total, sent - together)
  for (const { number } of mails.slice(0, 20)) {
    const mail = await server.json<MailShown>(`/api/demo/mails/${number}`)
    assert.equal(mail.text.match(/https?:\/\//g)?.length, 1)
    assert.ok(mail.link?.startsWith(`${server.origin}/l/`), mail.link ?? 'no link')
  }
})

test('the mailbox is newest first, and finds mails by address and subject', async () => {
  const { mails } = await server.json<MailList>('/api/demo/mails')
  assert.deepEqual(
    mails.map(({ at }) => at),
    mails.map(({ at }) => at).toSorted((a, b) => (a < b ? 1 : -1)),
  )
  const found = await server.json<MailList>('/api/demo/mails?search=OUDER49%40')
  assert.ok(found.total > 0)
  assert.ok(found.mails.every(({ to }) => to === 'ouder49@voorbeeld.example'))
  assert.equal((await server.json<MailList>('/api/demo/mails?search=nothing+like+this')).total, 0)
})

test('the HTML of a mail is served as a page that may do nothing', async () => {
  const { status, headers, text } = await server.get('/api/demo/mails/1/html')
  assert.equal(status, 200)
  const policy = headers.get('Content-Security-Policy') ?? ''
  assert.match(policy, /(^|; )default-src 'none'/)
  assert.match(policy, /(^|; )sandbox$/)
  assert.doesNotMatch(policy, /allow-|script-src/)
  assert.ok(text.includes(`${server.origin}/l/`))
})

test('a mail that is not there is not found', async () => {
  for (const number of ['0', '-1', '99999', 'x', '1.5']) assert.equal((await server.get(`/api/demo/mails/${number}`)).status, 404)
})

test('families are found by code, region, group and state', async () => {
  const cases = async (query: string) => (await server.json<CaseList>(`/api/desk/studies/demonstration/cases?limit=200&${query}`)).cases
  assert.deepEqual(
    (await cases('search=ek-012')).map(({ code }) => code),
    ['EK-012'],
  )
  const overijssel = await cases('search=overij')
  assert.ok(overijssel.length > 0 && overijssel.every(({ region }) => region === 'Overijssel'))
  assert.equal((await cases('arm=non-conference')).length, 13)
  const byState = await Promise.all(['answering', 'waiting', 'ended'].map((state) => cases(`state=${state}`)))
  for (const [index, state] of ['answering', 'waiting', 'ended'].entries()) {
    assert.ok(byState[index]?.length, `no family is ${state}`)
    assert.ok(byState[index]?.every((one) => one.state === state))
  }
  assert.equal(byState.flat().length, 70)
  assert.equal((await cases('search=%25')).length, 70)
})

test('a question that the list of families does not take is refused with the place', async () => {
  const { status, text } = await server.get('/api/desk/studies/demonstration/cases?state=asleep&limit=0')
  assert.equal(status, 400)
  const { error } = JSON.parse(text) as { error: { code: string; problems: { path: string }[] } }
  assert.equal(error.code, 'query-invalid')
  assert.deepEqual(error.problems.map(({ path }) => path).sort(), ['/limit', '/state'])
})

test('a family that is not there is not found', async () => {
  assert.equal((await server.get('/api/desk/studies/demonstration/cases/EK-999')).status, 404)
})

test('the desk says of nobody who they are', async () => {
  const { cases } = await server.json<CaseList>('/api/desk/studies/demonstration/cases?limit=200')
  for (const path of [
    '/api/desk/studies/demonstration',
    '/api/desk/studies/demonstration/response',
    '/api/desk/studies/demonstration/cases?limit=200',
    ...cases.map(({ code }) => `/api/desk/studies/demonstration/cases/${code}`),
  ])
    assert.doesNotMatch(
      (await server.get(path)).text,
      /@voorbeeld|(Ouder|Verwijzer|Informant|Coördinator|Dossieronderzoeker|Interviewer|Jongere) Voorbeeld/,
    )
})

test('every score says with which versions it was made, and that these are stand-ins', async () => {
  const { cases } = await server.json<CaseList>('/api/desk/studies/demonstration/cases?limit=200')
  const files = await Promise.all(cases.map(({ code }) => server.json<CaseFile>(`/api/desk/studies/demonstration/cases/${code}`)))
  const scores = files.flatMap((file) => file.scores)
  assert.ok(scores.length > 500)
  for (const score of scores) {
    assert.equal(score.standIn, true)
    assert.match(score.version, /standin/)
    if (score.z !== null) assert.equal(score.norm?.standIn, true)
  }
})

test('scores lie about where the report has them', async () => {
  const { cases } = await server.json<CaseList>('/api/desk/studies/demonstration/cases?limit=200')
  const files = await Promise.all(cases.map(({ code }) => server.json<CaseFile>(`/api/desk/studies/demonstration/cases/${code}`)))
  const meanOf = (instrument: string, scale: string, wave: string): number => {
    const found = files
      .flatMap((file) => file.scores)
      .filter((one) => one.instrument === instrument && one.scale === scale && one.wave === wave)
    const z = found.flatMap((score) => (score.z === null ? [] : [score.z]))
    return z.reduce((sum, value) => sum + value, 0) / z.length
  }
  // Means of tables 3.6, 3.8, 3.9 and 7.2; a quarter of a standard deviation is what invention may be off.
  const expected: [string, string, string, number][] = [
    ['nosik', 'total', 'T0', 0.91],
    ['veo', 'total', 'T0', -0.98],
    ['veo', 'total', 'FU3', -0.99],
    ['veo', 'total', 'FU9', -0.59],
    ['pul', 'autonomy', 'T0', -0.36],
    ['pul', 'social_optimism', 'T0', -0.39],
  ]
  for (const [instrument, scale, wave, mean] of expected) {
    const found = meanOf(instrument, scale, wave)
    assert.ok(Math.abs(found - mean) < 0.25, `${instrument} ${scale} ${wave}: ${found.toFixed(2)} for ${mean}`)
  }
})

test('people declined, withdrew, began without finishing and left questions open', async () => {
  const { cases } = await server.json<CaseList>('/api/desk/studies/demonstration/cases?limit=200')
  const files = await Promise.all(cases.map(({ code }) => server.json<CaseFile>(`/api/desk/studies/demonstration/cases/${code}`)))
  const states = files.flatMap(({ participants }) => participants.map(({ state }) => state))
  assert.ok(states.includes('declined') && states.includes('withdrawn'))
  assert.ok(files.some(({ timeline }) => timeline.some(({ kind }) => kind === 'started')))
  assert.ok(files.some(({ assignments }) => assignments.some(({ skipped }) => (skipped ?? 0) > 0)))
  assert.ok(files.some(({ participants }) => participants.some(({ language }) => language === 'en')))
})

test('whoever opens the mail that the home page points at can answer as that parent, and the scores are there at once', async (t) => {
  const { copy } = await onCopy(t)
  const { mail } = await copy.json<{ mail: MailHeaders | null }>('/api/demo/mail-to-try')
  assert.ok(mail)
  const { link, to } = await copy.json<MailShown>(`/api/demo/mails/${mail.number}`)
  assert.ok(link)
  const parent = new Respondent(copy.origin)
  await parent.open(link)
  await parent.consent()
  const { assignments } = await parent.packet()
  const { definitions } = copy.demonstration.context
  for (const { id } of assignments) {
    const { body } = await parent.request<{ instrument: { id: string; version: string } }>('GET', `/api/assignments/${id}`)
    const instrument = definitions.instruments.need(`${body.instrument.id}@${body.instrument.version}`)
    const { answers, skipped } = simulateAnswers(instrument, randomOf('visitor', id), { aims: {}, leaveOpen: 0 })
    assert.equal((await parent.submit(id, answers, skipped)).status, 200)
  }
  const code = `EK-${to.match(/\d+/)?.[0].padStart(3, '0')}`
  const { scores } = await copy.json<CaseFile>(`/api/desk/studies/demonstration/cases/${code}`)
  for (const instrument of ['nosik', 'nosi-b', 'veo', 'pul'])
    assert.ok(
      scores.some((score) => score.instrument === instrument),
      instrument,
    )
  const { mail: next } = await copy.json<{ mail: MailHeaders | null }>('/api/demo/mail-to-try')
  assert.notEqual(next?.to, to)
})

test('setting the clock ahead a month sends the invitations and reminders of that month, each at its own moment', async (t) => {
  const { copy } = await onCopy(t)
  const planned = await planOf(copy)
  const until = '2026-12-21T15:00:00.000Z'
  const { status, body } = await copy.post('/api/demo/clock', { step: 'month' })
  assert.equal(status, 200)
  assert.deepEqual([(body as { from: string }).from, (body as { to: string }).to], [madeAt, until])
  const { mails } = await copy.json<MailList>('/api/demo/mails?limit=200')
  const arrived = mails.filter(({ at }) => at > madeAt)
  const due = planned.filter(({ at }) => at <= until)
  // What professionals get on one day about several families is one mail.
  const isFamily = (to: string): boolean => /^(ouder|informant)/.test(to)
  assert.deepEqual(
    arrived.flatMap(({ at, to }) => (isFamily(to) ? [at] : [])).sort(),
    due.flatMap(({ at, role }) => (role === 'parent' || role === 'informant' ? [at] : [])),
  )
  assert.deepEqual(new Set(arrived.map(({ at }) => at)), new Set(due.map(({ at }) => at)))
  for (const wave of ['FU3', 'FU9'])
    assert.ok(
      due.some((one) => one.wave === wave && one.message === 'invitation'),
      `no ${wave} went out`,
    )
  const { now } = await copy.json<DeskStudy>('/api/desk/studies/demonstration')
  assert.equal(now, until)
})

/** Every mail that is still to come, by moment. */
async function planOf(demo: DemoServer): Promise<(CaseFile['timeline'][number] & { role: string | undefined })[]> {
  const { cases } = await demo.json<CaseList>('/api/desk/studies/demonstration/cases?limit=200')
  const files = await Promise.all(cases.map(({ code }) => demo.json<CaseFile>(`/api/desk/studies/demonstration/cases/${code}`)))
  return files
    .flatMap(({ timeline, participants }) =>
      timeline
        .filter(({ kind }) => kind === 'message due')
        .map((one) => ({ ...one, role: participants.find(({ id }) => id === one.participant)?.role })),
    )
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
}

test('a day, a week and a month are added to the local time of day, also over a change of the clocks', async (t) => {
  const { copy } = await onCopy(t)
  const now = async () => (await copy.json<{ now: string }>('/api/demo/clock')).now
  await copy.post('/api/demo/clock', { step: 'day' })
  assert.equal(await now(), '2026-11-22T15:00:00.000Z')
  await copy.post('/api/demo/clock', { step: 'week' })
  assert.equal(await now(), '2026-11-29T15:00:00.000Z')
  for (let month = 0; month < 5; month++) await copy.post('/api/demo/clock', { step: 'month' })
  // 29 November + 5 months, of which the fourth (to 28 or 29 March) crosses into summer time.
  assert.equal((await now()).slice(0, 7), '2027-04')
  assert.match(await now(), /T14:00:00/)
})

test('two visitors who set the clock at the same moment set it one after the other', async (t) => {
  const { copy } = await onCopy(t)
  const moved = await Promise.all([copy.post('/api/demo/clock', { step: 'day' }), copy.post('/api/demo/clock', { step: 'day' })])
  assert.deepEqual(
    moved.map(({ status }) => status),
    [200, 200],
  )
  assert.equal((await copy.json<{ now: string }>('/api/demo/clock')).now, '2026-11-23T15:00:00.000Z')
})

test('the clock takes only known steps, and only from its own pages', async () => {
  for (const body of [{ step: 'year' }, { step: -1 }, {}, { days: 3 }])
    assert.equal((await server.post('/api/demo/clock', body)).status, 400)
  const foreign = await server.post(
    '/api/demo/clock',
    { step: 'day' },
    { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' },
  )
  assert.equal(foreign.status, 403)
  assert.equal((await server.json<{ now: string }>('/api/demo/clock')).now, madeAt)
})

test('mails and time are kept when it is stopped and started again', async (t) => {
  const { copy, again } = await onCopy(t)
  await copy.post('/api/demo/clock', { step: 'week' })
  const before = await copy.json<MailList>('/api/demo/mails?limit=200')
  const { now } = await copy.json<{ now: string }>('/api/demo/clock')
  await copy.stop()
  const restarted = await again()
  assert.deepEqual(await restarted.json<MailList>('/api/demo/mails?limit=200'), before)
  assert.equal((await restarted.json<{ now: string }>('/api/demo/clock')).now, now)
})

test('every table and figure of the report tells of somebody', async () => {
  const { context } = server.demonstration
  const out = join(folder, 'report')
  const { code, stderr } = await nameting(
    { DATA_DIR: context.place.data, IDENTITY_KEY_FILE: join(context.place.data, 'identity.key') },
    ...['report', '--study', 'demonstration', '--out', out],
  )
  assert.equal(code, 0, stderr)
  const { sections } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as ReportResult
  const tables = sections.flatMap(({ tables, figures }) => [...tables, ...figures.map(({ table }) => table)])
  assert.ok(tables.length > 30)
  for (const { id, rows } of tables)
    assert.ok(
      rows.some((row) => row.kind === 'cells' && row.cells.some(({ n }) => (n ?? 0) > 0)),
      `${id} is empty`,
    )
  const refused = tables.flatMap(({ tests }) => tests).filter(({ outcome }) => 'refused' in outcome)
  assert.deepEqual(refused, [])
})

test('made a second time on the same day it has the same answers and the same scores', async (t) => {
  const again = await startDemoServer(temporaryFolder(t), standing)
  const [first, second] = await Promise.all([server, again].map(scoresOf))
  await again.stop()
  assert.deepEqual(second, first)
  assert.ok(first?.flat().length)
})

/** All scores by family, role, wave and scale, without the pseudonyms, which are random. */
async function scoresOf(demo: DemoServer) {
  const { cases } = await demo.json<CaseList>('/api/desk/studies/demonstration/cases?limit=200')
  const files = await Promise.all(cases.map(({ code }) => demo.json<CaseFile>(`/api/desk/studies/demonstration/cases/${code}`)))
  return files.map((file) =>
    file.scores
      .map(({ wave, instrument, scale, raw, z, band, reason }) =>
        JSON.stringify([file.code, wave, instrument, scale, raw, z, band, reason]),
      )
      .sort(),
  )
}

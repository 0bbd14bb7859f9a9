/** The report at the desk: who may have it, what is behind its numbers, and what is written down of taking it away. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { daysKept, mostKept, removeKeptReports } from '../../server/workflow/kept-reports.ts'
import { eraseFor } from '../../server/workflow/leaving.ts'
import type { ReportJob } from '../../server/workflow/report-jobs.ts'
import { freePort } from '../harness/free-port.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { serveHere } from '../harness/study-server.ts'
import { openReportStudy, type ReportStudy } from '../report/study.ts'

const closing: (() => unknown)[] = []
let study: ReportStudy
let server: { context: ReportStudy['context']; origin: string }
let researcher: StaffClient
let report: string

before(async () => {
  study = await openReportStudy({ after: (work) => void closing.push(work) }, 6)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  server = { context: { ...study.context, baseUrl: origin }, origin }
  const listening = await serveHere(server.context, port)
  closing.push(() => listening.close())
  researcher = await staffAt(server, 'researcher')
  report = (await made({ percentages: 'plain', maskSmallCells: false })).id
})
after(async () => {
  for (const work of closing.reverse()) await work()
})

/** A report that is done. */
async function made(options: { percentages: string; maskSmallCells: boolean }): Promise<ReportJob> {
  let { body } = await researcher.call('POST /studies/s1/reports', options)
  while (body.state === 'working') {
    await new Promise((resolve) => setTimeout(resolve, 50))
    body = (await researcher.call(`GET /studies/s1/reports/${body.id}`)).body
  }
  assert.equal(body.state, 'done', JSON.stringify(body))
  return body
}

interface Part {
  id: string
  columns: string[]
  rows: { heading?: string; title?: string; cells?: { text: string | null; masked: boolean; n: number | null }[] }[]
}

async function partsOf(id: string): Promise<Part[]> {
  const { status, body } = await researcher.call(`GET /studies/s1/reports/${id}/tables?language=en`)
  assert.equal(status, 200)
  return body.sections.flatMap(({ parts }: { parts: Part[] }) => parts)
}

test('at the desk it says by the clock of the study when it was made', async () => {
  const { body } = await researcher.call(`GET /studies/s1/reports/${report}/tables?language=en`)
  assert.match(body.moment, /\(Europe\/Amsterdam\)/)
  assert.doesNotMatch(body.moment, /UTC/)
})

test('a number opens into its cases, as many as it says', async () => {
  const part = (await partsOf(report)).find(({ id }) => id === '6.1') ?? assert.fail()
  const row = part.rows.findIndex(({ title }) => title === 'Total')
  const cells = part.rows[row]?.cells ?? []
  assert.equal(cells.length, 9)
  for (const [column, { n }] of cells.entries()) {
    const { body } = await researcher.call(`GET /studies/s1/reports/${report}/behind?table=6.1&row=${row}&column=${column}`)
    assert.ok(n !== null && n > 0)
    assert.equal(body.cases.length, n)
    for (const { code } of body.cases) assert.match(code, /^R0\d$/)
  }
})

test('with small numbers left out there is nobody behind any number: a total less its parts would be the few', async () => {
  const masked = await made({ percentages: 'plain', maskSmallCells: true })
  const parts = await partsOf(masked.id)
  for (const isMasked of [true, false]) {
    const [first] = parts.flatMap(({ id, rows }) =>
      rows.flatMap(({ cells = [] }, row) =>
        cells.flatMap((cell, column) => (cell.masked === isMasked && (isMasked || (cell.n ?? 0) > 0) ? [{ id, row, column }] : [])),
      ),
    )
    const { id, row, column } = first ?? assert.fail()
    const { body } = await researcher.call(`GET /studies/s1/reports/${masked.id}/behind?table=${id}&row=${row}&column=${column}`)
    assert.deepEqual(body, { cases: [] })
  }
  assert.equal(existsSync(join(study.context.place.data, 'reports', masked.id, 'cases.json')), false)
})

describe('a file', () => {
  const kinds = { html: /^<!doctype html>[\s\S]*<svg /, pdf: /^%PDF-/, zip: /^PK/ }

  for (const [file, begins] of Object.entries(kinds))
    test(`can be taken as ${file}, and names no family`, async () => {
      const answer = await fetch(`${server.origin}/api/desk/studies/s1/reports/${report}/file?file=${file}&language=en`, {
        headers: { Cookie: researcher.cookie },
      })
      assert.equal(answer.headers.get('content-disposition'), `attachment; filename="report-s1-en.${file}"`)
      const text = Buffer.from(await answer.arrayBuffer()).toString('latin1')
      assert.match(text, begins)
      assert.doesNotMatch(text, /\bR0\d\b/)
    })

  test('is registered as an export with its cases, and stands in the access log', async () => {
    const { body } = await researcher.call('GET /studies/s1/exports')
    const taken = body.exports.filter(({ layouts }: { layouts: string[] }) => layouts.includes('report'))
    assert.deepEqual(taken.map(({ formats }: { formats: string[] }) => formats.join()).sort(), ['csv', 'html', 'pdf'])
    for (const { cases, via } of taken) assert.deepEqual([cases, via], [6, 'desk'])
    const log = await (await staffAt(server, 'data manager')).call('GET /studies/s1/access')
    const actions = new Set(log.body.rows.map(({ action }: { action: string }) => action))
    for (const action of ['made report', 'saw report', 'saw cases of number', 'took report']) assert.ok(actions.has(action), action)
  })
})

test('a report is for whoever may export all of the study', async () => {
  const options = { percentages: 'plain', maskSmallCells: false }
  const coordinator = await staffAt(server, 'coordinator')
  const ofOneRegion = await staffAt(server, [{ role: 'researcher', region: 'Verzinstad' }])
  for (const somebody of [coordinator, ofOneRegion]) {
    assert.equal((await somebody.call('POST /studies/s1/reports', options)).status, 403)
    assert.equal((await somebody.call(`GET /studies/s1/reports/${report}/tables?language=nl`)).status, 403)
    assert.equal((await somebody.call(`GET /studies/s1/reports/${report}/behind?table=6.1&row=0&column=0`)).status, 403)
  }
})

test('what is not there is not found, and what is asked wrongly is refused', async () => {
  const status = async (path: string) => (await researcher.call(`GET /studies/s1/reports/${path}`)).status
  assert.equal(await status('0000000000000000'), 404)
  assert.equal(await status('0000000000000000/tables?language=nl'), 404)
  assert.equal(await status(`${report}/behind?table=none&row=0&column=0`), 404)
  assert.equal(await status(`${report}/behind?table=6.1&row=900&column=0`), 404)
  assert.equal(await status(`${report}/behind?table=6.1&row=-1&column=0`), 400)
  assert.equal(await status(`${report}/file?file=exe&language=nl`), 400)
  assert.equal(await status(`${report}/tables?language=tr`), 400)
})

test('one that is stopped says so', async () => {
  const { body } = await researcher.call('POST /studies/s1/reports', { percentages: 'plain', maskSmallCells: false })
  assert.equal((await researcher.call(`POST /studies/s1/reports/${body.id}/cancel`, {})).status, 200)
  let state = 'working'
  while (state === 'working') {
    await new Promise((resolve) => setTimeout(resolve, 20))
    state = (await researcher.call(`GET /studies/s1/reports/${body.id}`)).body.state
  }
  assert.equal(state, 'cancelled')
})

describe('a report is kept', () => {
  const plain = { percentages: 'plain', maskSmallCells: false }
  const folder = (id: string): string => join(study.context.place.data, 'reports', id)
  const listed = async (): Promise<(ReportJob & { by: string })[]> => (await researcher.call('GET /studies/s1/reports')).body.reports

  test('over a restart of the server, with its moment, who asked for it and its protocol', async () => {
    const port = await freePort()
    const again = await serveHere({ ...server.context, baseUrl: `http://127.0.0.1:${port}` }, port)
    try {
      const call = async (path: string) =>
        (await fetch(`http://127.0.0.1:${port}/api/desk/studies/s1/reports${path}`, { headers: { cookie: researcher.cookie } })).json()
      const { reports, protocol } = await call('')
      const found = reports.find(({ id }: ReportJob) => id === report)
      assert.deepEqual([found.state, found.protocol, found.cases], ['done', protocol, 6])
      assert.match(found.by, /\S/)
      const [ended] = study.rows<{ at: string }>(`SELECT ended_at AS at FROM reports WHERE id = '${report}'`)
      assert.equal(
        found.until,
        Temporal.Instant.from(ended?.at ?? '')
          .add({ hours: 24 * daysKept })
          .toString({ fractionalSecondDigits: 3 }),
      )
      assert.deepEqual(
        await call(`/${report}/tables?language=en`),
        (await researcher.call(`GET /studies/s1/reports/${report}/tables?language=en`)).body,
      )
      const row = '/behind?table=6.1&row=0&column=0'
      assert.deepEqual(await call(`/${report}${row}`), (await researcher.call(`GET /studies/s1/reports/${report}${row}`)).body)
    } finally {
      await again.close()
    }
  })

  test('one that the server did not live to see the end of is told as that, and is on no list', async () => {
    await study.context.stores.study.withTx(async (tx) => {
      tx.run(
        `INSERT INTO reports (id, study_id, started_by, started_at, state, options, protocol, cases) VALUES ('cut-off', 's1', 'x', '2026-01-01T00:00:00Z', 'working', '{}', 'x@1.0.0', 0)`,
      )
    })
    assert.equal((await researcher.call('GET /studies/s1/reports/cut-off')).body.state, 'interrupted')
    assert.ok(!(await listed()).some(({ id }) => id === 'cut-off'))
  })

  test('whoever asks for one that is under way gets that one', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => researcher.call('POST /studies/s1/reports', { ...plain, percentages: 'adds-to-100' })),
    )
    assert.equal(first?.body.id, second?.body.id)
    while ((await researcher.call(`GET /studies/s1/reports/${first?.body.id}`)).body.state === 'working')
      await new Promise((resolve) => setTimeout(resolve, 50))
  })

  test('when answers are erased nothing of single families is left in it, and its totals are', async () => {
    const before = await partsOf(report)
    const behind = `GET /studies/s1/reports/${report}/behind?table=6.1&row=0&column=0`
    assert.ok((await researcher.call(behind)).body.cases.length > 0)
    const drawn = (parts: Part[]) =>
      JSON.stringify(
        parts.map((part) =>
          (part as { figure?: { series: { lines: unknown[]; pairs?: unknown[] }[] } }).figure?.series.map(
            ({ lines, pairs = [] }) => lines.length + pairs.length,
          ),
        ),
      )
    assert.match(drawn(before), /[1-9]/)
    const [parent] = study.rows<{ id: string }>(
      "SELECT p.id FROM participants p JOIN cases c ON c.id = p.case_id WHERE c.code = 'R00' AND p.role = 'parent'",
    )
    await eraseFor(study.context, { id: parent?.id ?? '' }, 'everywhere', { staff: 'x', why: 'asked for it' })
    assert.deepEqual((await researcher.call(behind)).body, { cases: [] })
    assert.equal(existsSync(join(folder(report), 'cases.json')), false)
    const after = await partsOf(report)
    assert.deepEqual(
      after.map(({ rows }) => rows),
      before.map(({ rows }) => rows),
    )
    assert.doesNotMatch(drawn(after), /[1-9]/)
    assert.doesNotMatch(readFileSync(join(folder(report), 'report.json'), 'utf8'), /\bR0\d\b/)
    const { body } = await researcher.call(`GET /studies/s1/reports/${report}/tables?language=nl`)
    assert.match(body.casesRemovedAt, /^20/)
    // One that is made now knows its families again.
    const later = await made(plain)
    assert.equal(later.casesRemovedAt, null)
    assert.ok((await researcher.call(behind.replace(report, later.id))).body.cases.length > 0)
  })

  test('for so many days, and so many of the latest', async () => {
    const all = await listed()
    const [latest] = all
    assert.ok(latest)
    const ended = study.rows<{ ended_at: string }>(`SELECT ended_at FROM reports WHERE id = '${latest.id}'`)[0]?.ended_at ?? ''
    await study.context.stores.study.withTx(async (tx) => {
      for (let number = 0; number < mostKept - 1; number++)
        tx.run(
          `INSERT INTO reports SELECT 'copy-${number}', study_id, started_by, '2099-01-01T00:00:00.000Z', ended_at, state, options, protocol, cases, failure, cases_removed_at, removed_at FROM reports WHERE id = '${latest.id}'`,
        )
    })
    assert.equal((await listed()).length, mostKept)
    assert.ok(existsSync(folder(latest.id)))
    for (const { id } of all.slice(1)) {
      assert.equal(existsSync(folder(id)), false)
      assert.equal((await researcher.call(`GET /studies/s1/reports/${id}`)).body.state, 'removed')
    }
    // A day longer: these copies have no files, as if a server had them that is no more.
    const now = new Date(Date.parse(ended) + (daysKept + 1) * 86_400_000).toISOString()
    await removeKeptReports({ ...server.context, clock: { now: () => now } })
    assert.deepEqual([existsSync(folder(latest.id)), await listed()], [false, []])
  })
})

/** The report at the desk: who may have it, what is behind its numbers, and what is written down of taking it away. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ReportJob } from '../../server/workflow/report-jobs.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { freePort, serveHere } from '../harness/study-server.ts'
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

test('with small numbers left out there is nobody behind those', async () => {
  const masked = await made({ percentages: 'plain', maskSmallCells: true })
  const part = (await partsOf(masked.id)).find(({ id }) => id === '3.5') ?? assert.fail()
  const row = part.rows.findIndex(({ cells }) => cells?.some((cell) => cell.masked))
  const column = part.rows[row]?.cells?.findIndex((cell) => cell.masked) ?? -1
  assert.ok(column >= 0)
  const { body } = await researcher.call(`GET /studies/s1/reports/${masked.id}/behind?table=3.5&row=${row}&column=${column}`)
  assert.deepEqual(body, { cases: [] })
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
    for (const action of ['made report', 'saw cases of number', 'took report']) assert.ok(actions.has(action), action)
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

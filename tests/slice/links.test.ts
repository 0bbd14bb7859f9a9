/** The page behind a link in a mail, as different people and browsers meet it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address, answersTo, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const parent = address('parent', 'A-001')

async function invited(t: Parameters<typeof startStudyServer>[0]): Promise<{ server: StudyServer; link: string }> {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  await server.tick()
  return { server, link: server.mail.linkTo(parent) }
}

test('the button works in a browser that says only by Origin where it comes from, and the page lets it say so', async (t) => {
  const { server, link } = await invited(t)
  const page = await fetch(link)
  // Under no-referrer such a browser sends `Origin: null` with a form, which could come from anywhere.
  assert.equal(page.headers.get('Referrer-Policy'), 'strict-origin')
  const sent = await fetch(link, { method: 'POST', redirect: 'manual', headers: { Origin: server.origin } })
  assert.equal(sent.status, 303)
  assert.equal((await fetch(link, { method: 'POST', redirect: 'manual', headers: { Origin: 'null' } })).status, 403)
})

test('what goes wrong on a page is told on a page, in words that say what to do', async (t) => {
  const { server, link } = await invited(t)
  const told = async (path: string, request: RequestInit): Promise<[status: number, type: string | null, text: string]> => {
    const answer = await fetch(new URL(path, server.origin), { redirect: 'manual', ...request })
    return [answer.status, answer.headers.get('Content-Type'), await answer.text()]
  }
  const [foreign, foreignType, foreignText] = await told(link, { method: 'POST', headers: { Origin: 'https://elsewhere.example' } })
  assert.deepEqual([foreign, foreignType], [403, 'text/html; charset=UTF-8'])
  assert.match(foreignText, /Open de link nog een keer vanuit de mail/)
  const [large, largeType, largeText] = await told(link, { method: 'POST', body: 'x'.repeat(300_000) })
  assert.deepEqual([large, largeType], [413, 'text/html; charset=UTF-8'])
  assert.match(largeText, /Er ging iets mis/)
  // A table that is gone stands for every mistake of our own.
  await server.context.stores.study.withTx(async (tx) => void tx.run('ALTER TABLE links RENAME TO links_away'))
  const [broken, brokenType, brokenText] = await told(link, { headers: { 'Accept-Language': 'en' } })
  assert.deepEqual([broken, brokenType], [500, 'text/html; charset=UTF-8'])
  assert.match(brokenText, /Something went wrong/)
  const [api, apiType, apiText] = await told('/api/packet/consents', { method: 'POST', headers: { Origin: 'https://elsewhere.example' } })
  assert.deepEqual([api, apiType], [403, 'application/json'])
  assert.equal(JSON.parse(apiText).error.code, 'origin-foreign')
})

test('whoever stopped finds no new request behind their link, but how to come back', async (t) => {
  const { server, link } = await invited(t)
  const respondent = new Respondent(server.origin)
  await respondent.open(link)
  await respondent.request('POST', '/api/packet/withdraw', {})
  const page = await fetch(link)
  const text = await page.text()
  assert.equal(page.status, 200)
  assert.match(text, /U doet niet meer mee/)
  assert.match(text, /onderzoek@voorbeeld\.example/)
  assert.doesNotMatch(text, /<form|vraagt u om/)
})

test('the link of a packet that is done still opens it, and shows what was done', async (t) => {
  const { server, link } = await invited(t)
  const first = new Respondent(server.origin)
  await first.open(link)
  await first.consent()
  for (const { id, title } of (await first.packet()).assignments) {
    const [instrument] = server.context.definitions.instruments.all().filter(({ survey }) => survey.title.nl === title.nl)
    assert.ok(instrument)
    assert.equal((await first.submit(id, answersTo(instrument, 1))).status, 200)
  }
  const later = new Respondent(server.origin)
  await later.open(link)
  assert.deepEqual(
    (await later.packet()).assignments.map(({ state }) => state),
    ['completed', 'completed', 'completed', 'completed'],
  )
})

test('a link of an earlier wave leads to the newest mail, and not into a later wave', async (t) => {
  const { server, link } = await invited(t)
  server.clock.set('2026-07-20T12:00:00Z')
  await server.tick()
  const newest = server.mail.linkTo(parent)
  assert.notEqual(newest, link)
  const page = await fetch(link, { headers: { 'Accept-Language': 'nl' } })
  assert.equal(page.status, 410)
  assert.match(await page.text(), /Open dan de link in de nieuwste mail/)
  assert.equal((await fetch(link, { method: 'POST', redirect: 'manual' })).status, 410)
  const respondent = new Respondent(server.origin)
  await respondent.open(newest)
  assert.deepEqual(
    (await respondent.packet()).assignments.map(({ wave }) => wave),
    ['FU3', 'FU3'],
  )
})

test('the next person on the same device gets a session of their own, and nothing of the one before', async (t) => {
  const server = await startStudyServer(t, '2026-07-20T12:00:00Z')
  await server.register(family('A-001'))
  server.clock.set('2026-07-21T12:00:00Z')
  await server.tick()
  const [mother, informant] = [new Respondent(server.origin), new Respondent(server.origin)]
  await mother.open(server.mail.linkTo(parent))
  await mother.consent()
  const [list] = (await mother.packet()).assignments
  assert.ok(list)
  assert.equal((await mother.request('PUT', `/api/assignments/${list.id}/draft`, { revision: 0, answers: {}, page: null })).status, 200)
  await informant.open(server.mail.linkTo(address('informant', 'A-001')))
  await informant.consent()
  const base = `/api/assignments/${list.id}`
  const tried: [method: string, path: string, body?: unknown][] = [
    ['GET', ''],
    ['PUT', '/draft', { revision: 1, answers: {}, page: null }],
    ['POST', '/submit', { answers: {}, skipped: [], language: 'nl' }],
  ]
  for (const [method, path, sent] of tried) {
    const refused = await informant.request<{ error: { code: string } }>(method, `${base}${path}`, sent)
    assert.deepEqual([refused.status, refused.body.error.code], [404, 'assignment-unknown'])
  }
  assert.equal((await informant.packet()).participant.role, 'informant')
})

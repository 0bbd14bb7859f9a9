/** A professional with several cases, without any script. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { tasksOf } from '../../server/workflow/tasks.ts'
import { PlainBrowser } from '../harness/plain-browser.ts'
import { startStudyServer } from '../harness/study-server.ts'

const mine = 'coordinator@werk.example'
const coordinated = (code: string, email = mine): CaseEntry => ({
  code,
  arm: 'referred',
  cohort: 'ongoing',
  anchors: { conference: '2026-03-01' },
  participants: [{ role: 'coordinator', name: 'Coördinator Voorbeeld', email, language: 'nl' }],
})

async function withCases(t: Parameters<typeof startStudyServer>[0]) {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { entry: { protocol: 'ekc-yearly@0.1.0-standin' } })
  await server.register(coordinated('A-001'), coordinated('A-002'), coordinated('A-003'), coordinated('B-001', 'ander@werk.example'))
  await server.tick()
  const browser = new PlainBrowser(server.origin)
  await browser.open(server.mail.linkTo(mine))
  await browser.press('Verder')
  return { server, browser }
}

test('all cases are on one page, with a button for reminders', async (t) => {
  const { server, browser } = await withCases(t)
  assert.equal(browser.heading, 'Uw gezinnen')
  for (const code of ['A-001', 'A-002', 'A-003']) assert.match(browser.text, new RegExp(`Gezin ${code}`))
  assert.doesNotMatch(browser.page.html, /B-001/)
  await browser.press('Geen herinneringen meer')
  assert.equal(browser.heading, 'Uw gezinnen')
  assert.match(browser.text, /U krijgt geen herinneringen meer/)
  assert.equal(server.rows('select * from participants where reminders_stopped_at is not null').length, 3, 'in all cases')
})

test('a case is handed to a colleague: who, whether that is right, and then once', async (t) => {
  const { server, browser } = await withCases(t)
  await browser.open('/packet/cases/A-002')
  await browser.follow('Overdragen aan een collega')
  browser.fill('name', 'Collega Voorbeeld')
  await browser.press('Verder')
  assert.equal(browser.page.status, 422)
  assert.match(browser.text, /Vul een e-mailadres in\./)
  assert.deepEqual(browser.valueOf('name'), ['Collega Voorbeeld'])
  browser.fill('email', mine)
  await browser.press('Verder')
  assert.equal(browser.heading, 'Klopt dit?')
  await browser.press('Ja, overdragen')
  assert.equal(browser.page.status, 422)
  assert.match(browser.text, /Dit is het adres waarop u zelf mail van ons krijgt\./)
  browser.fill('email', 'colega@werk.example')
  await browser.press('Verder')
  await browser.press('Aanpassen')
  assert.deepEqual(browser.valueOf('email'), ['colega@werk.example'])
  browser.fill('email', 'collega@werk.example')
  await browser.press('Verder')
  const sure = browser.posting('Ja, overdragen')
  await browser.post(sure)
  assert.equal(browser.heading, 'U heeft gezin A-002 overgedragen')
  await browser.post(sure)
  assert.equal(browser.heading, 'U heeft gezin A-002 overgedragen')
  assert.deepEqual(
    (await tasksOf(server.context, 's1')).map(({ kind, caseCode }) => [kind, caseCode]),
    [['case handed over', 'A-002']],
  )
  await browser.follow('Terug naar uw gezinnen')
  assert.match(browser.text, /Overgedragen op/)
})

test('a family that is not known any more is said so, with a reason', async (t) => {
  const { server, browser } = await withCases(t)
  await browser.open('/packet/cases/A-001')
  await browser.follow('Ik ken dit gezin niet (meer)')
  await browser.press('Doorgeven')
  assert.equal(browser.page.status, 422)
  assert.match(browser.text, /Kies een antwoord\./)
  browser.fill('reason', 'left-work')
  await browser.press('Doorgeven')
  assert.equal(browser.heading, 'Dank u wel, dat is doorgegeven')
  assert.deepEqual(
    (await tasksOf(server.context, 's1')).map(({ kind, caseCode }) => [kind, caseCode]),
    [['family unknown', 'A-001']],
  )
})

test('a case of somebody else is not there, whatever is done', async (t) => {
  const { server, browser } = await withCases(t)
  for (const page of ['', '/hand-over', '/leave']) {
    await browser.open(`/packet/cases/B-001${page}`)
    assert.deepEqual([browser.page.status, browser.heading], [404, 'Deze pagina is er niet'])
    if (page) await browser.post({ action: `${server.origin}/packet/cases/B-001${page}`, body: 'reason=left-work' })
    assert.equal(browser.heading, 'Deze pagina is er niet')
    if (page)
      await browser.post({
        action: `${server.origin}/packet/cases/B-001${page}`,
        body: 'name=X&email=x%40werk.example&hand-over=sure&reason=left-work',
      })
    assert.equal(browser.heading, 'Deze pagina is er niet')
  }
  assert.deepEqual(await tasksOf(server.context, 's1'), [])
})

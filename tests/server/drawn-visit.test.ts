/** A whole visit without any script: each thing that can be done with scripts, by links and forms. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address, family } from '../harness/family.ts'
import { PlainBrowser } from '../harness/plain-browser.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

type Test = Parameters<typeof startStudyServer>[0]

/** A parent before the page that asks for consent. */
async function arrived(t: Test): Promise<{ server: StudyServer; browser: PlainBrowser; link: string }> {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  const link = server.mail.linkTo(address('parent', 'EK-001'))
  const browser = new PlainBrowser(server.origin)
  await browser.open(link)
  await browser.press('Verder')
  return { server, browser, link }
}

async function agreed(t: Test) {
  const visit = await arrived(t)
  for (const [, name = ''] of visit.browser.page.html.matchAll(/name="(consent-[\w-]+)"/g)) visit.browser.fill(name, '1')
  await visit.browser.press('Verder')
  assert.equal(visit.browser.heading, 'Uw vragenlijsten')
  return visit
}

test('consent that was not answered for each purpose is asked again, and nothing is kept', async (t) => {
  const { server, browser } = await arrived(t)
  assert.equal(browser.heading, 'Doet u mee?')
  await browser.press('Verder')
  assert.equal(browser.page.status, 422)
  assert.match(browser.text, /Kies ja of nee\./)
  assert.deepEqual(server.rows('select * from consents'), [])
})

test('the language is changed on any page, stays there, and is kept with the participant', async (t) => {
  const { server, browser } = await agreed(t)
  await browser.press('English')
  assert.equal(browser.heading, 'Your questionnaires')
  await browser.follow('Start')
  const list = browser.page.address
  browser.fill('nosik01', '3')
  await browser.press('Nederlands')
  assert.equal(browser.page.address, list)
  assert.match(browser.page.html, /<html lang="nl"/)
  assert.deepEqual(browser.valueOf('nosik01'), ['3'], 'what was filled in is kept by whatever is pressed')
  assert.deepEqual(server.rows("select language from participants where role = 'parent'"), [{ language: 'nl' }])
})

test('reminders are stopped and wanted again', async (t) => {
  const { server, browser } = await agreed(t)
  const stopped = () =>
    server.rows<{ at: string | null }>("select reminders_stopped_at as at from participants where role = 'parent'")[0]?.at ?? null
  await browser.press('Geen herinneringen meer')
  assert.match(browser.text, /U krijgt geen herinneringen meer/)
  assert.notEqual(stopped(), null)
  await browser.press('Toch weer herinneringen')
  assert.equal(stopped(), null)
  assert.match(browser.text, /Dan krijgt u een herinnering per mail/)
})

test('stopping is asked once, and can be taken back until then', async (t) => {
  const { server, browser } = await agreed(t)
  const state = () => server.rows<{ state: string }>("select state from participants where role = 'parent'")[0]?.state
  await browser.follow('Stoppen met het onderzoek')
  assert.equal(browser.heading, 'Wilt u stoppen met het onderzoek?')
  assert.equal(state(), 'active')
  await browser.follow('Nee, ik ga verder')
  assert.equal(browser.heading, 'Uw vragenlijsten')
  await browser.follow('Stoppen met het onderzoek')
  const twice = browser.posting('Ja, ik stop met het onderzoek')
  await browser.post(twice)
  assert.equal(browser.heading, 'U bent gestopt met het onderzoek')
  assert.equal(state(), 'withdrawn')
  await browser.post(twice)
  assert.equal(browser.heading, 'U bent gestopt met het onderzoek')
  assert.equal(server.rows("select * from messages where kind = 'stop confirmation'").length, 1, 'one mail confirms it')
})

test('answers are erased along with stopping, or afterwards', async (t) => {
  const { server, browser } = await agreed(t)
  await browser.follow('Beginnen')
  browser.fill('nosik01', '3')
  await browser.press('Later verdergaan')
  assert.match(browser.text, /1 van 25 vragen ingevuld/)
  await browser.follow('Stoppen met het onderzoek')
  await browser.press('Ja, ik stop met het onderzoek')
  await browser.follow('Mijn antwoorden wissen')
  assert.equal(browser.heading, 'Wilt u uw antwoorden laten wissen?')
  await browser.follow('Nee, terug')
  await browser.follow('Mijn antwoorden wissen')
  assert.equal(server.rows('select * from drafts').length, 1)
  await browser.press('Ja, wis mijn antwoorden')
  assert.match(browser.text, /Uw antwoorden zijn gewist\./)
  assert.deepEqual(server.rows('select * from drafts'), [])
})

test('stopping and erasing go in one', async (t) => {
  const { server, browser } = await agreed(t)
  await browser.follow('Stoppen met het onderzoek')
  await browser.follow('Stoppen en mijn antwoorden wissen')
  await browser.press('Ja, ik stop. Wis mijn antwoorden')
  assert.equal(browser.heading, 'U bent gestopt met het onderzoek')
  assert.deepEqual(server.rows("select state from participants where role = 'parent'"), [{ state: 'withdrawn' }])
})

test('logging out keeps what was filled in, ends the session, and leaves nothing to go back to', async (t) => {
  const { server, browser } = await agreed(t)
  await browser.follow('Beginnen')
  const list = browser.page.address
  browser.fill('nosik02', '4')
  await browser.press('Uitloggen')
  assert.equal(browser.heading, 'U bent uitgelogd')
  assert.equal(browser.cookie, '')
  assert.deepEqual(server.rows('select * from sessions'), [])
  assert.deepEqual(server.rows('select answers from drafts'), [{ answers: '{"nosik02":4}' }])
  await browser.open(list)
  assert.equal(browser.page.status, 401)
  assert.equal(browser.heading, 'Open de link in uw mail')
})

test('away in a hurry ends the session, keeps what was filled in, and leads to another site at once', async (t) => {
  const { server, browser } = await agreed(t)
  await browser.follow('Beginnen')
  browser.fill('nosik02', '4')
  await browser.press('Snel weg')
  assert.equal(browser.page.status, 200)
  assert.equal(browser.page.headers.get('Refresh'), `0; url=${server.context.quickExitUrl}`)
  assert.doesNotMatch(browser.page.html, /nosik|Vragenlijst/i)
  assert.deepEqual(server.rows('select * from sessions'), [])
  assert.equal(server.rows('select * from drafts').length, 1)
})

test('nothing that is drawn may be kept by a browser or a cache, and logging out says so once more', async (t) => {
  const { server, browser, link } = await agreed(t)
  for (const path of [link, '/packet', '/packet/stop', '/packet/erase', '/packet/nothing']) {
    await browser.open(path)
    assert.equal(browser.page.headers.get('Cache-Control'), 'no-store', path)
  }
  await browser.open('/packet')
  await browser.follow('Beginnen')
  assert.equal(browser.page.headers.get('Cache-Control'), 'no-store')
  const { action, body } = browser.posting('Uitloggen')
  const answer = await fetch(action, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(body),
    headers: { Cookie: browser.cookie, Origin: server.origin },
  })
  assert.equal(answer.status, 303)
  assert.equal(answer.headers.get('Clear-Site-Data'), '"cache"')
})

test('whoever stopped, or has no session, gets a page on every address', async (t) => {
  const { browser } = await agreed(t)
  await browser.open('/packet/nothing')
  assert.deepEqual([browser.page.status, browser.heading], [404, 'Deze pagina is er niet'])
  await browser.open('/packet/lists/nothing')
  assert.deepEqual([browser.page.status, browser.heading], [404, 'Deze pagina is er niet'])
  await browser.follow('Naar het overzicht')
  const stranger = new PlainBrowser(new URL(browser.page.address).origin)
  for (const path of ['/packet', '/packet/stop', '/packet/erase', '/packet/cases/EK-001', '/packet/lists/x', '/packet/x']) {
    await stranger.open(path)
    assert.deepEqual([stranger.page.status, stranger.heading], [401, 'Open de link in uw mail'], path)
    assert.doesNotMatch(stranger.page.html, /<noscript>/)
  }
})

test('a link that scanners open, with GET and HEAD, again and again, stays as it was', async (t) => {
  const { server, link } = await agreed(t)
  const everything = () => server.rows<{ n: number }>('select (select count(*) from events) + (select count(*) from sessions) as n')
  const before = everything()
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET']) {
    const answer = await fetch(link, { method })
    assert.equal(answer.status, 200)
    await answer.text()
  }
  assert.deepEqual(everything(), before)
  const browser = new PlainBrowser(server.origin)
  await browser.open(link)
  const press = browser.posting('Verder')
  await browser.post(press)
  await browser.post(press)
  assert.equal(browser.heading, 'Uw vragenlijsten')
})

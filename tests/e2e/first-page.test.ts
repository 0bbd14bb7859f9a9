/** The first page of a list as the server draws it: nothing that is tapped is lost, whenever it is tapped, and nothing moves when scripts take over. */
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { assertAccessible } from '../harness/accessible.ts'
import { allTogether } from '../harness/all-together.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { address, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** A parent who agreed, on a page that has not opened their first list yet. `held`: scripts that only come when the test lets them. */
async function beforeTheList(t: TestContext, { javaScriptEnabled = true, held = /$^/ } = {}) {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'), family('EK-002'))
  await server.tick()
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address('parent', 'EK-001')))
  await respondent.consent()
  const id = (await respondent.packet()).assignments[0]?.id ?? ''
  const { context, page, complaints } = await openPage(browser, server.origin, { javaScriptEnabled })
  t.after(() => context.close())
  await context.addCookies(
    respondent.cookie.split('; ').map((cookie) => {
      const [name = '', value = ''] = cookie.split('=')
      return { name, value, url: server.origin }
    }),
  )
  let release: () => void = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(held, async (route) => {
    await released
    await route.continue()
  })
  return { server, respondent, id, page, complaints, release, url: `${server.origin}/packet/lists/${id}` }
}

const draftOf = async (respondent: Respondent, id: string) => {
  const { body } = await respondent.request<{ draft: { answers: Record<string, unknown> } | null }>('GET', `/api/assignments/${id}`)
  return body.draft?.answers ?? {}
}

const comesToHold = (respondent: Respondent, id: string, answers: Record<string, unknown>): Promise<void> =>
  becomes(() => draftOf(respondent, id), answers)

const choice = (page: Page, item: string, value: number) => page.locator(`input[name="${item}"][value="${value}"]`)
const isInCharge = (page: Page) => page.waitForFunction(() => performance.getEntriesByName('survey in charge').length > 0)

test('what is tapped before any script is there is kept, and stays on the screen', async (t) => {
  const { respondent, id, page, complaints, release, url } = await beforeTheList(t, { held: /\/assets\/.*\.js$/ })
  await page.goto(url, { waitUntil: 'commit' })
  await choice(page, 'nosik01', 3).check()
  await choice(page, 'nosik02', 5).check()
  await choice(page, 'nosik01', 2).check()
  assert.deepEqual(await draftOf(respondent, id), {})
  release()
  await comesToHold(respondent, id, { nosik01: 2, nosik02: 5 })
  await isInCharge(page)
  assert.equal(await choice(page, 'nosik01', 2).isChecked(), true)
  assert.equal(await choice(page, 'nosik02', 5).isChecked(), true)
  assert.equal(await page.locator('.choice-checked').count(), 2)
  assert.deepEqual(complaints, [])
})

for (const isHurried of [false, true])
  test(`consent that is chosen before any script is there counts, ${isHurried ? 'also for who goes on the moment it comes' : 'and stays on the screen'}`, async (t) => {
    const server = await startStudyServer(t)
    await server.register(family('EK-001'))
    await server.tick()
    const { page, context, complaints } = await openPage(browser, server.origin)
    t.after(() => context.close())
    let release: () => void = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/\/assets\/.*\.js$/, async (route) => {
      await released
      await route.continue()
    })
    await page.goto(server.mail.linkTo(address('parent', 'EK-001')))
    await page.getByRole('button', { name: 'Verder' }).click({ noWaitAfter: true })
    const yes = page.getByRole('radio', { name: 'Ja, dat vind ik goed' })
    await yes.first().check()
    if (isHurried) {
      await yes.nth(1).check()
      await page.evaluate(() =>
        new MutationObserver((_, watching) => {
          if (!document.documentElement.matches('.live')) return
          watching.disconnect()
          document.querySelector<HTMLElement>('form[action="/packet"] button.button-primary')?.click()
        }).observe(document.documentElement, { attributeFilter: ['class'] }),
      )
      release()
    } else {
      release()
      await page.locator('.choice-checked').waitFor()
      assert.equal(await yes.first().isChecked(), true)
      await yes.nth(1).check()
      await page.getByRole('button', { name: 'Verder' }).click()
    }
    await page.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
    assert.deepEqual(complaints, [])
  })

test('before survey-core is there answers are saved and one goes from page to page', async (t) => {
  const { respondent, id, page, complaints, release, url } = await beforeTheList(t, { held: /survey-core/ })
  await page.goto(url)
  await choice(page, 'nosik01', 3).check()
  await comesToHold(respondent, id, { nosik01: 3 })
  await allTogether(page)
  await page.getByRole('button', { name: 'Volgende' }).click()
  await choice(page, 'nosik06', 4).check()
  await comesToHold(respondent, id, { nosik01: 3, nosik06: 4 })
  assert.equal(await page.evaluate(() => performance.getEntriesByName('survey in charge').length), 0)
  release()
  await isInCharge(page)
  assert.equal(await choice(page, 'nosik06', 4).isChecked(), true)
  await choice(page, 'nosik07', 1).check()
  await comesToHold(respondent, id, { nosik01: 3, nosik06: 4, nosik07: 1 })
  assert.deepEqual(complaints, [])
})

for (const seed of [1, 2, 3, 4])
  test(`taps at any moment while the page comes in arrive, all of them (${seed})`, async (t) => {
    const { respondent, id, page, complaints, url } = await beforeTheList(t)
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 60,
      downloadThroughput: 300_000,
      uploadThroughput: 90_000,
    })
    await session.send('Emulation.setCPUThrottlingRate', { rate: 2 })
    await page.goto(url, { waitUntil: 'commit' })
    const answers: Record<string, number> = {}
    for (let item = 1; item <= 5; item++) {
      const name = `nosik0${item}`
      answers[name] = 1 + ((seed * 7 + item * 5) % 6)
      await choice(page, name, answers[name]).check()
      await pause((seed * 97 * item) % 400)
    }
    await comesToHold(respondent, id, answers)
    await isInCharge(page)
    for (const [name, value] of Object.entries(answers)) assert.equal(await choice(page, name, value).isChecked(), true, name)
    assert.deepEqual(complaints, [])
  })

test('nothing moves and nothing is drawn anew when scripts take over', async (t) => {
  const { page, complaints, release, url } = await beforeTheList(t, { held: /\/assets\/.*\.js$/ })
  // The look from before the scripts lasts for seconds only; here it lasts as long as the test takes.
  const session = await page.context().newCDPSession(page)
  await session.send('Animation.enable')
  await session.send('Animation.setPlaybackRate', { playbackRate: 0.001 })
  await page.goto(url, { waitUntil: 'commit' })
  await page.locator('main fieldset').first().waitFor()
  await page.locator('#start').waitFor({ state: 'attached' })
  const look = () =>
    page.evaluate(() => ({
      text: document.querySelector('main')?.textContent,
      places: [...document.querySelectorAll('body *')]
        .filter((element) => element.getClientRects().length > 0)
        .map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect()
          return [element.tagName, x, y, width, height].join(' ')
        }),
      title: document.title,
      language: document.documentElement.lang,
    }))
  await page.evaluate(() => document.querySelector('main fieldset')?.setAttribute('data-first', ''))
  const drawn = await look()
  release()
  await isInCharge(page)
  assert.deepEqual(await look(), drawn)
  assert.equal(await page.locator('main fieldset[data-first]').count(), 1, 'the inputs are those that the server sent')
  await assertAccessible(page, 'the first page')
  assert.deepEqual(complaints, [])
})

test('in English the first page is drawn in English', async (t) => {
  const { respondent, page, complaints, url } = await beforeTheList(t)
  await respondent.request('PUT', '/api/packet/language', { language: 'en' })
  const html = await (await fetch(url, { headers: { Cookie: respondent.cookie } })).text()
  assert.match(html, /<html lang="en" dir="ltr">/)
  assert.match(html, /How are things at home for you\?/)
  await page.goto(url)
  await isInCharge(page)
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
  assert.deepEqual(complaints, [])
})

test('a list of somebody else, or without a session, is not drawn', async (t) => {
  const { server, url } = await beforeTheList(t)
  assert.doesNotMatch(await (await fetch(url)).text(), /nosik01/)
  const other = await strangerIn(server)
  assert.doesNotMatch(await (await fetch(url, { headers: { Cookie: other.cookie } })).text(), /nosik01/)
})

async function strangerIn(server: StudyServer): Promise<Respondent> {
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address('parent', 'EK-002')))
  await respondent.consent()
  return respondent
}

test('without scripts one agrees, fills in a list page by page, sends it, and is away in a hurry, at 360 pixels', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  const { page, context, complaints } = await openPage(browser, server.origin, {
    javaScriptEnabled: false,
    allowed: [/status of (401|422)/],
  })
  t.after(() => context.close())
  await page.goto(server.mail.linkTo(address('parent', 'EK-001')))
  await page.getByRole('button', { name: 'Verder' }).click()
  for (const yes of await page.getByRole('radio', { name: 'Ja, dat vind ik goed' }).all()) await yes.check()
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
  await page
    .getByRole('link', { name: /^Beginnen/ })
    .first()
    .click()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  for (let screen = 0; screen < 5; screen++) {
    await page.getByText(`Vraag ${screen * 5 + 1}–${screen * 5 + 5} van 25`).waitFor()
    for (let item = screen * 5 + 1; item <= screen * 5 + 5; item++)
      if (item !== 3) await choice(page, `nosik${String(item).padStart(2, '0')}`, 1 + (item % 6)).check()
    if (screen === 1) {
      await page.getByRole('button', { name: 'Vorige' }).click()
      assert.equal(await choice(page, 'nosik02', 3).isChecked(), true, 'what was filled in stands there')
      await page.getByRole('button', { name: 'Volgende' }).click()
      assert.equal(await choice(page, 'nosik06', 1).isChecked(), true)
    }
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(sideways <= 0, `it scrolls sideways by ${sideways} px`)
    if (screen < 4) await page.getByRole('button', { name: 'Volgende' }).click()
  }
  await page.getByRole('button', { name: 'Versturen' }).click()
  await page.getByText('U heeft 1 vraag opengelaten').waitFor()
  await page.getByRole('link', { name: /^3\. / }).click()
  assert.equal(await choice(page, 'nosik01', 2).isChecked(), true)
  for (let screen = 0; screen < 4; screen++) await page.getByRole('button', { name: 'Volgende' }).click()
  await page.getByRole('button', { name: 'Versturen' }).click()
  await page.getByRole('button', { name: 'Openlaten en versturen' }).click()
  await page.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Your questionnaires' }).waitFor()
  await page.getByRole('button', { name: 'Nederlands' }).click()
  await page
    .getByRole('link', { name: /^Beginnen/ })
    .first()
    .click()
  await page.getByRole('radio').first().check()
  await context.route('https://www.knmi.nl/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Het weer</title>' }))
  assert.equal(await page.getByRole('link', { name: 'Snel weg' }).count(), 0, 'the link that needs scripts is not there')
  await page.getByRole('button', { name: 'Snel weg' }).click()
  await page.waitForURL('https://www.knmi.nl/**')
  assert.equal(server.rows('select * from drafts').length, 1, 'what was filled in is kept')
  assert.deepEqual(server.rows('select * from sessions'), [])
  await page.goBack()
  await page.getByRole('heading', { name: 'Open de link in uw mail' }).waitFor()
  assert.equal(await page.getByRole('radio').count(), 0)
  const [row] = server.rows<{ answers: string }>(`select answers from responses where assignment_id = '${id}'`)
  const answers = JSON.parse(row?.answers ?? '{}')
  assert.equal(Object.keys(answers).length, 24)
  assert.equal(answers.nosik25, 2)
  assert.deepEqual([...new Set(complaints)], ['request to https://www.knmi.nl'])
})

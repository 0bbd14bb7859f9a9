/** Stopping, having answers erased, no reminders, and getting away in a hurry, as a parent with a phone meets them. */
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { axe } from '../harness/axe.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { address, family } from '../harness/family.ts'
import { inCharge } from '../harness/in-charge.ts'
import { startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** Another site: it answers here, so that the test needs no network. */
const weather = 'https://www.knmi.nl/nederland-nu/weer'
const away = `request to ${new URL(weather).origin}`

async function invited(t: TestContext, { width = 360, role = 'parent' } = {}) {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  // Referrers are asked later than parents.
  for (
    let day = 10;
    day <= 360 && !server.mail.accepted.some(({ recipients }) => recipients.includes(address(role, 'EK-001')));
    day += 10
  ) {
    server.clock.set(
      Temporal.Instant.from('2026-03-02T09:00:00Z')
        .add({ hours: 24 * day })
        .toString(),
    )
    await server.tick()
  }
  const { page, context, complaints } = await openPage(browser, server.origin, { width, allowed: [/401/, /favicon/] })
  t.after(() => context.close())
  await context.route(`${new URL(weather).origin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Weer</title>Zon' }),
  )
  return { server, page, context, complaints, link: server.mail.linkTo(address(role, 'EK-001')) }
}

async function agree(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('heading', { name: 'Doet u mee?' }).waitFor()
  await inCharge(page)
  for (const yes of await page.getByRole('radio', { name: 'Ja, dat vind ik goed' }).all()) await yes.check()
  await page.getByRole('button', { name: 'Verder', exact: true }).click()
  await page.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
}

/** Begins the first list and answers its first question; it is saved by then. */
async function answer(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Beginnen' }).first().click()
  await page.getByRole('group').first().getByRole('radio').nth(1).check()
  await page.locator('.save-status', { hasText: /^Opgeslagen$/ }).waitFor()
}

/** What the tab remembers: the address and the title of each page in its history. */
async function historyOf(page: Page, context: BrowserContext): Promise<{ url: string; title: string }[]> {
  const devtools = await context.newCDPSession(page)
  const { entries } = await devtools.send('Page.getNavigationHistory')
  return entries.map(({ url, title }) => ({ url, title }))
}

test('stopping with answers erased: one confirmation, and nothing is left to be shown', async (t) => {
  const { server, page, complaints, link } = await invited(t)
  await agree(page, link)
  await answer(page)
  await page.getByRole('button', { name: 'Later verdergaan' }).click()
  await page.getByRole('link', { name: 'Stoppen met het onderzoek' }).click()
  await page.getByRole('link', { name: 'Stoppen en mijn antwoorden wissen' }).click()
  await page.getByRole('heading', { name: 'Wilt u uw antwoorden laten wissen?' }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('link', { name: 'Nee, terug' }).click()
  await page.getByRole('link', { name: 'Stoppen en mijn antwoorden wissen' }).click()
  await page.getByRole('button', { name: 'Ja, ik stop. Wis mijn antwoorden' }).click()
  await page.getByRole('heading', { name: 'U bent gestopt met het onderzoek' }).waitFor()
  await page.getByText('Uw antwoorden zijn gewist.').waitFor()
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(server.rows('SELECT * FROM drafts'), [])
  assert.deepEqual(complaints, [])
})

test('whoever stopped finds behind the same link the choice to have their answers erased', async (t) => {
  const { server, page, complaints, link } = await invited(t)
  await agree(page, link)
  await answer(page)
  await page.goto(`${server.origin}/packet`)
  await page.getByRole('link', { name: 'Stoppen met het onderzoek' }).click()
  await page.getByRole('button', { name: 'Ja, ik stop met het onderzoek' }).click()
  await page.getByRole('heading', { name: 'U bent gestopt met het onderzoek' }).waitFor()
  await page.goto(link)
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Mijn antwoorden wissen' }).click()
  await page.waitForURL('**/packet')
  await page.getByRole('link', { name: 'Mijn antwoorden wissen' }).click()
  await page.getByRole('button', { name: 'Ja, wis mijn antwoorden' }).click()
  await page.getByText('Uw antwoorden zijn gewist.').waitFor()
  await becomes(() => page.getByRole('button', { name: /wissen/ }).count(), 0)
  assert.deepEqual(complaints, [])
})

test('no more reminders is a button of its own, said in words and undone on the same page', async (t) => {
  const { server, page, complaints, link } = await invited(t)
  await agree(page, link)
  await page.getByRole('button', { name: 'Geen herinneringen meer' }).click()
  await page.getByRole('status').getByText('U krijgt geen herinneringen meer.').waitFor()
  assert.deepEqual(await axe(page), [])
  assert.equal(await page.getByRole('link', { name: 'Beginnen' }).count(), 4, 'everything can still be filled in')
  await page.reload()
  await inCharge(page)
  await page.getByRole('button', { name: 'Toch weer herinneringen' }).click()
  await page.getByRole('status').getByText('U krijgt weer herinneringen.').waitFor()
  server.clock.set('2026-03-09T09:00:00Z')
  assert.equal((await server.tick()).sent, 1)
  assert.deepEqual(complaints, [])
})

for (const how of ['the button', 'Escape, twice'])
  test(`away in a hurry by ${how}: the session is over, and the tab remembers nothing that can be read`, async (t) => {
    const { server, page, context, complaints, link } = await invited(t)
    await agree(page, link)
    await answer(page)
    await page.locator('main fieldset').nth(1).getByRole('radio').first().check()
    if (how === 'the button') await page.getByRole('link', { name: 'Snel weg' }).click()
    else {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    }
    await page.waitForURL(weather)
    // Both went with the page; nothing waited for an answer.
    await becomes(async () => server.rows('SELECT * FROM sessions'), [])
    const draft = () => server.rows<{ answers: string }>('SELECT answers FROM drafts')[0]?.answers ?? '{}'
    await becomes(async () => Object.keys(JSON.parse(draft())).length, 2)

    const remembered = await historyOf(page, context)
    assert.equal(remembered.at(-1)?.url, weather, 'nothing lies ahead')
    assert.ok(!remembered.some(({ url }) => url.includes('/l/') || url.includes('/lists/')), JSON.stringify(remembered))
    assert.ok(!remembered.some(({ title }) => /vragen|vraag/i.test(title)), JSON.stringify(remembered))
    for (let steps = remembered.length - 1; steps > 0; steps--) {
      await page.goBack({ waitUntil: 'load' }).catch(() => {})
      assert.equal(await page.getByRole('radio').count(), 0)
      assert.equal(await page.getByText('Onderzoeksgroep Voorbeeld').count(), 0)
    }
    assert.deepEqual([...new Set(complaints)], [away])
  })

test('one Escape is only an Escape', async (t) => {
  const { page, complaints, link } = await invited(t)
  await agree(page, link)
  await page.keyboard.press('Escape')
  await page.waitForTimeout(1600)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
  assert.deepEqual(complaints, [])
})

test('away in a hurry before anything was opened', async (t) => {
  const { page, context, complaints, link } = await invited(t)
  await page.goto(link)
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.waitForURL(weather)
  assert.deepEqual(
    (await historyOf(page, context)).map(({ url }) => url).filter((url) => url !== 'about:blank'),
    [weather],
  )
  assert.deepEqual([...new Set(complaints)], [away])
})

test('away in a hurry before the page’s own scripts have come', async (t) => {
  const { server, page, context, link } = await invited(t)
  await agree(page, link)
  await answer(page)
  await context.route(/assets\/respond\/.*\.js/, (route) => route.abort())
  await page.reload({ waitUntil: 'domcontentloaded' })
  await page.getByRole('link', { name: 'Snel weg' }).click()
  await page.waitForURL(weather)
  await becomes(async () => server.rows('SELECT * FROM sessions'), [])
  await page.goBack()
  await page.locator('h1').first().waitFor()
  assert.equal(await page.getByRole('radio').count(), 0)
})

test('whose work it is to be here has no such button', async (t) => {
  const { page, complaints, link } = await invited(t, { role: 'referrer' })
  await page.goto(link)
  assert.equal(await page.getByText('Snel weg').count(), 0)
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('heading', { level: 1, name: 'Doet u mee?' }).waitFor()
  assert.equal(await page.getByText('Snel weg').count(), 0)
  assert.deepEqual(complaints, [])
})

test('a study says in its own words where to get help', async (t) => {
  const { server, page, complaints, link } = await invited(t)
  await server.context.stores.study.withTx(async (tx) => void tx.run(`UPDATE studies SET help_line = 'Bel <b>Anja</b>: 010'`))
  await page.goto(link)
  await page.getByText('Bel <b>Anja</b>: 010').waitFor()
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('heading', { name: 'Doet u mee?' }).waitFor()
  await page.getByText('Bel <b>Anja</b>: 010').waitFor()
  assert.equal(await page.getByText('Veilig Thuis').count(), await page.getByRole('main').getByText('Veilig Thuis').count())
  assert.deepEqual(complaints, [])
})

test('where to get help now, and the choice of language, are on every page, also behind a link that is dead', async (t) => {
  const { server, page, complaints, link } = await invited(t)
  const both = async (what: string): Promise<void> => {
    await page.getByText('0800 2000').first().waitFor()
    const named = page.getByRole('navigation', { name: /^(Taal|Language)$/ })
    assert.equal(await named.getByText('English').count(), 1, what)
    assert.deepEqual(await axe(page), [], what)
  }
  const at = async (path: string): Promise<void> => {
    await page.goto(new URL(path, server.origin).href).catch(() => {})
    await both(path)
  }
  await at(`/l/${'A'.repeat(43)}`)
  await at('/nergens')
  await at('/packet')
  await at(link)
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByRole('button', { name: 'Continue' }).waitFor()
  await both('door in English')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Will you take part?' }).waitFor()
  await both('consent')
  assert.equal(server.rows<{ language: string }>(`SELECT language FROM participants WHERE role = 'parent'`)[0]?.language, 'en')
  await page.getByRole('button', { name: 'Nederlands' }).click()
  await page.getByRole('heading', { name: 'Doet u mee?' }).waitFor()
  for (const yes of await page.getByRole('radio', { name: 'Ja, dat vind ik goed' }).all()) await yes.check()
  await page.getByRole('button', { name: 'Verder', exact: true }).click()
  await page.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
  await both('overview')
  await page.getByRole('link', { name: 'Stoppen met het onderzoek' }).click()
  await both('stop')
  await page.getByRole('button', { name: 'Ja, ik stop met het onderzoek' }).click()
  await page.getByRole('heading', { name: 'U bent gestopt met het onderzoek' }).waitFor()
  await both('stopped')
  await page.getByRole('button', { name: 'Uitloggen' }).click()
  await page.getByRole('heading', { name: 'U bent uitgelogd' }).waitFor()
  await both('left')
  await at(link)
  server.clock.set('2027-03-02T09:00:00Z')
  await at(link)
  await page.getByRole('heading', { name: 'Deze link is niet meer geldig' }).waitFor()
  assert.deepEqual(
    complaints.filter((text) => !/404|410/.test(text)),
    [],
  )
})

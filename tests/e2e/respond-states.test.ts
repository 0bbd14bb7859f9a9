/** What the respondent's page does when things do not go as they should. */
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findDraft } from '../../server/queries/drafts.ts'
import { allTogether } from '../harness/all-together.ts'
import { axe } from '../harness/axe.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { address, family } from '../harness/family.ts'
import { inCharge } from '../harness/in-charge.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** A parent with an invitation, at the page behind the button. `allowed`: what the browser may complain of because the test makes it happen. */
async function invited(t: TestContext, { width = 360, at = '2026-03-02T09:00:00Z', allowed = [] as RegExp[] } = {}) {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  server.clock.set(at)
  const { page, context, complaints } = await openPage(browser, server.origin, { width, allowed })
  t.after(() => context.close())
  const link = server.mail.linkTo(address('parent', 'EK-001'))
  await page.goto(link)
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('heading', { level: 1, name: 'Doet u mee?' }).waitFor()
  await inCharge(page)
  return { server, page, context, complaints, link }
}

async function agree(page: Page): Promise<void> {
  for (const yes of await page.getByRole('radio', { name: 'Ja, dat vind ik goed' }).all()) await yes.check()
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
}

/** Agrees and opens the first list; returns its id. */
async function start(page: Page): Promise<string> {
  await agree(page)
  await page.getByRole('link', { name: 'Beginnen' }).first().click()
  await question(page, 0).waitFor()
  await allTogether(page)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

const question = (page: Page, index: number) => page.getByRole('group').nth(index)
const choose = (page: Page, index: number, choice: number) => question(page, index).getByRole('radio').nth(choice).check()
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const saved = (page: Page) => page.locator('.save-status', { hasText: /^Opgeslagen$/ }).waitFor()

const draftOf = async (server: StudyServer, id: string) => (await findDraft(server.context.stores.study.read, id))?.answers
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

/** Notes whatever live regions say from now on, as a screen reader would speak it. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const live = '[role=status], [role=alert]'
    new MutationObserver((changes) => {
      const regions = changes.flatMap(({ target, addedNodes }) => [
        target.parentElement?.closest(live) ?? (target instanceof Element ? target.closest(live) : null),
        ...[...addedNodes].filter((node) => node instanceof Element && node.matches(live)),
      ])
      for (const region of new Set(regions)) if (region?.textContent) heard.push(region.textContent)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })

const network = /Failed to load resource|net::ERR/

test('no to a required consent is asked nothing more and told how to come back', async (t) => {
  const { server, page, complaints } = await invited(t)
  await page.getByRole('button', { name: 'Verder' }).click()
  await says(page, 'Kies ja of nee.')
  await page.getByRole('radio', { name: 'Nee, dat wil ik niet' }).first().check()
  await says(page, /U kiest nee/)
  await page.getByRole('radio', { name: 'Nee, dat wil ik niet' }).last().check()
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('heading', { name: 'U doet niet mee' }).waitFor()
  await says(page, /onderzoek@voorbeeld\.example/)
  assert.deepEqual(await axe(page), [])
  assert.equal((await server.tick()).sent, 0)
  assert.deepEqual(complaints, [])
})

test('offline it says that nothing is saved, and saves everything by itself once there is a network', async (t) => {
  const { server, page, context, complaints } = await invited(t, { allowed: [network] })
  const id = await start(page)
  await listen(page)
  await choose(page, 0, 2)
  await saved(page)
  await context.setOffline(true)
  await choose(page, 1, 3)
  await page.locator('.save-status', { hasText: /^Nog niet opgeslagen$/ }).waitFor()
  await says(page, /^Geen verbinding\. U kunt gewoon verdergaan/)
  await choose(page, 2, 4)
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(await draftOf(server, id), { nosik01: 3 })
  await context.setOffline(false)
  await saved(page)
  // Each is spoken once, and not with every answer.
  await becomes(
    () => page.evaluate(() => (window as { heard?: string[] }).heard),
    ['Opgeslagen', 'Geen verbinding. U kunt gewoon verdergaan. Laat deze pagina open.', 'Er is weer verbinding. Alles is opgeslagen.'],
  )
  assert.deepEqual(await draftOf(server, id), { nosik01: 3, nosik02: 4, nosik03: 5 })
  assert.deepEqual(complaints, [])
})

test('leaving right after an answer warns, and sends that answer all the same', async (t) => {
  const { server, page, complaints } = await invited(t)
  const id = await start(page)
  await choose(page, 0, 0)
  await saved(page)
  const warnings: string[] = []
  page.on('dialog', (dialog) => {
    warnings.push(dialog.type())
    void dialog.accept()
  })
  await choose(page, 1, 5)
  await page.goto('about:blank')
  await becomes(() => draftOf(server, id), { nosik01: 1, nosik02: 6 })
  assert.deepEqual(warnings, ['beforeunload'])
  assert.deepEqual(complaints, [])
})

test('an answer can be changed and taken back', async (t) => {
  const { server, page, complaints } = await invited(t)
  const id = await start(page)
  await choose(page, 0, 1)
  await choose(page, 0, 2)
  await choose(page, 1, 2)
  await page.getByRole('button', { name: 'Antwoord wissen bij vraag 1' }).click()
  await becomes(() => question(page, 0).getByRole('radio', { checked: true }).count(), 0)
  await saved(page)
  assert.deepEqual(await draftOf(server, id), { nosik02: 3 })
  await choose(page, 0, 2)
  await saved(page)
  assert.deepEqual(await draftOf(server, id), { nosik01: 3, nosik02: 3 })
  assert.deepEqual(complaints, [])
})

test('it goes on at the page and with the answers where one stopped', async (t) => {
  const { page, complaints } = await invited(t)
  await start(page)
  await choose(page, 0, 1)
  await page.getByRole('button', { name: 'Volgende' }).click()
  await says(page, 'Vraag 6–10 van 25')
  await becomes(() => focused(page), /Vraag 6 tot en met 10 van 25/)
  await becomes(() => page.title(), /^Vraag 6 tot en met 10 van 25/)
  await saved(page)
  await page.reload()
  await says(page, 'Vraag 6 van 25')
  await allTogether(page)
  await page.getByRole('button', { name: 'Vorige' }).click()
  await becomes(() => question(page, 0).getByRole('radio').nth(1).isChecked(), true)
  await page.getByRole('button', { name: 'Later verdergaan' }).click()
  await says(page, /1 van 25 vragen ingevuld/)
  assert.deepEqual(complaints, [])
})

test('a session that ended is said, the answers stay on the screen, and are saved after the link was opened again', async (t) => {
  const { server, page, context, complaints, link } = await invited(t, { allowed: [/401/] })
  const id = await start(page)
  await choose(page, 0, 1)
  await saved(page)
  await context.clearCookies()
  await choose(page, 1, 1)
  await page
    .getByRole('alert')
    .getByText(/niet meer ingelogd/)
    .waitFor()
  assert.deepEqual(await axe(page), [])
  const other = await context.newPage()
  await other.goto(link)
  await other.getByRole('button', { name: 'Verder' }).click()
  await other.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
  await page.getByRole('button', { name: 'Probeer het opnieuw' }).click()
  await saved(page)
  assert.deepEqual(await draftOf(server, id), { nosik01: 2, nosik02: 2 })
  assert.deepEqual(complaints, [])
})

test('a list that closes meanwhile says so, and its address has a calm page', async (t) => {
  const { server, page, complaints } = await invited(t, { at: '2026-03-29T20:00:00Z', allowed: [/409/] })
  await start(page)
  server.clock.set('2026-03-29T23:00:00Z')
  await choose(page, 0, 1)
  await page
    .getByRole('alert')
    .getByText(/niet meer open/)
    .waitFor()
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.getByRole('heading', { name: 'Deze lijst is gesloten' }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('link', { name: 'Naar het overzicht' }).click()
  await page.getByRole('heading', { name: 'Er staat nu niets voor u klaar' }).waitFor()
  assert.deepEqual(complaints, [])
})

for (const keepsMine of [true, false])
  test(`the same list in two windows: the person chooses, here ${keepsMine ? 'what is on the screen' : 'what the other window saved'}`, async (t) => {
    const { server, page, context, complaints } = await invited(t, { allowed: [/409/] })
    const id = await start(page)
    await choose(page, 0, 1)
    await saved(page)
    const other = await context.newPage()
    await other.goto(page.url())
    await question(other, 0).waitFor()
    await allTogether(other)
    await choose(other, 1, 5)
    await saved(other)
    await choose(page, 2, 3)
    await page.getByRole('heading', { name: 'Deze lijst is ook ergens anders ingevuld' }).waitFor()
    assert.deepEqual(await axe(page), [])
    assert.deepEqual(await draftOf(server, id), { nosik01: 2, nosik02: 6 }, 'nothing is overwritten before the choice')
    await page.getByRole('button', { name: keepsMine ? 'De antwoorden op dit scherm' : 'De antwoorden van de andere plek' }).click()
    await saved(page)
    assert.deepEqual(await draftOf(server, id), keepsMine ? { nosik01: 2, nosik03: 4 } : { nosik01: 2, nosik02: 6 })
    await becomes(() => question(page, 1).getByRole('radio').nth(5).isChecked(), !keepsMine)
    assert.deepEqual(complaints, [])
  })

test('open questions are listed as links, may be filled in, and may be sent open', async (t) => {
  const { page, complaints } = await invited(t, { allowed: [/422/] })
  await start(page)
  for (let number = 1; number < 5; number++) await page.getByRole('button', { name: 'Volgende' }).click()
  await page.getByRole('button', { name: 'Versturen' }).click()
  await page.getByRole('alert').getByText('U heeft 25 vragen opengelaten').waitFor()
  await becomes(() => focused(page), /25 vragen opengelaten/)
  assert.deepEqual(await axe(page), [])
  await page.getByRole('link', { name: /^7\. / }).click()
  await says(page, 'Vraag 6–10 van 25')
  await becomes(() => page.evaluate(() => document.activeElement?.getAttribute('name')), 'nosik07')
  await page.keyboard.press('Space')
  for (let number = 2; number < 5; number++) await page.getByRole('button', { name: 'Volgende' }).click()
  await page.getByRole('button', { name: 'Versturen' }).click()
  await page.getByRole('alert').getByText('U heeft 24 vragen opengelaten').waitFor()
  await page.getByRole('button', { name: 'Openlaten en versturen' }).click()
  await page.getByRole('heading', { name: 'Dank u wel, deze lijst is klaar' }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.goBack()
  await page
    .getByRole('heading', { name: 'Deze lijst is al ingevuld' })
    .or(page.getByRole('heading', { name: 'Uw vragenlijsten' }))
    .waitFor()
  assert.deepEqual(complaints, [])
})

test('without a network a list is not sent, says so, keeps the answers and sends them later', async (t) => {
  const { page, context, complaints } = await invited(t, { allowed: [network, /422/] })
  await start(page)
  for (let number = 1; number < 5; number++) await page.getByRole('button', { name: 'Volgende' }).click()
  await choose(page, 0, 0)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Versturen' }).click()
  await page
    .getByRole('alert')
    .getByText(/Versturen is niet gelukt/)
    .waitFor()
  assert.deepEqual(await axe(page), [])
  assert.equal(await question(page, 0).getByRole('radio').nth(0).isChecked(), true)
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Versturen' }).click()
  await page.getByRole('button', { name: 'Openlaten en versturen' }).click()
  await page.getByRole('heading', { name: 'Dank u wel, deze lijst is klaar' }).waitFor()
  assert.deepEqual(complaints, [])
})

test('the server away: a calm page, and the packet as soon as it is back', async (t) => {
  const { page, context, complaints } = await invited(t, { allowed: [network] })
  await agree(page)
  await page.getByRole('link', { name: 'Beginnen' }).first().hover()
  await context.route('**/api/**', (route) => route.abort())
  await page.getByRole('link', { name: 'Beginnen' }).first().click()
  await page.getByRole('heading', { name: 'Er is nu geen verbinding' }).waitFor()
  assert.deepEqual(await axe(page), [])
  await context.unroute('**/api/**')
  await page.getByRole('button', { name: 'Probeer het opnieuw' }).click()
  await question(page, 0).waitFor()
  assert.deepEqual(complaints, [])
})

test('after logging out nothing that was answered can be read in this browser', async (t) => {
  const { page, complaints } = await invited(t, { allowed: [/401/] })
  await start(page)
  await choose(page, 0, 1)
  await page.getByRole('button', { name: 'Uitloggen' }).click()
  await page.getByRole('heading', { name: 'U bent uitgelogd' }).waitFor()
  assert.deepEqual(await axe(page), [])
  assert.equal(new URL(page.url()).search, '')
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ''])
  await page.goBack()
  await page.getByRole('heading', { name: 'Open de link in uw mail' }).waitFor()
  assert.equal(await page.getByRole('radio').count(), 0)
  assert.deepEqual(complaints, [])
})

test('stopping asks once, says what it means, and asks nothing more', async (t) => {
  const { server, page, complaints } = await invited(t)
  await agree(page)
  await page.getByRole('link', { name: 'Stoppen met het onderzoek' }).click()
  await page.getByRole('heading', { name: 'Wilt u stoppen met het onderzoek?' }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('link', { name: 'Nee, ik ga verder' }).click()
  await page.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
  await page.getByRole('link', { name: 'Stoppen met het onderzoek' }).click()
  await page.getByRole('button', { name: 'Ja, ik stop met het onderzoek' }).click()
  await page.getByRole('heading', { name: 'U bent gestopt met het onderzoek' }).waitFor()
  assert.equal((await server.tick()).sent, 1, 'the mail that confirms it')
  server.clock.set('2026-03-20T09:00:00Z')
  assert.equal((await server.tick()).sent, 0)
  assert.deepEqual(complaints, [])
})

test('the language is kept, also for the next visit', async (t) => {
  const { server, page, complaints, link } = await invited(t, { width: 1280 })
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Will you take part?' }).waitFor()
  await becomes(() => page.evaluate(() => document.documentElement.lang), 'en')
  assert.deepEqual(await axe(page), [])
  const again = await openPage(browser, server.origin, { locale: 'nl-NL' })
  t.after(() => again.context.close())
  await again.page.goto(link)
  await again.page.getByRole('button').first().click()
  await again.page.getByRole('heading', { name: 'Will you take part?' }).waitFor()
  assert.deepEqual([...complaints, ...again.complaints], [])
})

test('the button of the door names its own site as origin, for servers that hear it in no other way', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  const { page, context } = await openPage(browser, server.origin)
  t.after(() => context.close())
  await page.goto(server.mail.linkTo(address('parent', 'EK-001')))
  const pressed = page.waitForRequest((request) => request.method() === 'POST')
  await page.getByRole('button', { name: 'Verder' }).click()
  const { origin, referer = '' } = await (await pressed).allHeaders()
  assert.equal(origin, server.origin)
  assert.ok(!referer.includes('/l/'), 'the token must not go along')
})

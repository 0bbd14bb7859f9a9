/** The same link on two devices, on a shared one, and on one that stops in the middle. */
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
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

interface Device {
  page: Page
  context: BrowserContext
  complaints: string[]
}

/** A parent with an invitation; each device opens the link and arrives at the overview. */
async function invited(t: TestContext) {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  const link = server.mail.linkTo(address('parent', 'EK-001'))
  const device = async (width = 360): Promise<Device> => {
    const opened = await openPage(browser, server.origin, { width, allowed: [/409|401|422/] })
    t.after(() => opened.context.close())
    await openLink(opened.page, link)
    return opened
  }
  return { server, link, device }
}

async function openLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Verder' }).click()
  const consent = page.getByRole('heading', { level: 1, name: 'Doet u mee?' })
  await consent.or(page.getByRole('heading', { name: 'Uw vragenlijsten' })).waitFor()
  await inCharge(page)
  if (!(await consent.isVisible())) return
  for (const yes of await page.getByRole('radio', { name: 'Ja, dat vind ik goed' }).all()) await yes.check()
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('heading', { name: 'Uw vragenlijsten' }).waitFor()
}

/** Opens the first list; returns its id. */
async function start(page: Page): Promise<string> {
  await page
    .getByRole('link', { name: /^(Beginnen|Verdergaan)/ })
    .first()
    .click()
  await question(page, 0).waitFor()
  if ((page.viewportSize()?.width ?? 0) < 700) await allTogether(page)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

const question = (page: Page, index: number) => page.getByRole('group').nth(index)
const choose = (page: Page, index: number, choice: number) => question(page, index).getByRole('radio').nth(choice).check()
const saved = (page: Page) => page.locator('.save-status', { hasText: /^Opgeslagen$/ }).waitFor()
const draftOf = async (server: StudyServer, id: string) => (await findDraft(server.context.stores.study.read, id))?.answers
/** What is ticked on the screen. */
const ticked = (page: Page) =>
  page.locator('input[type=radio]:checked').evaluateAll((radios) => radios.map((radio) => radio.getAttribute('name')))

test('on another device one goes on at the first open question; what was answered before is counted, not shown, and not sent', async (t) => {
  const { server, device } = await invited(t)
  const phone = await device()
  const id = await start(phone.page)
  for (let index = 0; index < 5; index++) await choose(phone.page, index, 1)
  await phone.page.getByRole('button', { name: 'Volgende' }).click()
  await phone.page.getByText('Vraag 6–10 van 25').waitFor()
  await choose(phone.page, 0, 4)
  await saved(phone.page)

  const laptop = await device(1280)
  const heard: string[] = []
  laptop.page.on('response', async (response) => heard.push(await response.text().catch(() => '')))
  await start(laptop.page)
  await laptop.page.getByText('Vraag 6–10 van 25').waitFor()
  await laptop.page.getByText(/U vulde al 6 vragen in op een ander apparaat/).waitFor()
  assert.equal(await laptop.page.getByText('Al beantwoord.').count(), 1)
  assert.deepEqual(await ticked(laptop.page), [])
  assert.equal(await laptop.page.getByRole('progressbar').getAttribute('value'), '6')
  assert.deepEqual(await axe(laptop.page), [])
  await choose(laptop.page, 1, 0)
  await saved(laptop.page)
  await laptop.page.getByRole('button', { name: 'Vorige' }).click()
  await becomes(() => laptop.page.getByText('Al beantwoord.').count(), 5)
  await laptop.page.getByRole('button', { name: 'Vraag 2 opnieuw beantwoorden' }).click()
  await laptop.page.getByText(/vervalt het antwoord dat er al was/).waitFor()
  assert.deepEqual(await axe(laptop.page), [])
  await choose(laptop.page, 1, 5)
  await saved(laptop.page)
  const expected = { nosik01: 2, nosik02: 6, nosik03: 2, nosik04: 2, nosik05: 2, nosik06: 5, nosik07: 1 }
  assert.deepEqual(await draftOf(server, id), expected)
  for (const text of heard) assert.doesNotMatch(text, /"nosik0[1-6]":\s?\d/)

  await phone.page.reload()
  await phone.page.getByText(/U vulde al 2 vragen in op een ander apparaat/).waitFor()
  await allTogether(phone.page)
  await phone.page.getByRole('button', { name: 'Vorige' }).click()
  await becomes(() => ticked(phone.page), ['nosik01', 'nosik03', 'nosik04', 'nosik05'])
  for (let page = 1; page < 5; page++) await phone.page.getByRole('button', { name: 'Volgende' }).click()
  await phone.page.getByRole('button', { name: 'Versturen' }).click()
  await phone.page.getByRole('button', { name: 'Openlaten en versturen' }).click()
  await phone.page.getByRole('heading', { name: 'Dank u wel, deze lijst is klaar' }).waitFor()
  assert.deepEqual(JSON.parse(server.rows<{ answers: string }>('SELECT answers FROM responses')[0]?.answers ?? '{}'), expected)
  await laptop.page.reload()
  await laptop.page.getByRole('heading', { name: 'Deze lijst is al ingevuld' }).waitFor()
  assert.deepEqual([...phone.complaints, ...laptop.complaints], [])
})

for (const keepsMine of [true, false])
  test(`two devices at once: the person chooses ${keepsMine ? 'this screen' : 'the other place'}, and sees nothing of the other's answers`, async (t) => {
    const { server, device } = await invited(t)
    const phone = await device()
    const id = await start(phone.page)
    await choose(phone.page, 0, 1)
    await saved(phone.page)
    const tablet = await device()
    await start(tablet.page)
    await choose(tablet.page, 2, 3)
    await saved(tablet.page)
    await choose(phone.page, 1, 2)
    await phone.page.getByRole('heading', { name: 'Deze lijst is ook ergens anders ingevuld' }).waitFor()
    await phone.page.getByText('Wat daar is ingevuld, is bewaard. U ziet het hier niet.').waitFor()
    assert.deepEqual(await axe(phone.page), [])
    assert.deepEqual(await draftOf(server, id), { nosik01: 2, nosik03: 4 }, 'nothing is overwritten before the choice')
    await phone.page.getByRole('button', { name: keepsMine ? 'De antwoorden op dit scherm' : 'De antwoorden van de andere plek' }).click()
    await saved(phone.page)
    await phone.page.getByText('Al beantwoord.').waitFor()
    assert.deepEqual(await draftOf(server, id), keepsMine ? { nosik01: 2, nosik02: 3, nosik03: 4 } : { nosik01: 2, nosik03: 4 })
    await becomes(() => ticked(phone.page), keepsMine ? ['nosik01', 'nosik02'] : ['nosik01'])
    assert.deepEqual([...phone.complaints, ...tablet.complaints], [])
  })

test('after logging out nothing is readable on this device: not behind the link, not by going back, not in another tab', async (t) => {
  const { server, device, link } = await invited(t)
  const { page, context, complaints } = await device()
  const id = await start(page)
  await choose(page, 0, 1)
  await saved(page)
  const forgotten = await context.newPage()
  await forgotten.goto(page.url())
  await question(forgotten, 0).waitFor()
  await becomes(() => ticked(forgotten), ['nosik01'])
  await page.getByRole('button', { name: 'Uitloggen' }).click()
  for (const tab of [page, forgotten]) await tab.getByRole('heading', { name: 'U bent uitgelogd' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Open de link in uw mail' }).waitFor()
  await openLink(page, link)
  await start(page)
  await page.getByText('Al beantwoord.').waitFor()
  assert.deepEqual(await ticked(page), [])
  assert.deepEqual(await draftOf(server, id), { nosik01: 2 })
  assert.deepEqual(complaints, [])
})

test('a tab that is closed, and a browser that is killed, lose nothing that was said to be saved', async (t) => {
  const { server, device, link } = await invited(t)
  const { page, context, complaints } = await device()
  const id = await start(page)
  await choose(page, 0, 1)
  await saved(page)
  await choose(page, 1, 2)
  await page.close()
  // Closing a tab sends the last answer.
  await becomes(() => draftOf(server, id), { nosik01: 2, nosik02: 3 })
  const again = await context.newPage()
  await openLink(again, link)
  await start(again)
  assert.deepEqual(await ticked(again), ['nosik01', 'nosik02'])
  await choose(again, 2, 3)
  await saved(again)
  await choose(again, 3, 3)
  // Killed: no last words. Cookies are what a browser keeps on disk.
  const cookies = await context.cookies()
  const crashed = again.waitForEvent('crash')
  // Never answered, since nobody is left to do so.
  const session = await context.newCDPSession(again)
  session.send('Page.crash').catch(() => {})
  await crashed
  const reborn = await openPage(browser, server.origin)
  t.after(() => reborn.context.close())
  await reborn.context.addCookies(cookies)
  await openLink(reborn.page, link)
  await start(reborn.page)
  const found = await ticked(reborn.page)
  assert.deepEqual(found.slice(0, 3), ['nosik01', 'nosik02', 'nosik03'])
  assert.equal(Object.keys((await draftOf(server, id)) ?? {}).length, found.length)
  assert.deepEqual([...complaints, ...reborn.complaints], [])
})

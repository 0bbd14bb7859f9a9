/** A day's work on one family: mail that bounced is put right, and the conference moves. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { recordStop } from '../../server/workflow/record-stop.ts'
import { assertAccessible } from '../harness/accessible.ts'
import { becomes, until } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { address, family } from '../harness/family.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const wrong = address('parent', 'A-001')
const right = 'goed@voorbeeld.example'

/** The page of the family, as somebody of the staff who is signed in sees it. */
async function openFamily(t: { after(fn: () => unknown): void }, { origin }: StudyServer, { cookie }: StaffClient, width: number) {
  // Wrong entries are refused on purpose.
  const watched = await openPage(browser, origin, { width, allowed: [/status of 422/] })
  t.after(() => watched.context.close())
  const [name = '', value = ''] = cookie.split('=')
  await watched.context.addCookies([{ name, value, url: origin }])
  await watched.page.goto(`${origin}/desk/studies/s1/cases/A-001`)
  return watched
}

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '')

test('a data manager corrects the address that bounced and sends again; a coordinator moves the conference after seeing what that does', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:30:00Z')
  server.mail.mood = (recipient) => (recipient === wrong ? { at: 'recipient', does: 550, says: 'no such user' } : undefined)
  await server.register(family('A-001'))
  server.clock.set('2026-03-03T09:30:00Z')
  await server.tick()

  const manager = await openFamily(t, server, await staffAt(server, 'data manager'), 360)
  const { page } = manager
  const dialog = page.getByRole('dialog')
  await page.getByText('Het e-mailadres werkt niet').waitFor()
  await page.getByRole('button', { name: 'Adres of telefoon verbeteren' }).click()
  await page.getByRole('textbox', { name: 'E-mailadres' }).fill('geen adres')
  await page.getByLabel('Waarom doet u dit?').fill('gebeld, nieuw adres gekregen')
  await dialog.getByRole('button', { name: 'Laat zien wat er verandert' }).click()
  await dialog.getByText('Dit is geen e-mailadres.').waitFor()
  assert.match(page.url(), /do=correct-address&person=/)
  await assertAccessible(page, 'an address that cannot be taken')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await becomes(() => focused(page), 'Adres of telefoon verbeteren')
  await page.keyboard.press('Enter')
  // What was typed is still there.
  await becomes(() => page.getByLabel('Waarom doet u dit?').inputValue(), 'gebeld, nieuw adres gekregen')
  await page.getByRole('textbox', { name: 'E-mailadres' }).fill(right)
  await dialog.getByRole('button', { name: 'Laat zien wat er verandert' }).click()
  await dialog.getByText('nog een keer, en eerdere links werken niet meer').waitFor()
  await assertAccessible(page, 'which mails go to the corrected address')
  await dialog.getByRole('button', { name: 'Uitvoeren' }).click()
  await page.getByText('Gedaan: Adres of telefoon verbeteren.').waitFor()
  await page.getByText('Het e-mailadres werkt niet').waitFor({ state: 'detached' })
  await server.tick()
  assert.equal((await fetch(server.mail.linkTo(right))).status, 200)
  assert.equal(server.rows('select id from tasks where done_at is null').length, 0)
  await page.locator('[aria-labelledby=timeline] select').nth(2).selectOption('staff')
  await page.getByText('Verzonnen Collega: gebeld, nieuw adres gekregen').first().waitFor()
  assert.match(page.url(), /what=staff/)

  await until(dialog, () => page.keyboard.press('.'))
  await dialog.getByRole('button', { name: 'Contactgegevens bekijken' }).click()
  await dialog.getByLabel('Wie').selectOption({ label: 'Ouder' })
  await dialog.getByLabel('Waarom doet u dit?').fill('terugbellen')
  await dialog.getByRole('button', { name: 'Laat zien', exact: true }).click()
  await dialog.getByText(right).waitFor()
  assert.deepEqual(manager.complaints, [])

  const coordinator = await openFamily(t, server, await staffAt(server, 'coordinator'), 1280)
  await coordinator.page
    .getByRole('button', { name: /^Acties/ })
    .first()
    .waitFor()
  const window = coordinator.page.getByRole('dialog')
  const ofParent = coordinator.page.getByRole('button', { name: /Acties Wat wilt u doen voor Ouder/ })
  await ofParent.click()
  await window.getByRole('button', { name: 'Geslacht, taal of rol verbeteren' }).press('Enter')
  await window.locator('[name=sex]').waitFor()
  await coordinator.page.keyboard.press('Escape')
  await window.waitFor({ state: 'detached' })
  await becomes(() => ofParent.evaluate((button) => button === document.activeElement), true)
  await until(window, () => coordinator.page.keyboard.press('.'))
  await assertAccessible(coordinator.page, 'what can be done')
  await window.getByRole('button', { name: 'Conferentie of andere datum verzetten' }).press('Enter')
  await window.locator('[name="anchors.conference"]').fill('2026-05-20')
  await window.getByRole('button', { name: 'Laat zien wat er verandert' }).click()
  await window.getByText('20 aug 2026, 10:00').first().waitFor()
  assert.equal(server.rows<{ date: string }>("select date from anchors where name = 'conference'")[0]?.date, '2026-04-15')
  await assertAccessible(coordinator.page, 'what moving the conference does')
  await window.getByLabel('Waarom doet u dit?').fill('zaal was bezet')
  await window.getByRole('button', { name: 'Uitvoeren' }).click()
  await coordinator.page.getByText('Gedaan: Conferentie of andere datum verzetten.').waitFor()
  assert.equal(server.rows<{ date: string }>("select date from anchors where name = 'conference'")[0]?.date, '2026-05-20')
  await coordinator.page.getByText('20 mei 2026').first().waitFor()

  // A slip of the finger at the registration: tried out, done, and in the timeline.
  await coordinator.page.getByRole('button', { name: /Acties Wat wilt u doen voor Ouder/ }).click()
  await window.getByRole('button', { name: 'Geslacht, taal of rol verbeteren' }).click()
  await window.locator('[name=sex]').selectOption({ label: 'man' })
  await window.getByRole('button', { name: 'Laat zien wat er verandert' }).click()
  await window.getByText('Aan scores verandert niets.').waitFor()
  await window.getByLabel('Waarom doet u dit?').fill('verkeerd overgetypt')
  await window.getByRole('button', { name: 'Uitvoeren' }).click()
  await window.waitFor({ state: 'detached' })
  await coordinator.page.getByText('Geslacht: van vrouw → naar man').waitFor()

  // In another window somebody stopped meanwhile: what was about to be done to them says so, and what was read of them is not left standing.
  const [{ id: referrer } = { id: '' }] = server.rows<{ id: string }>("select id from participants where role = 'referrer'")
  await coordinator.page.goto(`${server.origin}/desk/studies/s1/cases/A-001?do=hand-over&person=${referrer}`)
  await window.locator('[name=name]').fill('Opvolger Voorbeeld')
  await recordStop(server.context, { study: 's1', code: 'A-001' }, { role: 'referrer' }, { state: 'withdrawn' })
  // Again where something was still being asked at that moment: its answer may be of before.
  await until(window.getByText(/doet niet meer mee, sinds/), () =>
    coordinator.page.evaluate(() => dispatchEvent(new Event('visibilitychange'))),
  )
  await assertAccessible(coordinator.page, 'somebody who stopped meanwhile')
  await coordinator.page.keyboard.press('Escape')
  await window.waitFor({ state: 'detached' })
  await becomes(() => coordinator.page.evaluate(() => document.activeElement?.tagName), 'H1')
  assert.deepEqual(coordinator.complaints, [])
})

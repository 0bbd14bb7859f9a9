/** A coordinator's morning: a family is registered, a file with a mistake in it is put right, a family is found by a few keys. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe } from '../harness/axe.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const header = 'case_code,arm,cohort,referral_date,role,name,email,language'
const line = (code: string, date: string) =>
  `${code},conference,prospective,${date},parent,Ouder,${code.toLowerCase()}@voorbeeld.example,nl`

test('families are registered one by one and from a file, found by keys, and counted in the response', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z')
  const coordinator = await staffAt(server, 'coordinator')
  const browser = await openBrowser()
  t.after(() => browser.close())
  // A family that does not fit yet is refused on purpose.
  const { context, page, complaints } = await openPage(browser, server.origin, { allowed: [/status of 422/] })
  const [name = '', value = ''] = coordinator.cookie.split('=')
  await context.addCookies([{ name, value, url: server.origin }])
  const isClean = async (what: string) => assert.deepEqual(await axe(page), [], what)

  await page.goto(`${server.origin}/desk/studies/s1/today`)
  await page.getByRole('heading', { name: 'Er zijn nog geen gezinnen' }).waitFor()
  await isClean('today, no families yet')
  await page.getByRole('link', { name: 'Gezinnen', exact: true }).click()
  await page.getByRole('heading', { name: 'Er zijn nog geen gezinnen' }).waitFor()

  // One family: what is wrong stands at its field, what was typed stays.
  await page.getByRole('link', { name: 'Gezin aanmelden' }).click()
  await page.getByLabel('Code').fill('K-1')
  await page.getByLabel('Groep').selectOption('conference')
  await page.getByLabel('Naam').fill('Ouder Voorbeeld')
  await page.getByRole('textbox', { name: 'E-mailadres' }).fill('ouder(at)voorbeeld.example')
  await page.getByRole('button', { name: 'Aanmelden', exact: true }).click()
  await page.getByText('Er kloppen 2 dingen nog niet').waitFor()
  assert.equal(await page.getByLabel('Aanmelding').getAttribute('aria-invalid'), 'true')
  assert.equal(await page.getByLabel('Naam').inputValue(), 'Ouder Voorbeeld')
  await isClean('registering, with mistakes')
  await page.getByLabel('Aanmelding').fill('2026-03-01')
  // This parent has no address, which is said on purpose.
  await page.getByLabel('Heeft geen e-mailadres').check()
  assert.equal(await page.getByRole('textbox', { name: 'E-mailadres' }).isDisabled(), true)
  await page.getByLabel(/^Telefoonnummer/).fill('06-00000012')
  await page.getByRole('button', { name: 'Nog iemand toevoegen' }).click()
  const second = page.getByRole('group', { name: 'Persoon 2' })
  assert.equal(await second.getByLabel('Rol').inputValue(), 'referrer')
  await second.getByLabel('Naam').fill('Voogd Voorbeeld')
  await second.getByRole('textbox', { name: 'E-mailadres' }).fill('voogd@voorbeeld.example')
  await page.getByRole('button', { name: 'Aanmelden', exact: true }).click()
  await page.getByText('K-1 is aangemeld.').waitFor()

  // Many from a file: its mistake is told with line and column; then all of them.
  await page.goto(`${server.origin}/desk/studies/s1/import`)
  const paste = page.getByLabel('Of plak de regels hier')
  const look = page.getByRole('button', { name: 'Bekijk wat er zou gebeuren' })
  await paste.fill([header, line('K-2', '2026-03-01'), line('K-3', '2026-02-30')].join('\n'))
  await look.click()
  await page.getByRole('row', { name: /3 referral_date Deze datum bestaat niet/ }).waitFor()
  await isClean('importing, with a mistake')
  await paste.fill([header, line('K-2', '2026-03-01'), line('K-3', '2026-02-28')].join('\n'))
  await look.click()
  await page.getByText('2 gezinnen met 2 mensen.').waitFor()
  await page.getByRole('button', { name: 'Meld deze gezinnen aan' }).click()
  await page.getByText('Alle 2 gezinnen zijn aangemeld.').waitFor()
  await page.getByRole('link', { name: 'Nog een bestand' }).click()
  await page.getByRole('listitem').filter({ hasText: '2 gezinnen, aangemeld (Verzonnen Collega)' }).waitFor()

  // Found by keys alone.
  await server.register({ ...family('Z-9'), region: 'Drenthe' })
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('/')
  await becomes(() => page.evaluate(() => document.activeElement?.tagName), 'INPUT')
  await page.keyboard.type('z-')
  await page.getByRole('option', { name: /Z-9/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await isClean('searching')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Gezin Z-9' }).waitFor()

  // A figure of the response opens the families behind it.
  await server.tick()
  await page.getByRole('link', { name: 'Respons', exact: true }).click()
  await page.getByRole('heading', { name: 'Per lijst' }).waitFor()
  const byRole = page.getByRole('region', { name: 'Per rol' })
  await byRole.locator('summary').first().press('Enter')
  await isClean('response')
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360)
  // The same figures are a table where there is room for its columns.
  await page.setViewportSize({ width: 1280, height: 740 })
  await page.getByRole('table', { name: /Per rol/ }).waitFor()
  await page.setViewportSize({ width: 360, height: 740 })
  await byRole.locator('summary').first().press('Enter')
  await byRole.getByRole('link', { name: '4' }).first().click()
  await page.getByText('4 gezinnen', { exact: true }).waitFor()
  assert.match(page.url(), /wave=T0&role=parent&list=(\*|%2A)&figure=/)
  await isClean('families')
  // A scroll bar takes 15 of the 360 px.
  await page.setViewportSize({ width: 345, height: 740 })
  await page
    .locator('table.cases th[scope=row] a')
    .first()
    .evaluate((link) => link.append('-2026-00001'))
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 345)
  await page.setViewportSize({ width: 360, height: 740 })

  // Somebody calls: their number alone finds the family, and stands in no address.
  await page.getByText('Zoek op naam, e-mailadres of telefoonnummer').press('Enter')
  await page.getByLabel('Naam, e-mailadres of telefoonnummer').fill('+31 6 00000012')
  await page.keyboard.press('Enter')
  await page.getByText('Vul beide velden in.').waitFor()
  await page.keyboard.type('belde over de afspraak')
  await page.keyboard.press('Enter')
  await page.getByText('1 persoon gevonden').waitFor()
  assert.equal(new URL(page.url()).href.slice(server.origin.length).includes('0000'), false)
  await isClean('finding by contact data')
  await page.getByRole('listitem').getByRole('link', { name: 'K-1' }).click()
  await page.getByText(/^Heeft geen e-mailadres \(sinds/).waitFor()

  // Nobody mails them: on Today they stand by name of the family, with their number behind one button.
  await page.getByRole('link', { name: 'Vandaag', exact: true }).click()
  await page.getByRole('heading', { name: /^Met de hand vragen/ }).waitFor()
  await isClean('today, to be asked by hand')
  await page.getByRole('button', { name: /^Toon telefoonnummer ?: K-1/ }).click()
  const number = page.getByRole('link', { name: '06-00000012' })
  await number.waitFor()
  assert.equal(await number.getAttribute('href'), 'tel:+31600000012')
  // Nobody was at home: with the keyboard it is written down where the number stands, and the row rests.
  await page.getByRole('button', { name: /^Poging noteren ?: K-1/ }).press('Enter')
  await page.getByRole('button', { name: 'Noteren', exact: true }).press('Enter')
  await page.getByText('Vul dit in.').first().waitFor()
  await becomes(() => page.evaluate(() => document.activeElement?.getAttribute('name')), 'means')
  await page.getByLabel('Hoe', { exact: true }).selectOption('visit')
  await page.getByLabel('Wat kwam eruit').selectOption('not reached')
  const today = Temporal.Instant.from(server.clock.now()).toZonedDateTimeISO('Europe/Amsterdam').toPlainDate()
  await page.getByLabel(/^Volgende dag/).fill(today.add({ days: 1 }).toString())
  await isClean('today, a try')
  await page.getByRole('button', { name: 'Noteren', exact: true }).press('Enter')
  await page.getByText('Genoteerd.').waitFor()
  await page.getByText('1 persoon is al geprobeerd').waitFor()
  assert.equal(await page.getByRole('button', { name: /^Poging noteren/ }).count(), 0)
  await page.getByRole('button', { name: 'Toon ze ook' }).press('Enter')
  await page.getByText(/^1 poging; langsgegaan op .*: niet bereikt; rust tot/).waitFor()
  assert.match(page.url(), /resting=yes$/)
  assert.deepEqual(complaints, [])
})

/** A study is looked after: its list read over in Arabic, its name changed, and somebody's answers erased who asked for it by telephone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { removeParticipant } from '../../server/workflow/remove-mistake.ts'
import { assertAccessible } from '../harness/accessible.ts'
import { becomes, until } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

test('a data manager reads a list over in Arabic, changes who asks, and erases for somebody after seeing what stays', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  await server.tick()
  const { cookie } = await staffAt(server, 'data manager')
  const { context, page, complaints } = await openPage(browser, server.origin, { allowed: [/status of 404/] })
  t.after(() => context.close())
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: server.origin }])

  await page.goto(`${server.origin}/desk/studies/s1/definitions`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await assertAccessible(page, 'definitions')
  await page.getByRole('link', { name: 'NOSIK' }).first().click()
  await page.getByLabel('Taal van de lijst').selectOption('ar')
  await page.locator('#try-out[dir=rtl] input[type=radio]').first().check()
  await assertAccessible(page, 'a list in Arabic, to try out')
  await page.getByRole('link', { name: 'Schalen en sleutels' }).click()
  await page.getByText('omgekeerd').first().waitFor()
  assert.equal(server.rows('select * from drafts').length, 0, 'nothing of it is kept')

  await page.goto(`${server.origin}/desk/studies/s1/definitions/protocol`)
  // Nobody goes over to a version that they did not choose.
  const versions = page.getByRole('combobox', { name: /^Andere versie/ })
  assert.equal(await versions.inputValue(), '')
  assert.match((await versions.locator('option').nth(1).textContent()) ?? '', /\((nieuwer|ouder) dan nu\)$/)
  await versions.selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Laat zien wat er verandert' }).click()
  await page.getByRole('heading', { name: 'Wat het protocol anders zegt' }).waitFor()
  // The choice and what was looked at are in the address, for a colleague too.
  const chosen = await versions.inputValue()
  await page.goto(page.url())
  await page.getByRole('heading', { name: 'Wat het protocol anders zegt' }).waitFor()
  assert.deepEqual([await versions.inputValue(), new URL(page.url()).searchParams.get('adopt')], [chosen, chosen])
  await page.getByLabel('Waarom').fill('Besluit van de commissie')
  await assertAccessible(page, 'the protocol, and what another version changes')
  await page.getByRole('button', { name: 'Overgaan', exact: true }).click()
  await page.getByText('Overgegaan. De planning van').waitFor()

  await page.goto(`${server.origin}/desk/studies/s1/settings`)
  const facts = page.locator('form').first()
  await facts.getByLabel('Wie vraagt').fill('Onderzoeksgroep Nieuw')
  await facts.getByLabel('Waarom').fill('Andere naam van de groep')
  await facts.getByRole('button', { name: 'Bewaren' }).click()
  await page.getByText('Bewaard.').waitFor()
  await page.locator('.letter-text', { hasText: 'Onderzoeksgroep Nieuw' }).waitFor()
  await assertAccessible(page, 'the study')
  await page.getByRole('button', { name: 'Eigen tekst schrijven' }).click()
  const own = page.getByRole('form', { name: 'Eigen tekst' })
  await own.getByLabel('Onderwerp').fill('Uw mening telt')
  await own.locator('textarea').fill('Dag {name}, doet u mee?')
  await own.getByText('Tekst: {link} moet er precies één keer in staan').waitFor()
  await own.locator('textarea').fill('Dag {name}, doet u mee?\n\n{link}')
  await own.getByRole('button', { name: 'Bekijken' }).click()
  await own.getByRole('article', { name: 'Zo komt hij aan' }).getByText('Dag Anna Voorbeeld').waitFor()
  await assertAccessible(page, 'words of its own for a mail')
  await own.getByLabel('Waarom').fill('Korter')
  await own.getByRole('button', { name: 'Laten gelden' }).click()
  await page.getByText(/^Een eigen tekst van dit onderzoek/).waitFor()
  await page.locator('.letter-text', { hasText: 'Dag Anna Voorbeeld' }).waitFor()
  await page.getByText('Verschil met het protocol').click()
  await page.locator('ins', { hasText: 'mening' }).first().waitFor()
  await assertAccessible(page, 'words of its own beside the protocol')

  // What is half written goes with no link and no step back unless somebody says yes.
  const asked: string[] = []
  let answer = false
  page.on('dialog', (dialog) => {
    asked.push(dialog.message())
    return answer ? dialog.accept() : dialog.dismiss()
  })
  const toWhom = page.getByLabel('Aan een')
  const ownTexts = page.locator('.mail-text').first().getByRole('link')
  await ownTexts.click()
  await toWhom.selectOption('referrer')
  await page.getByRole('button', { name: 'Eigen tekst schrijven' }).click()
  await own.getByLabel('Onderwerp').fill('Half af')
  await ownTexts.click()
  await page.getByRole('link', { name: 'Gezinnen' }).first().click()
  await page.evaluate(() => history.back())
  await becomes(async () => asked.length, 3)
  await own.getByRole('button', { name: 'Niet veranderen' }).click()
  assert.equal(await own.getByLabel('Onderwerp').inputValue(), 'Half af')
  await becomes(async () => page.url(), /settings\?role=referrer/)
  assert.deepEqual([asked.length, new Set(asked).size], [4, 1])
  answer = true
  await ownTexts.click()
  await own.waitFor({ state: 'detached' })
  assert.equal(await toWhom.isEnabled(), true)

  await page.goto(`${server.origin}/desk/studies/s1/cases/A-001`)
  await page.getByRole('link', { name: /^Stoppen, wissen of terugkomen.*ouder/i }).click()
  await page.getByText('Stoppen en antwoorden wissen').first().click()
  await page.getByText('Blijft:').waitFor()
  await page.getByLabel('Waarom').last().fill('Belde zelf')
  await page.getByRole('button', { name: 'Stoppen en antwoorden wissen' }).click()
  await page.getByText('Dat kan niet worden teruggedraaid').waitFor()
  await assertAccessible(page, 'somebody who leaves')
  await page.getByRole('button', { name: 'Ja' }).click()
  await page.getByText('De antwoorden zijn gewist op').waitFor()
  assert.deepEqual(server.rows(`select state from participants where role = 'parent'`), [{ state: 'withdrawn' }])

  // Who was taken away in another window is not left standing in this one.
  await server.register(family('A-002'))
  await page.goto(`${server.origin}/desk/studies/s1/cases/A-002`)
  await page.getByRole('link', { name: /^Stoppen, wissen of terugkomen.*aanmelder/i }).click()
  await page.getByRole('heading', { name: 'Wat er nu van deze persoon is' }).waitFor()
  await removeParticipant(server.context, { study: 's1', code: 'A-002' }, { role: 'referrer' }, { why: 'stond bij een ander gezin' })
  await until(page.getByText('Dit is er niet meer.'), () => page.evaluate(() => dispatchEvent(new Event('visibilitychange'))))
  assert.equal(await page.getByRole('heading', { name: 'Wat er nu van deze persoon is' }).count(), 0)
  assert.deepEqual(complaints, [])
})

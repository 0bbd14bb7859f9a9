/** Repeated records on the respondent's page: adding, removing, saving, coming back, and the way to what was left open. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findDraft } from '../../server/queries/drafts.ts'
import { assertAccessible } from '../harness/accessible.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { inCharge } from '../harness/in-charge.ts'
import { coordinatorAddress, plannedCase, recordsProtocol, writeRecordsStudy } from '../harness/records-study.ts'
import { startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')
const saved = (page: Page) => page.locator('.save-status', { hasText: /^Opgeslagen$/ }).waitFor()

test('records are added, removed after a question, saved, resumed, and their open questions are found, with keyboard and on a phone', async (t) => {
  const definitions = writeRecordsStudy(join(temporaryFolder(t), 'definitions'))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: recordsProtocol } })
  await server.register(plannedCase)
  await server.tick()
  const { page, context, complaints } = await openPage(browser, server.origin, { allowed: [/status of 422/] })
  t.after(() => context.close())
  await page.goto(server.mail.linkTo(coordinatorAddress))
  await page.getByRole('button', { name: 'Verder' }).click()
  await inCharge(page)
  await page.getByRole('link', { name: 'Beginnen' }).first().click()
  await page.getByRole('radio', { name: 'Ja' }).check()
  await page.getByRole('button', { name: 'Volgende' }).click()

  await page.getByText('U heeft nog geen afspraak toegevoegd.').waitFor()
  await assertAccessible(page, 'no records')
  const add = page.getByRole('button', { name: 'Afspraak toevoegen' })
  await add.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Afspraak 1' }).waitFor()
  // The focus moves to the new record.
  await becomes(() => focused(page), 'Afspraak 1')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Oma haalt de kinderen op')
  const record = (number: number) => page.locator('.record').nth(number - 1)
  assert.equal(await record(1).getByText('Deed een professional dit eerder?').count(), 0)
  await record(1).getByRole('radio', { name: 'De eigen kring' }).first().check()
  await record(1).getByRole('group', { name: 'Deed een professional dit eerder?' }).getByRole('radio', { name: 'Ja' }).check()
  await add.click()
  await add.click()
  await record(2).getByLabel('Wat is er afgesproken?').fill('Gaat weg')
  await record(3).getByLabel('Waarover gaat deze afspraak?').selectOption({ label: 'Geld' })
  await assertAccessible(page, 'records')

  await record(2).getByRole('button', { name: 'Afspraak weghalen' }).click()
  await becomes(() => focused(page), /Wilt u “Afspraak 2” weghalen\?/)
  await assertAccessible(page, 'asked before removing')
  await page.getByRole('button', { name: 'Nee, laten staan' }).click()
  await becomes(() => focused(page), 'Afspraak 2')
  await record(2).getByRole('button', { name: 'Afspraak weghalen' }).click()
  await page.getByRole('button', { name: 'Ja, weghalen' }).click()
  await page.getByRole('heading', { name: 'Afspraak 3' }).waitFor({ state: 'detached' })
  await add.click()
  await record(3).getByRole('button', { name: 'Afspraak weghalen' }).click()
  await page.getByRole('heading', { name: 'Afspraak 3' }).waitFor({ state: 'detached' })

  await saved(page)
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const expected = { plan_known: 1, actions: [{ what: 'Oma haalt de kinderen op', asked_of: 1, before: 1 }, { domain: 6 }] }
  const draft = async () => (await findDraft(server.context.stores.study.read, id))?.answers
  await becomes(draft, expected)

  await page.reload()
  await inCharge(page)
  await becomes(() => record(1).getByLabel('Wat is er afgesproken?').inputValue(), 'Oma haalt de kinderen op')
  await becomes(() => record(2).getByLabel('Waarover gaat deze afspraak?').inputValue(), '6')

  await page.getByRole('button', { name: 'Versturen' }).click()
  await page.getByRole('heading', { name: 'U heeft 5 vragen opengelaten' }).waitFor()
  await assertAccessible(page, 'open questions')
  await page.getByRole('link', { name: /Afspraak 2: Is het gedaan\?/ }).click()
  await page.getByRole('heading', { name: 'Afspraak 2' }).waitFor()
  await becomes(() => page.evaluate(() => (document.activeElement as HTMLInputElement).name), 'actions[1].done')
  await page.getByRole('button', { name: 'Versturen' }).click()
  await page.getByRole('button', { name: 'Openlaten en versturen' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dank u wel, deze lijst is klaar' }).waitFor()
  assert.deepEqual(complaints, [])
})

/** An interviewer, who has the same list several times: once about each person. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { caseFile } from '../../server/workflow/case-file.ts'
import { assertAccessible } from '../harness/accessible.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { inCharge } from '../harness/in-charge.ts'
import { interviewerAddress, interviewProtocol, talkedWith, writeInterviewStudy } from '../harness/interview-study.ts'
import { startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const headings = (page: Page, level: number) => page.getByRole('heading', { level }).allInnerTexts()

test('an interviewer is told on every page about whom a list is, goes from one person to the next, and is not addressed as a family', async (t) => {
  const definitions = writeInterviewStudy(join(temporaryFolder(t), 'definitions'))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: interviewProtocol } })
  await server.register(talkedWith('EK-001', 'parent', 'referrer', 'parent'))
  await server.tick()
  const { page, context, complaints } = await openPage(browser, server.origin)
  t.after(() => context.close())
  await page.goto(server.mail.linkTo(interviewerAddress('EK-001')))
  await page.getByRole('button', { name: 'Verder' }).click()
  await inCharge(page)

  await page.getByRole('heading', { level: 1, name: 'Uw vragenlijsten' }).waitFor()
  assert.deepEqual(await headings(page, 3), ['Gesprek\nPersoon: Aanmelder', 'Gesprek\nPersoon: Ouder 1', 'Gesprek\nPersoon: Ouder 2'])
  await page.getByText('Gezin: EK-001').waitFor()
  await page.getByText('Er staan 3 lijsten voor u klaar. Samen duurt dat ongeveer 3 uur.').waitFor()
  await page.getByText('Weet u een antwoord niet? Laat de vraag dan open.').waitFor()
  for (const toFamilies of ['U kiest zelf of u meedoet', 'Stoppen met het onderzoek', 'vraagt u om mee te doen'])
    assert.equal(await page.getByText(toFamilies).count(), 0, toFamilies)
  await assertAccessible(page, 'the packet')

  await page.getByRole('link', { name: /^Beginnen.*Gesprek Persoon: Ouder 2$/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Gesprek Persoon: Ouder 2' }).waitFor()
  await page.getByText('Gezin: EK-001').waitFor()
  await becomes(() => page.title(), 'Vraag 1 van 1 – Ouder 2 – Vragenlijsten')
  await assertAccessible(page, 'a list')
  await page.getByRole('radio', { name: 'Ja' }).check()
  await page.locator('.save-status', { hasText: /^Opgeslagen$/ }).waitFor()

  // The timer: started by hand, it runs on when the page is loaded anew, and stands when one goes elsewhere.
  await page.getByText('De klok staat stil.').waitFor()
  await page.getByRole('button', { name: 'Klok starten' }).click()
  await page.getByText('De klok loopt.').waitFor()
  await page.locator('[role=timer]', { hasText: /^0:0[1-9]$/ }).waitFor()
  await page.getByRole('button', { name: 'Klok stilzetten' }).click()
  await page.getByRole('button', { name: 'Klok weer laten lopen' }).click()
  await page.locator('.save-status', { hasText: /^Opgeslagen$/ }).waitFor()
  await page.reload()
  await inCharge(page)
  await page.getByText('De klok loopt.').waitFor()
  await assertAccessible(page, 'the timer')
  await page.getByRole('button', { name: 'Later verdergaan' }).click()
  await page.getByRole('link', { name: /^Verdergaan.*Gesprek Persoon: Ouder 2$/ }).click()
  await page.getByText('De klok staat stil.').waitFor()
  assert.notEqual(await page.getByRole('timer').textContent(), '0:00')
  await page.getByRole('button', { name: 'Later verdergaan' }).click()

  await page.getByRole('link', { name: /^Beginnen.*Gesprek Persoon: Aanmelder$/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Gesprek Persoon: Aanmelder' }).waitFor()
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 0, 'what was said about Ouder 2 stays there')
  await page.getByRole('radio', { name: 'Nee' }).check()
  await page.getByRole('button', { name: 'Versturen' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dank u wel, deze lijst is klaar' }).waitFor()
  await page.getByText('Er staat nog een lijst klaar: “Gesprek” Persoon: Ouder 1. Invullen duurt ongeveer 60 minuten.').waitFor()
  await assertAccessible(page, 'on to the next')
  await page.getByRole('link', { name: 'Naar de volgende lijst' }).click()
  await page.getByRole('heading', { level: 1, name: 'Gesprek Persoon: Ouder 1' }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Interview Person: Parent 1' }).waitFor()
  // The page was asked for anew; only one with its scripts has a timer, and leaves without sending what stands in it.
  await page.getByRole('timer').waitFor()
  await page.getByRole('button', { name: 'Go on later' }).click()

  await page.getByRole('link', { name: /^Go on.*Interview Person: Parent 2$/ }).waitFor()
  assert.deepEqual((await headings(page, 3)).at(-1), 'Interview\nPerson: Referrer', 'among what is done')
  await assertAccessible(page, 'in English, one done')

  const file = await caseFile(server.context, 's1', 'EK-001')
  const called = new Map(file.participants.map(({ id, role, number }) => [id, `${role} ${number}`]))
  assert.equal(server.rows<{ duration: number }>('SELECT duration FROM drafts WHERE duration > 0').length, 1)
  assert.deepEqual(Object.fromEntries(file.assignments.map(({ about, state }) => [called.get(about ?? ''), state])), {
    'referrer 1': 'completed',
    'parent 1': 'open',
    'parent 2': 'in progress',
  })
  assert.deepEqual(complaints, [])
})

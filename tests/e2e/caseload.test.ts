/** A referrer with twenty families, on a phone: some are done, one goes to a colleague, one they do not know any more. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { tasksOf } from '../../server/workflow/tasks.ts'
import { assertAccessible } from '../harness/accessible.ts'
import { openBrowser, openPage, type Watched } from '../harness/browser.ts'
import { family } from '../harness/family.ts'
import { inCharge } from '../harness/in-charge.ts'
import { Phone } from '../harness/phone.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const mine = 'voogd@werk.example'
const colleague = { name: 'Collega Voorbeeld', email: 'collega@werk.example' }

const referred = (code: string, day = 15): CaseEntry => ({
  ...family(code, { conference: `2026-04-${String(day).padStart(2, '0')}` }),
  participants: [{ role: 'referrer', name: 'Voogd Voorbeeld', email: mine, language: 'nl' }],
})
const codes = (count: number): string[] => Array.from({ length: count }, (_, index) => `A-${String(index + 1).padStart(3, '0')}`)

/** Their SuccInt of FU3 is open in as many cases; the conference of the last one was first. */
async function withCases(
  t: Parameters<typeof startStudyServer>[0],
  count: number,
): Promise<Watched & { server: StudyServer; phone: Phone }> {
  const server = await startStudyServer(t, '2026-07-16T09:00:00Z')
  await server.register(...codes(count).map((code, index) => referred(code, Math.max(1, 15 - Math.floor(index / 2)))))
  server.clock.set('2026-07-17T09:00:00Z')
  await server.tick()
  // Open questions, a wrong colleague and another's case are refused on purpose.
  const watched = await openPage(browser, server.origin, { allowed: [/status of (404|422)/] })
  t.after(() => watched.context.close())
  const phone = new Phone(watched.page)
  await phone.openLink(server.mail.linkTo(mine))
  return { ...watched, server, phone }
}

const shoot = async (page: Page, name: string): Promise<void> => {
  if (!process.env.SCREENSHOTS) return
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 740 })
    await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-${width}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 360, height: 740 })
}
const open = (page: Page) => page.locator('.case-rows').first().getByRole('heading', { level: 2 }).allInnerTexts()

/** Every question of the list is left open. */
async function sendEmpty(page: Page): Promise<void> {
  const send = page.getByRole('button', { name: 'Versturen', exact: true })
  const next = page.getByRole('button', { name: 'Volgende', exact: true })
  const together = page.getByRole('button', { name: 'Alle zinnen onder elkaar' })
  for (;;) {
    await send.or(next).first().waitFor()
    if (await together.isVisible()) await together.click()
    if (await send.isVisible()) break
    const heading = await page.title()
    await next.click()
    await page.waitForFunction((before) => document.title !== before, heading)
  }
  await send.click()
  await page.getByRole('button', { name: 'Openlaten en versturen' }).click()
}

test('twenty cases behind one link: three are filled in one after the other, one is handed over, one is not known any more', async (t) => {
  const { page, server, phone, complaints } = await withCases(t, 20)
  assert.equal(server.mail.accepted.length, 1, 'one mail for all of them')
  await page.getByText('Uw keuze geldt voor al uw gezinnen in dit onderzoek: A-001, A-002').waitFor()
  await shoot(page, 'consent')
  await assertAccessible(page, 'consent for all cases')
  await phone.consent({ research: true })

  await page.getByRole('heading', { level: 1, name: 'Uw gezinnen' }).waitFor()
  await page.getByText('Bij 20 gezinnen staat iets voor u klaar.').waitFor()
  const first = await open(page)
  assert.deepEqual([first.length, first[0], first.at(-1)], [20, 'Gezin A-019', 'Gezin A-002'], 'what closes first is on top')
  await assertAccessible(page, 'all cases')
  await shoot(page, 'cases')

  await page.getByRole('link', { name: /^Beginnen.*gezin A-019$/ }).click()
  for (const [code, next] of [
    ['A-019', 'A-020'],
    ['A-020', 'A-017'],
    ['A-017', null],
  ]) {
    await page.getByText(`Gezin: ${code}`).waitFor()
    await sendEmpty(page)
    if (next === null) break
    await page.getByText(`De volgende lijst gaat over gezin ${next}`).waitFor()
    if (code === 'A-019') await assertAccessible(page, 'on to the next case')
    await page.getByRole('link', { name: 'Naar de volgende lijst' }).click()
  }
  await page.getByRole('heading', { name: 'Tijd voor een pauze?' }).waitFor()
  await page.goto(`${server.origin}/packet`)
  await inCharge(page)
  await page.getByText('Bij 17 gezinnen staat iets voor u klaar.').waitFor()
  const folded = page.getByText('Nu niets te doen: 3 gezinnen')
  assert.equal(await page.getByRole('link', { name: 'Gezin A-019', exact: true }).isVisible(), false, 'what is done is folded')
  await folded.click()
  await page.getByRole('link', { name: 'Gezin A-019', exact: true }).waitFor()
  await assertAccessible(page, 'what is done, unfolded')
  await shoot(page, 'unfolded')

  // Handing over, by keyboard alone.
  await page.getByRole('link', { name: 'Niet meer bij u? Gezin A-001' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Gezin A-001' }).waitFor()
  await assertAccessible(page, 'one case')
  await shoot(page, 'case')
  await page.getByRole('link', { name: 'Overdragen aan een collega' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Gezin A-001 overdragen' }).waitFor()
  // The new page begins at its heading; from there on by keyboard.
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  await page.keyboard.press('Tab')
  await page.keyboard.type(colleague.name)
  await page.keyboard.press('Enter')
  await page.getByText('Vul een e-mailadres in.').waitFor()
  await page.waitForFunction(() => document.activeElement?.id === 'colleague-email')
  await page.keyboard.type(mine)
  await assertAccessible(page, 'handing over, with a mistake')
  await shoot(page, 'hand-over')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Klopt dit?' }).waitFor()
  await assertAccessible(page, 'is this right')
  await shoot(page, 'check')
  await page.getByRole('button', { name: 'Ja, overdragen' }).press('Enter')
  await page.getByText('Dit is het adres waarop u zelf mail van ons krijgt.').waitFor()
  await page.waitForFunction(() => document.activeElement?.id === 'colleague-email')
  await page.getByLabel('E-mailadres van uw collega').fill(colleague.email)
  await page.keyboard.press('Enter')
  await page.getByText(colleague.email).waitFor()
  // A key that is pressed while the new page puts the focus on its heading would go to the heading.
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  await page.getByRole('button', { name: 'Ja, overdragen' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: 'U heeft gezin A-001 overgedragen' }).waitFor()
  await assertAccessible(page, 'handed over')
  await shoot(page, 'handed-over')
  await page.getByRole('link', { name: 'Terug naar uw gezinnen' }).click()

  // Not known any more.
  await page.getByRole('link', { name: 'Niet meer bij u? Gezin A-002' }).click()
  await page.getByRole('link', { name: 'Ik ken dit gezin niet (meer)' }).click()
  await page.getByRole('button', { name: 'Doorgeven' }).click()
  await page.getByText('Kies een antwoord.').waitFor()
  await assertAccessible(page, 'no longer known, nothing chosen')
  await shoot(page, 'leave')
  await page.getByRole('radio', { name: 'Ik heb dit gezin nooit begeleid' }).check()
  await page.getByRole('button', { name: 'Doorgeven' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dank u wel, dat is doorgegeven' }).waitFor()
  await assertAccessible(page, 'told')
  await page.getByRole('link', { name: 'Terug naar uw gezinnen' }).click()
  await page.getByText('Bij 15 gezinnen staat iets voor u klaar.').waitFor()
  await page.getByText('Nu niets te doen: 5 gezinnen').click()
  await page.getByText(/^Overgedragen op/).waitFor()
  await page.getByText(/^Niet meer bij u sinds/).waitFor()

  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Your families' }).waitFor()
  await assertAccessible(page, 'in English')

  assert.deepEqual(
    (await tasksOf(server.context, 's1')).map(({ kind, caseCode }) => [kind, caseCode]),
    [
      ['case handed over', 'A-001'],
      ['family unknown', 'A-002'],
    ],
  )
  server.clock.set('2026-07-20T09:00:00Z')
  await server.tick()
  const theirs = await openPage(browser, server.origin)
  t.after(() => theirs.context.close())
  await new Phone(theirs.page).openLink(server.mail.linkTo(colleague.email))
  await new Phone(theirs.page).consent({ research: true })
  await theirs.page.getByText('Gezin: A-001').waitFor()
  await theirs.page.getByRole('link', { name: 'Is dit gezin niet meer bij u?' }).waitFor()
  await assertAccessible(theirs.page, 'the colleague, with one case')
  await shoot(theirs.page, 'one-case')
  assert.deepEqual([...complaints, ...theirs.complaints], [])
})

test('forty cases are a page as any other, and another’s case is not there', async (t) => {
  const { page, phone, complaints } = await withCases(t, 40)
  await phone.consent({ research: true })
  await page.getByText('Bij 40 gezinnen staat iets voor u klaar.').waitFor()
  await assertAccessible(page, 'forty cases')
  await shoot(page, 'forty')
  await page.goto(`${new URL(page.url()).origin}/packet/cases/B-001`)
  await page.getByRole('heading', { level: 1, name: 'Deze pagina is er niet' }).waitFor()
  assert.deepEqual(complaints, [])
})

test('a coordinator with three cases sees both lists of each, and is asked for no consent', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T07:00:00Z', { entry: { protocol: 'ekc-yearly@0.1.0-standin' } })
  const coordinated = (code: string): CaseEntry => ({
    code,
    arm: 'referred',
    cohort: 'ongoing',
    anchors: { conference: '2026-03-01' },
    participants: [{ role: 'coordinator', name: 'Coördinator Voorbeeld', email: mine, language: 'nl' }],
  })
  await server.register(...codes(3).map(coordinated))
  server.clock.set('2026-03-02T09:00:00Z')
  await server.tick()
  const { page, context, complaints } = await openPage(browser, server.origin)
  t.after(() => context.close())
  await new Phone(page).openLink(server.mail.linkTo(mine))
  await page.getByText('Bij 3 gezinnen staat iets voor u klaar.').waitFor()
  assert.equal(await page.getByRole('link', { name: /^Beginnen.*, gezin A-00\d$/ }).count(), 6)
  assert.equal(await page.getByText('Stoppen met het onderzoek').count(), 0)
  await assertAccessible(page, 'two lists a case')
  await shoot(page, 'coordinator')
  assert.deepEqual(complaints, [])
})

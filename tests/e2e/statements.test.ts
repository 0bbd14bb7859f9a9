/** Lists of statements: one at a time on a phone, a grid on a wide screen, and the same answers either way. */
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { assertAccessible } from '../harness/accessible.ts'
import { allTogether } from '../harness/all-together.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { address, family } from '../harness/family.ts'
import { inCharge } from '../harness/in-charge.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** A parent on the first page of their first list: five statements of 25. Time stands still, but for what a test lets pass. */
async function opened(t: TestContext, width: number) {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address('parent', 'EK-001')))
  await respondent.consent()
  const id = (await respondent.packet()).assignments[0]?.id ?? ''
  const { context, page, complaints } = await openPage(browser, server.origin, { width, height: 640 })
  t.after(() => context.close())
  await context.addCookies(
    respondent.cookie.split('; ').map((cookie) => {
      const [name = '', value = ''] = cookie.split('=')
      return { name, value, url: server.origin }
    }),
  )
  await page.clock.install()
  await page.goto(`${server.origin}/packet/lists/${id}`)
  await inCharge(page)
  await page.clock.pauseAt(Date.now() + 60_000)
  return { respondent, id, page, complaints }
}

const choice = (page: Page, item: string, value: number) => page.locator(`input[name="${item}"][value="${value}"]`)
/** The statement in sight; fails when there are more. */
const statement = async (page: Page): Promise<string> => {
  assert.equal(await page.getByRole('group').count(), 1)
  return (await page.getByRole('group').getAttribute('id')) ?? ''
}
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('name'))
const pass = (page: Page, milliseconds: number) => page.clock.runFor(milliseconds)

/** Where the middle of a choice is on the screen. */
async function middleOf(page: Page, item: string, value: number): Promise<[number, number]> {
  const box = await page.locator('.choice', { has: choice(page, item, value) }).boundingBox()
  assert.ok(box)
  return [box.x + box.width / 2, box.y + box.height / 2]
}

/** Height of everything that one aims at in a list, in pixels. */
const targets = (page: Page) =>
  page
    .locator('.choice:visible, .actions-list .button:visible, .actions-list .button-quiet:visible')
    .evaluateAll((all) => all.map((target) => target.getBoundingClientRect().height))

async function comesToHold({ respondent, id, page }: Awaited<ReturnType<typeof opened>>, answers: object): Promise<void> {
  const held = async () =>
    (await respondent.request<{ draft: { answers: object } | null }>('GET', `/api/assignments/${id}`)).body.draft?.answers
  for (let tries = 0; tries < 100 && JSON.stringify(await held()) !== JSON.stringify(answers); tries++) {
    await pass(page, 1000)
    await pause(50)
  }
  assert.deepEqual(await held(), answers)
}

test('on a phone a tap answers one statement and leads to the next, which no tap reaches by accident', async (t) => {
  const list = await opened(t, 360)
  const { page, complaints } = list
  await page.getByText('Vraag 1 van 25', { exact: true }).waitFor()
  assert.equal(await statement(page), 'item-nosik01')
  for (const height of await targets(page)) assert.ok(height >= 44, `${height} px`)

  await choice(page, 'nosik01', 2).scrollIntoViewIfNeeded()
  const place = await middleOf(page, 'nosik01', 2)
  await page.mouse.click(...place)
  await pass(page, 200)
  await page.mouse.click(...place)
  assert.equal(await statement(page), 'item-nosik01', 'the answer can be seen for a moment')
  await pass(page, 300)
  assert.equal(await statement(page), 'item-nosik02')
  await becomes(() => focused(page), 'item-nosik02')
  await page.getByText('Vraag 2 van 25', { exact: true }).waitFor()
  // The third tap of somebody with an unsteady hand.
  await page.mouse.click(...(await middleOf(page, 'nosik02', 2)))
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 0)
  await pass(page, 300)

  // What was just answered can be seen again, and changed.
  await page.getByRole('button', { name: 'Vorige' }).click()
  assert.equal(await statement(page), 'item-nosik01')
  assert.equal(await choice(page, 'nosik01', 2).isChecked(), true)
  await pass(page, 300)
  await choice(page, 'nosik01', 4).check()
  await pass(page, 300)
  assert.equal(await statement(page), 'item-nosik02')
  await pass(page, 300)

  // One may skip.
  await page.getByRole('button', { name: 'Volgende' }).click()
  assert.equal(await statement(page), 'item-nosik03')
  await comesToHold(list, { nosik01: 4 })
  await page.clock.resume()
  await assertAccessible(page, 'a statement')

  await page.reload()
  await inCharge(page)
  await page.getByText('Vraag 2 van 25', { exact: true }).waitFor()
  assert.equal(await statement(page), 'item-nosik02', 'one goes on at the first that is open')
  assert.deepEqual(complaints, [])
})

test('by keyboard arrows choose, Space and Enter go on, and after the last statement comes the next page', async (t) => {
  const list = await opened(t, 360)
  const { page, complaints } = list
  await choice(page, 'nosik01', 1).focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) {
    await page.keyboard.press(key)
    await pass(page, 1000)
  }
  assert.equal(await statement(page), 'item-nosik01', 'walking through the choices leads nowhere')
  assert.equal(await choice(page, 'nosik01', 4).isChecked(), true)
  await page.keyboard.press('Enter')
  await becomes(() => focused(page), 'item-nosik02')
  await page.keyboard.press('Tab')
  await becomes(() => focused(page), 'nosik02')
  await page.keyboard.press('Space')
  await pass(page, 300)
  await becomes(() => focused(page), 'item-nosik03')
  await page.getByRole('group', { name: /^3\. Ik krijg genoeg rust op een dag/ }).waitFor()
  await page.getByRole('radio', { name: 'Helemaal oneens' }).focus()
  for (const next of ['item-nosik04', 'item-nosik05']) {
    await page.keyboard.press('Enter')
    await becomes(() => focused(page), next)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Space')
  await pass(page, 300)
  await becomes(() => page.evaluate(() => document.activeElement?.textContent), 'Volgende')
  await page.keyboard.press('Enter')
  await page.getByText('Vraag 6 van 25', { exact: true }).waitFor()
  assert.equal(await statement(page), 'item-nosik06')
  await pass(page, 100)
  await becomes(() => page.evaluate(() => document.activeElement?.textContent ?? ''), /Vraag 6 tot en met 10 van 25/)
  await page.getByRole('button', { name: 'Vorige' }).click()
  assert.equal(await statement(page), 'item-nosik05')
  await comesToHold(list, { nosik01: 4, nosik02: 1, nosik05: 1 })

  await allTogether(page)
  await becomes(() => page.getByRole('group').count(), 5)
  await page.getByRole('button', { name: 'Volgende' }).click()
  assert.equal(await page.getByRole('group').count(), 5)
  await page.getByRole('button', { name: 'Zinnen één voor één' }).click()
  assert.equal(await statement(page), 'item-nosik06')
  assert.deepEqual(complaints, [])
})

test('on a wide screen statements are rows and choices are columns, and every radio button has its own name', async (t) => {
  const list = await opened(t, 1280)
  const { page, complaints } = list
  assert.equal(await page.getByRole('group').count(), 5)
  const columns = await page.locator('main input[type=radio]').evaluateAll((radios) =>
    Object.values(Object.groupBy(radios as HTMLInputElement[], ({ value }) => value)).map((column = []) => ({
      lefts: new Set(column.map((radio) => Math.round(radio.getBoundingClientRect().left))).size,
      rows: new Set(column.map((radio) => Math.round(radio.getBoundingClientRect().top))).size,
    })),
  )
  assert.deepEqual(columns, Array(6).fill({ lefts: 1, rows: 5 }))
  for (const height of await targets(page)) assert.ok(height >= 44, `${height} px`)
  const row = page.getByRole('group', { name: /^3\. Ik krijg genoeg rust op een dag/ })
  await row.getByRole('radio', { name: 'Een beetje eens' }).check()
  await pass(page, 2000)
  assert.equal(await page.getByRole('group').count(), 5)
  assert.equal(await focused(page), 'nosik03', 'nothing moves by itself')
  await comesToHold(list, { nosik03: 4 })
  await page.clock.resume()
  await assertAccessible(page, 'a grid')
  await choice(page, 'nosik03', 4).press('Enter')
  await page.getByText('Vraag 6–10 van 25').waitFor()
  assert.deepEqual(complaints, [])
})

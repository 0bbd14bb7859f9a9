/** Typing lists in at the desk: a file researcher codes three waves, an interviewer enters a schedule. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Dialog, Page } from 'playwright-core'
import { itemsOf } from '../../instruments/items.ts'
import { assertAccessible } from '../harness/accessible.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, family } from '../harness/family.ts'
import { interviewProtocol, talkedWith, writeInterviewStudy } from '../harness/interview-study.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { typeCodes } from '../harness/type-codes.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** A family with staff of its own role, as the study of 2008 has them. */
function withStaff(code: string, role: string, place: { arm: string; cohort: string }) {
  const entry = family(code, { referral: '2025-03-01', conference: '2025-04-15' })
  const colleague = { role, name: `${role} Voorbeeld`, email: address(role, code), language: 'nl' }
  return { ...entry, ...place, participants: [...entry.participants, colleague] }
}

async function signedIn(
  t: { after(fn: () => unknown): void },
  server: StudyServer,
  staff: StaffClient,
  // Open questions are refused on purpose.
  { width = 1280, allowed = [/status of 422/] } = {},
) {
  const { page, context, complaints } = await openPage(browser, server.origin, { width, height: 900, allowed })
  t.after(() => context.close())
  const becomes = async ({ cookie }: StaffClient) => {
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url: server.origin }])
  }
  await becomes(staff)
  return { page, complaints, becomes }
}

const saved = (page: Page) => page.getByText(/^Bewaard om/).waitFor()

test('a file researcher codes three waves by keyboard, with the other waves beside; an interviewer enters a schedule', async (t) => {
  const server = await startStudyServer(t, '2026-02-02T09:00:00Z', { entry: { protocol: 'familie-aan-zet@0.2.0-standin' } })
  await server.register(
    withStaff('A-001', 'file-researcher', { arm: 'conference', cohort: 'prospective' }),
    withStaff('S-001', 'interviewer', { arm: 'shadow', cohort: 'shadow' }),
  )
  await server.tick()
  const zap = itemsOf(server.context.definitions.instruments.need('zap-kort@0.1.0-standin'))

  const coder = await signedIn(t, server, await staffAt(server, 'file researcher'))
  const { page } = coder
  await page.goto(`${server.origin}/desk/studies/s1/entry`)
  for (const [index, wave] of ['T0', 'FU3', 'FU9'].entries()) {
    if (index === 0) await page.getByRole('link', { name: `A-001 ${wave}:` }).click()
    assert.ok(await page.getByLabel('uit het dossier').isChecked())
    if (index === 0) await assertAccessible(page, 'beginning')
    await page.getByRole('button', { name: 'Begin met invoeren' }).click()
    await page.locator('.codes').waitFor()
    assert.deepEqual(
      await page.locator('.codes thead .codes-other').allInnerTexts(),
      ['T0', 'FU3', 'FU9'].filter((one) => one !== wave),
    )
    await typeCodes(page, index === 0 ? 40 : 3)
    if (index === 1) {
      await assertAccessible(page, 'codes')
      assert.ok((await page.locator('td.codes-other[data-wave=T0]').allInnerTexts()).filter((text) => text !== '').length > 5)
    }
    await page.getByRole('button', { name: 'Vastleggen' }).click()
    const open = page.getByRole('button', { name: 'Open laten en vastleggen' })
    const done = page.getByRole('heading', { name: 'Vastgelegd' })
    await open.or(done).waitFor()
    if (await open.isVisible()) await open.click()
    await done.waitFor()
    if (index < 2) await page.getByRole('link', { name: /^Verder met/ }).click()
  }
  const stored = server.rows<{ wave: string; means: string; answers: string }>(
    'SELECT wave, means, answers FROM responses JOIN assignments ON assignments.id = assignment_id ORDER BY wave',
  )
  assert.deepEqual(
    stored.map(({ wave, means }) => [wave, means]),
    [
      ['FU3', 'file'],
      ['FU9', 'file'],
      ['T0', 'file'],
    ],
  )
  const counts = stored.map(({ answers }) => Object.keys(JSON.parse(answers)).length)
  assert.deepEqual(counts.slice(0, 2), [3, 3])
  assert.ok((counts[2] ?? 0) > zap.length / 2, String(counts))
  assert.deepEqual(coder.complaints, [])

  const interviewer = await signedIn(t, server, await staffAt(server, 'interviewer'), { width: 360 })
  await interviewer.page.goto(`${server.origin}/desk/studies/s1/entry`)
  await interviewer.page.getByRole('link', { name: 'S-001 FU9:' }).first().click()
  assert.ok(await interviewer.page.getByLabel('in een gesprek').isChecked())
  await interviewer.page.getByRole('button', { name: 'Begin met invoeren' }).click()
  await interviewer.page.locator('.typing-list').waitFor()
  await interviewer.page.locator('.typing-list input[type=radio]').first().check()
  await saved(interviewer.page)
  await assertAccessible(interviewer.page, 'a schedule as its respondent sees it')
  const kept = server.rows<{ answers: string }>("SELECT answers FROM entries WHERE means = 'interview'")
  assert.equal(Object.keys(JSON.parse(kept[0]?.answers ?? '')).length, 1)
  for (;;) {
    const next = interviewer.page.getByRole('button', { name: 'Volgende bladzijde' })
    if (!(await next.isVisible())) break
    await next.click()
  }
  await interviewer.page.getByRole('button', { name: 'Vastleggen' }).click()
  await interviewer.page.getByRole('heading', { name: /staan open$/ }).waitFor()
  await interviewer.page.getByRole('button', { name: 'Open laten en vastleggen' }).click()
  await interviewer.page.getByRole('heading', { name: 'Vastgelegd' }).waitFor()
  assert.equal(server.rows("SELECT id FROM responses WHERE means = 'interview'").length, 1)
  assert.deepEqual(interviewer.complaints, [])
})

test('a record that was forgotten is added after seeing what that does; a list that waits for a second typing stands under today', async (t) => {
  const definitions = writeInterviewStudy(join(temporaryFolder(t), 'definitions'))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: interviewProtocol } })
  await server.register(talkedWith('A-001', 'parent'), talkedWith('A-002', 'parent'))
  await server.tick()
  const about = { instrument: 'talk', wave: 'FU9', role: 'interviewer', about: 'parent 1' }
  await server.submit({ code: 'A-001', ...about }, { held: 1, safe: 2, wishes: [{ wish: 'Rust' }] })
  const listOf = (code: string) =>
    server.rows<{ id: string }>(`SELECT a.id FROM assignments a JOIN cases c ON c.id = case_id WHERE code = '${code}'`)[0]?.id ?? ''
  const manager = await staffAt(server, 'data manager')
  const typing = `/studies/s1/cases/A-002/entry/${listOf('A-002')}`
  await manager.call(`POST ${typing}`, { means: 'interview', answeredOn: '2026-03-02', language: 'nl', double: true })
  await manager.call(`POST ${typing}/finish`, { revision: 0, answers: { held: 0 }, page: null, skipped: [] })

  const { page, complaints } = await signedIn(t, server, manager, { width: 360 })
  await page.goto(`${server.origin}/desk/studies/s1/today`)
  await page.getByRole('link', { name: 'A-002 FU9: Gesprek' }).waitFor()
  await page.getByText('een collega moet het ook doen').waitFor()
  await page.goto(`${server.origin}/desk/studies/s1/cases/A-001/answers/${listOf('A-001')}`)
  await page.getByRole('button', { name: 'Onderdeel toevoegen: wishes' }).click()
  await page.getByLabel('Wens').fill('Een tuin')
  await page.getByLabel('Waarom?').fill('staat op de band')
  // What is half typed does not go with a slip of the finger: it is asked, each time, and stays.
  const asked: string[] = []
  const refuse = (question: Dialog) => {
    asked.push(question.message())
    void question.dismiss()
  }
  page.on('dialog', refuse)
  for (const times of [1, 2]) {
    await page.keyboard.press('Escape')
    await becomes(async () => asked.length, times)
  }
  await becomes(() => page.getByLabel('Wens').inputValue(), 'Een tuin')
  page.off('dialog', refuse)
  await page.getByRole('button', { name: 'Bekijk wat er verandert' }).click()
  await page.getByRole('dialog').getByText('1: Rust wordt 1: Rust; 2: Een tuin').waitFor()
  await assertAccessible(page, 'adding a record')
  await page.getByRole('button', { name: 'Verander het' }).click()
  await page.getByText('2 onderdelen').waitFor()
  await page.getByRole('button', { name: 'Onderdeel 1 weghalen: wishes' }).click()
  await page.getByLabel('Waarom?').fill('staat er dubbel')
  await page.getByRole('button', { name: 'Bekijk wat er verandert' }).click()
  await page.getByRole('button', { name: 'Verander het' }).click()
  await page.getByText('1 onderdeel', { exact: true }).waitFor()
  const [response] = server.rows<{ answers: string }>('SELECT answers FROM responses')
  assert.deepEqual(JSON.parse(response?.answers ?? '').wishes, [{ wish: 'Een tuin' }])
  assert.deepEqual(complaints, [])

  // A colleague types the list a second time; the connection fails, and before it is back the manager signs in at the same browser.
  const colleague = await staffAt(server, 'data manager')
  const second = await signedIn(t, server, colleague, { allowed: [/status of 4(09|01|22)/, /ERR_FAILED/] })
  await second.page.goto(`${server.origin}/desk${typing}`)
  await second.page.getByRole('button', { name: 'Tweede keer invoeren' }).click()
  const answer = second.page.locator('.typing input[type=radio], .typing select, .codes input').first()
  await answer.waitFor()
  const typed = () => server.rows<{ entered_by: string; answers: string }>('SELECT entered_by, answers FROM entries WHERE pass = 2')
  await second.page.route('**/entry/*', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
  if (await answer.evaluate((element) => element.matches('[type=radio]'))) await answer.check()
  else await answer.fill('1')
  await second.page.getByText(/^Nog niet bewaard/).waitFor()
  await second.becomes(manager)
  await second.page.unroute('**/entry/*')
  await second.page.getByRole('heading', { name: 'Dit venster is van Verzonnen Collega' }).waitFor()
  await assertAccessible(second.page, 'somebody else signed in')
  assert.deepEqual(typed(), [{ entered_by: colleague.id, answers: '{}' }], 'nothing under the name of who is signed in now')
  await second.page.getByRole('button', { name: 'Verzonnen Collega logt weer in' }).click()
  await second.page.getByRole('heading', { name: 'Inloggen' }).waitFor()
  await second.becomes(colleague)
  await second.page.waitForFunction(
    () => {
      dispatchEvent(new Event('visibilitychange'))
      return [...document.querySelectorAll<HTMLElement>('.typing-bar p')].some(
        (line) => line.checkVisibility() && line.textContent.startsWith('Bewaard om'),
      )
    },
    null,
    { polling: 300 },
  )
  assert.notEqual(typed()[0]?.answers, '{}')
})

/**
 * Pictures of every page of the desk as each role sees it, at 360 and 1280 px, with an index, and what is wrong on each: it scrolls
 * sideways, the console complains, axe finds something. For whoever changes a page.
 *
 *   npm run screens [FOLDER [nl|en [ROLE...]]]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { codeAt } from '../../server/access/one-time-codes.ts'
import { type StaffRole, staffRoles } from '../../server/access/roles.ts'
import { inviteStaff } from '../../server/workflow/staff-accounts.ts'
import { axe } from '../harness/axe.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { later } from '../harness/colleague.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { demonstrate } from '../harness/demonstrating.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { type Screen, type Shown, screens } from './desk-screens.ts'

const [folder = 'screens', language = 'nl', ...wanted] = process.argv.slice(2)
const roles = (Object.keys(staffRoles) as StaffRole[]).filter((role) => wanted.length === 0 || wanted.includes(role))
const locale = language === 'en' ? 'en-GB' : 'nl-NL'
const widths = [1280, 360]
const ends: (() => unknown)[] = []
const test = { after: (end: () => unknown) => void ends.push(end) }
const taken: { file: string; title: string; width: number; wrong: string[] }[] = []

mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
test.after(() => browser.close())
try {
  await theDesk()
  await signingIn()
} finally {
  writeIndex()
  for (const end of ends.toReversed()) await end()
}
process.exitCode = taken.some(({ wrong }) => wrong.length > 0) ? 1 : 0

async function theDesk(): Promise<void> {
  const demonstration = await demonstrate(temporaryFolder(test))
  test.after(() => demonstration.stop())
  await demonstration.ready
  const { origin } = demonstration
  const shown = await whatThereIs(origin)
  // What a role may not do is told by the page, after a refusal that the console tells of, too.
  const { context, page, complaints } = await openPage(browser, origin, { locale, allowed: [/status of 4\d\d/] })
  for (const role of roles) {
    await context.request.post(`${origin}/api/demo/role`, { data: { role }, headers: { Origin: origin } })
    for (const screen of screens) {
      if (screen.may && !(staffRoles[role] as readonly string[]).includes(screen.may)) continue
      await visit(page, `${origin}${screen.path(shown)}`)
      await shoot(page, complaints, `${role} ${nameOf(screen)}`)
    }
  }
}

function nameOf({ page, state }: Screen): string {
  return [page.replace(/Page$/, ''), state].filter(Boolean).join(' ')
}

/** A family with answers, one of its people, a list that is open, and a mail. */
async function whatThereIs(origin: string): Promise<Shown> {
  const get = async (path: string) => await (await fetch(`${origin}/api/${path}`)).json()
  const [{ id: study }] = (await get('desk/me')).studies
  const { cases } = await get(`desk/studies/${study}/cases`)
  const { mails } = await get('demo/mails')
  for (const { code } of cases) {
    const { participants, assignments } = await get(`desk/studies/${study}/cases/${code}`)
    const completed = assignments.find((one: { isAnswered: boolean }) => one.isAnswered)
    const open = assignments.find(({ state }: { state: string }) => state === 'open')
    if (!completed || !open) continue
    const { instrument, version } = completed
    return {
      ...{ study, code, person: participants[0].id, completed: completed.id, open: open.id },
      ...{ instrument: `${instrument}@${version}`, mail: mails[0].number },
    }
  }
  throw new Error('No family of the demonstration has both an answer and an open list.')
}

/** From the first page that somebody sees to the codes of every later time. */
async function signingIn(): Promise<void> {
  const server = await startStudyServer(test, '2026-03-02T09:00:00Z')
  const { page, complaints } = await openPage(browser, server.origin, { locale, allowed: [/status of 4\d\d/] })
  const [address, password] = ['bea@bureau.example', 'zeven koeien lopen langzaam']
  await visit(page, `${server.origin}/desk`)
  await shoot(page, complaints, 'SignIn')
  const invited = { name: 'Bea Beheer', address, language: 'nl', grants: [{ studyId: '*', role: 'administrator' as const, region: '*' }] }
  const { link } = await inviteStaff(server.context, invited)
  await visit(page, link ?? '')
  await shoot(page, complaints, 'Welcome')
  await page.locator('input[type=password]').first().fill(password)
  await page.locator('button[type=submit]').click()
  await page.locator('.secret').waitFor()
  await shoot(page, complaints, 'Enrol')
  const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '')
  later(server, 60)
  await page.locator('input[inputmode=numeric], input[autocomplete=one-time-code]').first().fill(codeAt(secret, server.clock.now()))
  await page.locator('form button[type=submit]').last().click()
  await page.locator('.recovery-codes, ul.codes, ol').first().waitFor()
  await shoot(page, complaints, 'Enrol recovery codes')
  await page.context().clearCookies()
  await visit(page, `${server.origin}/desk`)
  await page.locator('input[type=email], input[autocomplete=username]').first().fill(address)
  await page.locator('input[type=password]').first().fill(password)
  await page.locator('form button[type=submit]').first().click()
  await page.locator('input[autocomplete=one-time-code]').first().waitFor()
  await shoot(page, complaints, 'Code')
}

async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
}

async function shoot(page: Page, complaints: string[], title: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 900 })
    const file = `${title} ${width}.png`.replaceAll(' ', '-')
    await page.screenshot({ path: join(folder, file), fullPage: true })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    const wrong = [...(over > 0 ? [`it scrolls sideways by ${over} px`] : []), ...complaints.splice(0), ...(await axe(page))]
    taken.push({ file, title, width, wrong })
    for (const one of wrong) process.stdout.write(`${title} at ${width} px: ${one}\n`)
  }
}

/** All of them on one page, smaller, each leading to itself. */
function writeIndex(): void {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const figures = taken.map(
    ({ file, title, width, wrong }) =>
      `<figure><a href="${escaped(file)}"><img src="${escaped(file)}" alt="" loading="lazy" width="${width === 360 ? 180 : 480}"></a>` +
      `<figcaption>${escaped(`${title}, ${width} px`)}${wrong.map((one) => `<br><strong>${escaped(one)}</strong>`).join('')}</figcaption></figure>`,
  )
  const style =
    'body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:1rem;align-items:start}figure{margin:0}img{border:1px solid #999}'
  const text = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens</title><style>${style}</style>${figures.join('\n')}</html>\n`
  writeFileSync(join(folder, 'index.html'), text)
  process.stdout.write(`${taken.length} pictures in ${join(folder, 'index.html')}\n`)
}

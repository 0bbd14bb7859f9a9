/** The demonstration in a browser: what somebody sees who has just run `npm start`. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axe } from '../harness/axe.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage, type Watched } from '../harness/browser.ts'
import { type Demonstrating, demonstrate } from '../harness/demonstrating.ts'
import { family } from '../harness/family.ts'
import { hostile, intruders } from '../harness/hostile-study.ts'

let browser: Browser
let demo: Demonstrating
const folder = mkdtempSync(join(tmpdir(), 'nameting-'))

/** What a browser that was early saw. */
let early: { status: number; text: string; refresh: string | null }

before(async () => {
  browser = await openBrowser()
  demo = await demonstrate(join(folder, 'demo'))
  early = await whileMaking()
  await demo.ready
})

after(async () => {
  await browser.close()
  await demo.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function whileMaking(): Promise<typeof early> {
  for (;;) {
    const answer = await fetch(demo.origin).catch(() => undefined)
    if (answer) return { status: answer.status, text: await answer.text(), refresh: answer.headers.get('Refresh') }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const open = async (path: string, options: Parameters<typeof openPage>[2] = {}): Promise<Watched> => {
  const watched = await openPage(browser, demo.origin, options)
  await watched.page.goto(`${demo.origin}${path}`)
  return watched
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
/** In full, or as it is on a phone. */
const banner = /demonstratie(:| met) verzonnen mensen/i

test('whoever comes before it is made is told so, on a page that looks again by itself', () => {
  assert.equal(early.status, 503)
  assert.equal(early.refresh, '2')
  assert.match(early.text, /De demonstratie wordt gemaakt/)
})

test('it tells how far the making is, and then where it is to be seen', () => {
  assert.match(demo.said().stderr, /Making the demonstration: \d+%/)
  assert.match(demo.said().stdout, /The demonstration is on http:\/\/localhost:\d+/)
})

const pages: [path: string, heading: string | RegExp][] = [
  ['/', 'Een onderzoek om uit te proberen'],
  ['/mailbox', 'Postvak'],
  ['/mailbox?search=nergens', 'Postvak'],
  ['/mailbox/1', /vragen/],
  ['/desk/studies/demonstration/cases', 'Gezinnen'],
  ['/desk/studies/demonstration/cases?search=nergens', 'Gezinnen'],
  ['/desk/studies/demonstration/cases/EK-003', 'Gezin EK-003'],
  ['/desk/studies/demonstration/cases/EK-008', 'Gezin EK-008'],
  ['/desk/studies/demonstration/cases/EK-052', 'Gezin EK-052'],
  ['/desk/nowhere', 'Deze pagina is er niet'],
]

for (const width of [360, 1280])
  test(`every page has the banner, no barrier that axe finds, and nothing beside the screen at ${width} px`, async (t) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { context, page, complaints } = await openPage(browser, demo.origin, { width })
      t.after(() => context.close())
      await page.emulateMedia({ colorScheme })
      for (const [path, title] of pages) {
        await page.goto(`${demo.origin}${path}`)
        await heading(page, title).waitFor()
        await page.getByText('Een ogenblik geduld…').first().waitFor({ state: 'detached' })
        await page.getByText(banner).filter({ visible: true }).waitFor()
        assert.deepEqual(await axe(page), [], path)
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, path)
      }
      assert.deepEqual(complaints, [])
    }
  })

test('from the home page to a mail, and through its link to what the parent sees', async (t) => {
  const { context, page, complaints } = await open('/', { width: 1280 })
  t.after(() => context.close())
  await page.locator('.mail-to-try').click()
  await page.getByText('@voorbeeld.example').first().waitFor()
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Open de link in deze mail' }).click()
  const door = await opened
  await door.getByRole('button').waitFor()
  await door
    .getByText(/demonstratie|demonstration/i)
    .first()
    .waitFor()
  assert.match(door.url(), /\/l\/[A-Za-z0-9_-]{43}$/)
  assert.deepEqual(complaints, [])
})

test('setting the clock ahead a month tells what happened, and new mail is in the mailbox', async (t) => {
  const { context, page, complaints } = await open('/')
  t.after(() => context.close())
  const all = page.getByRole('link', { name: /Alle \d+ mails/ })
  const before = Number((await all.textContent())?.match(/\d+/)?.[0])
  await page.getByRole('button', { name: 'Een maand' }).click()
  await page.getByText('De klok ging van').waitFor()
  await page
    .getByText(/^FU3: Uitnodiging verstuurd \(\d+\)$/)
    .first()
    .waitFor()
  await page
    .getByText(/^FU9: Uitnodiging verstuurd \(\d+\)$/)
    .first()
    .waitFor()
  await page.getByText('Dag voor dag').click()
  assert.deepEqual(await axe(page), [])
  await page.waitForFunction((count) => Number(document.body.textContent?.match(/Alle (\d+) mails/)?.[1]) > count, before)
  assert.deepEqual(complaints, [])
})

test('a number of the report opens into its families, and the keys go on from there', async (t) => {
  const { context, page, complaints } = await open('/desk/studies/demonstration/report')
  t.after(() => context.close())
  const table = page.getByRole('article', { name: /^3\.1 / })
  await table.getByRole('button').first().click()
  const window = page.getByRole('dialog')
  await window.getByRole('link', { name: /^EK-/ }).first().waitFor()
  assert.deepEqual(await axe(page), [])
  assert.match(page.url(), /[?&]number=3\.1\+1\+0/)
  await page.keyboard.press('Escape')
  await window.waitFor({ state: 'detached' })
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await window.getByText('Geldige waarden (n)').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('img', { name: /^Figuur 1\./ }).waitFor()
  await page.getByRole('region', { name: 'Bewaarde rapporten' }).getByRole('link').first().click()
  await page.getByText('Dit is een eerder rapport').waitFor()
  assert.deepEqual(await axe(page), [])
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0)
  const report = new URL(page.url()).searchParams.get('made')
  for (const [language, width] of [
    ['nl', 360],
    ['en', 1280],
  ] as const) {
    const file = await context.request.get(
      new URL(`/api/desk/studies/demonstration/reports/${report}/file?file=html&language=${language}`, page.url()).href,
    )
    // A page of its own: the desk takes no HTML as text.
    const apart = await context.newPage()
    await apart.setViewportSize({ width, height: 800 })
    await apart.setContent(await file.text())
    await assertReadable(apart)
  }
  assert.deepEqual(complaints, [])
})

/** The page of a report as a file: for whoever hears it, or has it on a telephone. */
async function assertReadable(page: Page): Promise<void> {
  assert.deepEqual(await axe(page), [])
  const found = await page.evaluate(() => {
    const all = <One extends Element>(of: ParentNode, wanted: string) => [...of.querySelectorAll<One>(wanted as never)]
    const tables = all<HTMLTableElement>(document, 'table')
    return {
      tables: tables.length,
      withoutCaption: tables.filter(({ caption }) => !caption?.textContent?.trim()).length,
      withoutScope: all(document, 'th:not([scope])').length,
      figures: all(document, 'svg').length,
      withoutName: all(document, 'svg:not([role="img"][aria-label])').length,
      tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }
  })
  assert.ok(found.tables > 40 && found.figures > 5, JSON.stringify(found))
  assert.deepEqual([found.withoutCaption, found.withoutScope, found.withoutName, found.tooWide], [0, 0, 0, 0])
}

test('an export is chosen, made and taken as a zip, and stands in the list with what it is for', async (t) => {
  const { context, page, complaints } = await open('/desk/studies/demonstration/exports')
  t.after(() => context.close())
  await page.getByRole('heading', { level: 2, name: 'Eerder gemaakt' }).waitFor()
  const bands = page.getByLabel(/^In klassen/)
  assert.equal(await bands.count(), 0)
  await page.getByLabel(/^Om te delen\./).check()
  await bands.check()
  await page.getByLabel('CSV, met een script voor R').uncheck()
  await page.getByText('Kies ten minste').waitFor()
  await page.getByLabel('SPSS').check()
  await page.getByLabel('Waarvoor, en voor wie').fill('Een scriptie')
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Maak de export' }).press('Enter')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('region', { name: 'Deze export' }).getByRole('link', { name: 'Bestanden ophalen (zip)' }).click(),
  ])
  assert.match(download.suggestedFilename(), /^demonstration-\d{4}-\d\d-\d\d-[0-9a-f]{12}\.zip$/)
  await page.getByRole('row', { name: /Een scriptie/ }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0)
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(complaints, [])
})

test('everything can be reached and used with the keyboard, and a new page begins at its title', async (t) => {
  const { context, page } = await open('/', { width: 1280 })
  t.after(() => context.close())
  await heading(page, /.+/).waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim())
  await page.keyboard.press('Tab')
  assert.equal(await focused(), 'Naar de inhoud')
  await page.getByRole('link', { name: 'Gezinnen', exact: true }).filter({ visible: true }).first().waitFor()
  for (let presses = 0; presses < 10 && (await focused()) !== 'Gezinnen'; presses++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await heading(page, 'Gezinnen').waitFor()
  await becomes(focused, 'Gezinnen')
  await becomes(() => page.title(), 'Gezinnen - Nameting')
  await page.getByRole('searchbox').waitFor()
  const isSearching = () => page.evaluate(() => document.activeElement?.matches('main [type=search]'))
  for (let presses = 0; presses < 4 && !(await isSearching()); presses++) await page.keyboard.press('Tab')
  await page.keyboard.type('EK-04')
  await page.getByRole('status').getByText('10 gezinnen').waitFor()
  await page.goBack()
  await heading(page, 'Een onderzoek om uit te proberen').waitFor()
})

test('a choice of families is in the address, and can be undone', async (t) => {
  const { context, page, complaints } = await open('/desk/studies/demonstration/cases', { width: 1280 })
  t.after(() => context.close())
  await page.getByLabel(/^Groep/).selectOption({ label: 'Geen conferentie' })
  await page.getByRole('status').getByText('13 gezinnen').waitFor()
  assert.equal(new URL(page.url()).search, '?arm=non-conference')
  await page.reload()
  await page.getByRole('status').getByText('13 gezinnen').waitFor()
  await page.getByRole('searchbox').fill('zzz')
  await page.getByText('Geen gezin past bij deze keuze.').waitFor()
  await page.getByRole('link', { name: 'Toon alle gezinnen' }).click()
  await page.getByRole('status').getByText('70 gezinnen').waitFor()
  assert.deepEqual(complaints, [])
})

test('it speaks English when asked to, and still does after a reload', async (t) => {
  const { context, page, complaints } = await open('/')
  t.after(() => context.close())
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await heading(page, 'A study to try out').waitFor()
  await page
    .getByText(/demonstration(:| with) invented people/i)
    .filter({ visible: true })
    .waitFor()
  assert.equal(await page.getAttribute('html', 'lang'), 'en')
  await page.goto(`${demo.origin}/desk/studies/demonstration/cases/EK-008`)
  await heading(page, 'Family EK-008').waitFor()
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(complaints, [])
})

test('a family that does not exist, and a server that is away, are said calmly', async (t) => {
  const { context, page } = await open('/desk/studies/demonstration/cases/EK-999')
  t.after(() => context.close())
  await page.getByText('Misschien is het adres niet goed overgenomen.').waitFor()
  await page.getByText(banner).filter({ visible: true }).waitFor()
  await page.route('**/api/**', (route) => route.abort())
  await page.getByRole('link', { name: 'Postvak' }).click()
  await page.getByText('De server antwoordt niet.').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.unroute('**/api/**')
  await page.getByRole('button', { name: 'Probeer het opnieuw' }).click()
  await page.getByText(/^\d+ mails$/).waitFor()
})

test('what somebody typed who tries to be more than a name stays a text in the mailbox', async (t) => {
  const { context, page, complaints } = await open('/mailbox', { width: 1280 })
  t.after(() => context.close())
  const post = async (path: string, body: unknown) => {
    const headers = { 'Content-Type': 'application/json', Origin: demo.origin }
    const { status } = await fetch(`${demo.origin}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    assert.ok(status < 300, `${path}: ${status}`)
  }
  const { now } = (await (await fetch(`${demo.origin}/api/demo/clock`)).json()) as { now: string }
  const entry = family('X-001', { referral: now.slice(0, 10), conference: now.slice(0, 10) })
  const participants = entry.participants.map((one, index) => ({ ...one, name: hostile[index] }))
  const [, , , title, organisation] = hostile
  await post('/desk/studies/demonstration/settings', { title, organisation, reason: 'Om het te zien' })
  await post('/desk/studies/demonstration/cases', { ...entry, participants })
  await post('/demo/clock', { step: 'day' })
  await page.goto(`${demo.origin}/mailbox?search=x-001`)
  await page.getByRole('link', { name: title }).or(page.locator('main a[href^="/mailbox/"]')).first().click()
  await page
    .getByText(hostile[0] ?? '')
    .or(page.getByText(organisation ?? ''))
    .first()
    .waitFor()
  for (const frame of page.frames()) {
    await frame.waitForLoadState()
    assert.deepEqual(
      (await frame.evaluate(intruders)).filter((found) => !found.includes('/api/demo/mails/')),
      [],
    )
  }
  assert.deepEqual(complaints, [])
})

test('the administrator opens a study in it, to practise in whatever was asked, and the others work in that too', async () => {
  const at = async (role: string, route: string, body?: object) => {
    const [method = '', path = ''] = route.split(' ')
    const answer = await fetch(`${demo.origin}/api/desk${path}`, {
      method,
      headers: { Cookie: `nameting-demo-role=${encodeURIComponent(role)}`, Origin: demo.origin, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: each route answers in its own shape
    return { status: answer.status, body: (await answer.json()) as any }
  }
  const draft = {
    ...{ id: 'another', protocol: 'familie-aan-zet@0.5.0-standin', title: 'Nog een onderzoek', demonstration: false },
    ...{ organisation: 'Voorbeeld', contact: 'v@voorbeeld.example', helpLine: null, regions: [] },
    ...{ standInsAcceptedBy: '', draftsAccepted: [], allocationSeed: '' },
  }
  assert.equal((await at('data manager', 'POST /new-study', draft)).status, 403)
  assert.equal((await at('administrator', 'POST /new-study', draft)).status, 201)
  const { studies } = (await at('data manager', 'GET /me')).body
  assert.deepEqual(
    studies.map(({ id, demonstration }: { id: string; demonstration: boolean }) => [id, demonstration]),
    [
      ['demonstration', true],
      ['another', true],
    ],
    'the one that came with it stays the first',
  )
  assert.equal((await at('data manager', 'GET /studies/another/today')).status, 200)
})

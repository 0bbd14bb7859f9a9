/**
 * Working days that the other tests of the desk do not have: a coordinator registers a family and its FREK, a researcher meets no
 * name, and everybody comes everywhere that the navigation leads.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type StaffRole, staffRoleNames } from '../../server/access/roles.ts'
import { becomes } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { typeCodes } from '../harness/type-codes.ts'

/** Long enough that no id or token has one of them in it by chance. */
const planted = ['Zzyzxveld', 'Kanariegeel', 'qwxz-voorbeeld']
let server: StudyServer
let browser: Browser

before(async (t) => {
  server = await startStudyServer(t as unknown as Parameters<typeof startStudyServer>[0], '2026-03-02T09:30:00Z', {
    entry: { protocol: 'familie-aan-zet@0.2.0-standin' },
  })
  const entry = family('A-001')
  await server.register({
    ...entry,
    participants: entry.participants.map((one) => ({ ...one, name: 'Zzyzxveld Kanariegeel', email: `${one.role}@qwxz-voorbeeld.example` })),
  })
  // What a mail server says of an address is kept, and shown.
  server.mail.mood = (recipient) => ({ at: 'recipient', does: 550, says: `<${recipient}> Zzyzxveld Kanariegeel: no such user` })
  server.clock.set('2026-03-03T09:30:00Z')
  await server.tick()
  server.mail.mood = undefined
  browser = await openBrowser()
})
after(() => browser?.close())

async function at(role: Parameters<typeof staffAt>[1], path: string, width = 1280) {
  // Open questions of a list are refused on purpose.
  const watched = await openPage(browser, server.origin, { width, allowed: [/status of 422/] })
  const { cookie } = await staffAt(server, role)
  const [name = '', value = ''] = cookie.split('=')
  await watched.context.addCookies([{ name, value, url: server.origin }])
  await watched.page.goto(`${server.origin}/desk${path}`)
  return watched
}

test('a coordinator registers a family with herself in it, and types in the FREK', async () => {
  const { page, complaints, context } = await at('coordinator', '/studies/s1/register', 360)
  await page.getByLabel('Code').fill('K-7')
  await page.getByLabel('Cohort').selectOption('prospective')
  await page.getByLabel('Groep').selectOption('conference')
  await page.getByLabel('Aanmelding').fill('2026-03-01')
  await page.getByLabel('Naam').fill('Ouder Voorbeeld')
  await page.getByRole('textbox', { name: 'E-mailadres' }).fill('ouder@voorbeeld.example')
  await page.getByRole('button', { name: 'Nog iemand toevoegen' }).click()
  const second = page.getByRole('group', { name: 'Persoon 2' })
  await second.getByLabel('Rol').selectOption('coordinator')
  await second.getByLabel('Naam').fill('Kring Voorbeeld')
  await second.getByRole('textbox', { name: 'E-mailadres' }).fill('kring@voorbeeld.example')
  await page.getByRole('button', { name: 'Aanmelden', exact: true }).click()
  await page.getByText('K-7 is aangemeld.').waitFor()
  await server.tick()

  await page.getByRole('link', { name: 'Naar dit gezin' }).click()
  await page.getByRole('link', { name: 'Antwoorden invoeren voor dit gezin' }).click()
  await page.locator('main a[href*="/K-7/entry/"]').first().click()
  await page.getByRole('button', { name: 'Begin met invoeren' }).click()
  await page.locator('.codes').waitFor()
  await page.getByRole('button', { name: 'Kind toevoegen' }).click()
  const typed = await typeCodes(page, 40)
  await page.getByRole('button', { name: 'Vastleggen' }).click()
  const open = page.getByRole('button', { name: 'Open laten en vastleggen' })
  const done = page.getByRole('heading', { name: 'Vastgelegd' })
  await open.or(done).waitFor()
  if (await open.isVisible()) await open.click()
  await done.waitFor()
  const stored = server.rows<{ instrument_id: string; answers: string }>('select instrument_id, answers from responses')
  assert.deepEqual(
    stored.map(({ instrument_id }) => instrument_id),
    ['frek'],
  )
  const count = Object.keys(JSON.parse(stored[0]?.answers ?? '{}')).length
  assert.ok(typed > 5 && count > 4, `${typed} typed, ${count} kept`)
  assert.deepEqual(complaints, [])
  await context.close()
})

test('a researcher finds no name and no address on any page that a link leads to, nor in what the server answers there', async () => {
  assert.ok(server.rows<{ n: number }>('select count(*) as n from tasks where done_at is null')[0]?.n, 'there is refused mail to tell of')
  const { page, complaints, context } = await at('researcher', '')
  const answers: Promise<{ url: string; text: string }>[] = []
  page.on('response', (answer) => {
    // What a page asked that was left before the answer came, nobody can read any more.
    if (answer.url().includes('/api/'))
      answers.push(
        answer.text().then(
          (text) => ({ url: answer.url(), text }),
          () => ({ url: answer.url(), text: '' }),
        ),
      )
  })
  const found = (text: string): string[] => planted.filter((word) => text.toLowerCase().includes(word.toLowerCase()))
  const seen = new Set<string>()
  const todo = ['/desk', '/desk/studies/s1/cases/A-001']
  for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
    const kind = path.replace(/definitions\/.*@.*/, 'definitions/LIST').replace(/answers\/.*/, 'answers/LIST')
    if (seen.has(kind)) continue
    seen.add(kind)
    await page.goto(`${server.origin}${path}`)
    await loaded(page)
    assert.deepEqual(found(await page.content()), [], path)
    todo.push(...(await linksOn(page)))
  }
  const all = await Promise.all(answers)
  for (const { url, text } of all) assert.deepEqual(found(text), [], url)
  assert.ok(
    all.filter(({ text }) => text !== '').length > 15 &&
      seen.has('/desk/studies/s1/definitions/LIST') &&
      seen.has('/desk/studies/s1/queries'),
    [...seen].join(' '),
  )
  // What is not for a researcher is not linked to: a refusal would be on the console.
  assert.deepEqual(complaints, [])
  await context.close()
})

test('everybody comes everywhere that the navigation of their role leads, and the head of a page is two rows on a phone', async () => {
  const own: Partial<Record<StaffRole, string[]>> = {
    administrator: ['Onderzoek', 'Logboek', 'Medewerkers'],
    'data manager': ['Onderzoek', 'Logboek', 'Invoeren', 'Vragen'],
    researcher: ['Vragen'],
  }
  for (const role of staffRoleNames) {
    const { page, complaints, context } = await at(role, '/studies/s1/today', 360)
    const links = page.getByRole('navigation', { name: 'Onderdelen' }).getByRole('link')
    await links.first().waitFor()
    const names = await links.allInnerTexts()
    const taken = ['data manager', 'researcher'].includes(role) ? ['Rapport', 'Exports'] : []
    assert.deepEqual(names, ['Vandaag', 'Gezinnen', 'Respons', ...taken, 'Definities', ...(own[role] ?? ['Invoeren'])], role)
    for (const name of names) {
      await links.getByText(name, { exact: true }).click()
      // The head of a page may say more than there is room for in the navigation.
      await page.getByRole('heading', { level: 1, name: new RegExp(`^${name}`) }).waitFor()
      await loaded(page)
      assert.equal(await page.locator('main .alert-error').count(), 0, `${role}: ${name}`)
    }
    assert.ok(
      await page.evaluate(
        () => (document.querySelector('header')?.clientHeight ?? 999) < 130 && document.documentElement.scrollWidth <= 360,
      ),
    )
    assert.deepEqual(complaints, [], role)
    await context.close()
  }
})

test('whoever works in one region, or has no role yet, is led to nothing that refuses them', async () => {
  const regional = await at([{ role: 'data manager', region: 'Amsterdam' }], '/studies/s1/today', 360)
  const links = regional.page.getByRole('navigation', { name: 'Onderdelen' }).getByRole('link')
  await links.first().waitFor()
  assert.deepEqual((await links.allInnerTexts()).slice(4), ['Invoeren', 'Vragen'])
  await regional.page.getByRole('button', { name: 'Menu' }).click()
  await regional.page.getByRole('button', { name: 'English' }).click()
  await regional.page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  assert.deepEqual(regional.complaints, [])
  await regional.context.close()

  await staffAt(server, [{ role: 'administrator', studyId: '*' }])
  const nobody = await at([{ role: 'coordinator', studyId: 'other' }], '')
  await nobody.page.getByText('Vraag het aan een beheerder.').waitFor()
  await nobody.page
    .getByRole('link', { name: /@bureau\.example/ })
    .first()
    .waitFor()
  assert.equal(await nobody.page.getByRole('link', { name: 'Onderzoek openen' }).count(), 0)
  assert.deepEqual(nobody.complaints, [])
  await nobody.context.close()
})

/** Nothing of the page is under way any more. */
async function loaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  // Several parts of a page may be waited for at once.
  await becomes(() => page.getByText('Een ogenblik geduld…').count(), 0)
}

/** Addresses of the desk that the page leads to, without what is chosen in them. */
const linksOn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href^="/desk"]')].map(({ pathname }) => decodeURIComponent(pathname)),
  )

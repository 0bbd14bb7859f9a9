/** For whoever does not see the page, or sees it in other colours, much enlarged, from right to left. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { ar } from '../../client/respond/texts/ar.ts'
import { axe } from '../harness/axe.ts'
import { patience, until } from '../harness/becomes.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { address, family } from '../harness/family.ts'
import { inCharge } from '../harness/in-charge.ts'
import { findings } from '../harness/page-findings.ts'
import { type Heard, Reader } from '../harness/reader.ts'
import { walkStates } from '../harness/respondent-states.ts'
import { startStudyServer } from '../harness/study-server.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const numberOf = ({ name }: Heard): number => Number(/^(\d+)\. /.exec(name)?.[1])
/** Choices come in the order of the page; in this list each is taken in turn. */
const choiceFor = (question: number, choices: number): number => question % choices

test('a whole packet by the accessibility tree alone: consent, one statement at a time, all of a page, by keyboard, grids, what was left open, thanks', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  const { page, context, complaints } = await openPage(browser, server.origin, { allowed: [/status of 422/] })
  t.after(() => context.close())
  const reader = await Reader.of(page)
  await page.goto(server.mail.linkTo(address('parent', 'EK-001')))
  await reader.press('Verder')

  await reader.find('heading', 'Doet u mee?')
  await inCharge(page)
  await reader.press('Verder')
  const [required, optional] = await waitFor(
    () => reader.all('group'),
    (groups) => groups.length === 2 && groups.every(({ description }) => /Kies ja of nee/.test(description)),
  )
  assert.ok(required && optional)
  assert.ok(
    (await reader.all('radio', required)).some(({ states }) => states.focused === true),
    'the keyboard is at what was left out',
  )
  assert.equal(required.name, 'Vindt u dit goed?')
  await reader.use(await reader.find('radio', 'Ja, dat vind ik goed', required))
  await reader.use(await reader.find('radio', 'Nee, dat wil ik niet', optional))
  await reader.press('Verder')
  await reader.hears('heading', /^Uw vragenlijsten$/)

  // One statement at a time: each is said when it comes.
  await reader.follow(/^Beginnen ?: Hoe is het thuis voor u\?/)
  for (let question = 1; question <= 5; question++) {
    const group = question === 1 ? await reader.find('group', /^1\. /) : await reader.hears('group', new RegExp(`^${question}\\. .`))
    assert.equal((await reader.all('group')).length, 1)
    await answer(reader, group)
  }
  await reader.hears('button', /^Volgende$/)
  await reader.press('Volgende')
  await reader.hears('heading', /Vraag 6 tot en met 10 van 25/)
  assert.match((await reader.all('RootWebArea'))[0]?.name ?? '', /^Vraag 6 tot en met 10 van 25/)
  await reader.press('Alle zinnen onder elkaar')
  await fillIn(reader, { leavesOpen: 7 })
  await reader.hears('alert', /^/)
  await reader.find('heading', 'U heeft 1 vraag opengelaten')
  await reader.follow(/^7\. /)
  const open = await reader.find('group', /^7\. /)
  await waitFor(
    () => reader.all('radio', open),
    (radios) => radios.some(({ states }) => states.focused === true),
  )
  await answer(reader, open)
  await fillIn(reader)
  await reader.hears('heading', /^Dank u wel, deze lijst is klaar$/)

  // The next one by keyboard alone.
  await page.setViewportSize({ width: 1280, height: 740 })
  await tabTo(page, 'Naar de volgende lijst')
  await page.keyboard.press('Enter')
  await fillInByKeyboard(page)
  await reader.hears('heading', /^Dank u wel, deze lijst is klaar$/)
  await reader.follow('Naar de volgende lijst')
  await fillIn(reader)
  await reader.hears('heading', /^Tijd voor een pauze\?$/)
  await reader.follow('Ik ga door')
  await fillIn(reader)
  await reader.hears('heading', /^Dank u wel, u bent klaar$/)

  const kept = server.rows<{ instrument_id: string; answers: string }>(
    'SELECT instrument_id, answers FROM responses ORDER BY instrument_id',
  )
  assert.deepEqual(
    kept.map(({ instrument_id, answers }) => [instrument_id, Object.keys(JSON.parse(answers)).length]),
    [
      ['nosi-b', 17],
      ['nosik', 25],
      ['pul', 15],
      ['veo', 12],
    ],
  )
  const [, nosik] = kept.map(({ answers }) => Object.values(JSON.parse(answers) as Record<string, number>))
  assert.deepEqual(
    nosik,
    Array.from({ length: 25 }, (_, index) => 1 + choiceFor(index + 1, 6)),
  )
  assert.deepEqual(complaints, [])
})

test('a whole packet by keyboard alone: the door, consent, every list, the break, thanks', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  const { page, context, complaints } = await openPage(browser, server.origin, { width: 1280 })
  t.after(() => context.close())
  const heading = (name: string) => page.getByRole('heading', { name })
  /** A page that has just come may take the focus to its heading between two keys: then one begins again, as anybody would. */
  const enter = (words: string | RegExp, next: Locator) =>
    until(next, async () => {
      await tabTo(page, words)
      await page.keyboard.press('Enter')
    })
  await page.goto(server.mail.linkTo(address('parent', 'EK-001')))
  await enter('Verder', heading('Doet u mee?'))
  await inCharge(page)
  const chosen = new Set<string | null | undefined>()
  for (let keys = 0; chosen.size < 2; keys++) {
    assert.ok(keys < 40, 'no key leads to the choices')
    await page.keyboard.press('Tab')
    const { kind, name } = await focused(page)
    if (kind !== 'radio' || chosen.has(name)) continue
    await page.keyboard.press('Space')
    chosen.add(name)
  }
  await enter('Verder', heading('Uw vragenlijsten'))
  await enter(/^Beginnen/, page.locator('main fieldset').first())
  for (const next of ['Naar de volgende lijst', 'Naar de volgende lijst', 'Ik ga door', null]) {
    await fillInByKeyboard(page)
    const title = { 'Ik ga door': 'Tijd voor een pauze?', 'Naar de volgende lijst': 'Dank u wel, deze lijst is klaar' }[next ?? '']
    await page.getByRole('heading', { name: title ?? 'Dank u wel, u bent klaar' }).waitFor()
    if (next) await enter(next, page.locator('main fieldset').first())
  }
  assert.deepEqual(server.rows('SELECT count(*) AS n FROM responses'), [{ n: 4 }])
  assert.deepEqual(complaints, [])
})

async function answer(reader: Reader, group: Heard, heard?: Heard[]): Promise<void> {
  const radios = radiosOf(group, heard ?? (await reader.read()))
  assert.ok(radios.length > 1 && radios.every(({ name }) => name !== ''), group.name)
  assert.equal(new Set(radios.map(({ name }) => name)).size, radios.length, `two choices of “${group.name}” are called the same`)
  await reader.use(radios[choiceFor(numberOf(group), radios.length)] as Heard)
}

const groupsIn = (heard: Heard[]) => heard.filter(({ role }) => role === 'group')
const radiosOf = (group: Heard, heard: Heard[]) => heard.filter(({ role, within }) => role === 'radio' && within.includes(group.id))

/** Answers what is open, page by page, and sends it. */
async function fillIn(reader: Reader, { leavesOpen = 0 } = {}): Promise<void> {
  for (let last = ''; ; ) {
    const heard = await waitFor(
      () => reader.read(),
      (all) => ![undefined, last].includes(groupsIn(all)[0]?.name),
    )
    for (const group of groupsIn(heard)) {
      assert.match(group.name, /^\d+\. .+/)
      const isOpen = radiosOf(group, heard).every(({ states }) => states.checked === 'false')
      if (isOpen && numberOf(group) !== leavesOpen) await answer(reader, group, heard)
    }
    const send = heard.find(({ role, name }) => role === 'button' && name === 'Versturen')
    if (send) return await reader.use(send)
    last = groupsIn(heard)[0]?.name ?? ''
    await reader.press('Volgende')
  }
}

/** What has the keyboard, by its kind and words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null
    // biome-ignore lint/performance/useDomNodeTextContent: only the words that are shown; a button may have others for another screen.
    const words = element?.innerText.trim()
    return { kind: element?.getAttribute('type') ?? element?.tagName, words, name: element?.getAttribute('name'), page: document.title }
  })

async function tabTo(page: Page, words: string | RegExp): Promise<void> {
  const isThere = (text = '') => (words instanceof RegExp ? words.test(text) : text === words)
  for (let keys = 0; !isThere((await focused(page)).words); keys++) {
    assert.ok(keys < 40, `no key leads to ${words}`)
    await page.keyboard.press('Tab')
  }
}

/** Takes the first choice of everything that Tab comes along, page by page, and sends it. */
async function fillInByKeyboard(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.tagName === 'H2')
  for (let keys = 0; keys < 200; keys++) {
    await page.keyboard.press('Tab')
    const { kind, words, page: before } = await focused(page)
    if (kind === 'radio') await page.keyboard.press('Space')
    if (words === 'Versturen') return await page.keyboard.press('Enter')
    if (words !== 'Volgende') continue
    await page.keyboard.press('Enter')
    await page.waitForFunction((title) => document.title !== title && document.activeElement?.tagName === 'H2', before)
  }
  assert.fail('Tab does not lead to the end')
}

async function waitFor<Found>(look: () => Promise<Found>, isThere: (found: Found) => boolean): Promise<Found> {
  for (const end = performance.now() + patience; ; ) {
    const found = await look()
    if (isThere(found)) return found
    assert.ok(performance.now() < end, 'it did not come')
    await pause(40)
  }
}

test('every state in Arabic and in dark: axe finds nothing, targets are 44 px, forced colours show focus, nothing is cut off at 400 %', async (t) => {
  const seen: string[] = []
  await walkStates({
    test: t,
    browser,
    language: 'ar',
    look: async (page, state) => {
      seen.push(state)
      await page.emulateMedia({ colorScheme: 'dark' })
      assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl', state)
      if (state === 'a mistake') await isCalledWrong(await Reader.of(page))
      assert.deepEqual([...(await axe(page)), ...(await findings(page))], [], state)
    },
  })
  assert.ok(seen.length > 35, `${seen.length} states`)
})

/** By its state, with what is wrong as its description; and it has the keyboard. */
async function isCalledWrong(reader: Reader): Promise<void> {
  const fields = (await reader.read()).filter(({ states }) => states.invalid === 'true')
  assert.deepEqual(
    fields.map(({ role, name, description, states }) => [role, name, description, states.focused]),
    [['textbox', '6. Nights (لم يُترجم بعد)', ar.problemHigh.replace('{limit}', '\u20685,000\u2069'), true]],
  )
}

test('what breaks the policy of a page is a complaint, so that no test passes with it', async (t) => {
  const origin = 'http://policy.example'
  const { page, context, complaints } = await openPage(browser, origin)
  t.after(() => context.close())
  await page.route(`${origin}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'Content-Security-Policy-Report-Only': "style-src 'none'" },
      body: '<!doctype html><link rel="icon" href="data:,"><title>x</title><p style="color: red">x</p>',
    }),
  )
  await page.goto(origin)
  await waitFor(
    async () => complaints,
    (all) => all.some((complaint) => /style-src-attr/.test(complaint)),
  )
})

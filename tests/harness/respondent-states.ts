/** Every page and state that a respondent can meet, one after the other, in any language of the page. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { nl as dutchCases } from '../../client/respond/cases/texts/nl.ts'
import { languages, type RespondTexts } from '../../client/respond/texts/languages.ts'
import { textsIn } from '../../server/pages/texts/languages.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { openPage, type Watched } from './browser.ts'
import { temporaryFolder } from './data-folder.ts'
import { address, family } from './family.ts'
import { inCharge } from './in-charge.ts'
import { interviewerAddress, interviewProtocol, talkedWith, writeInterviewStudy } from './interview-study.ts'
import { coordinatorAddress, plannedCase, recordsProtocol, writeRecordsStudy } from './records-study.ts'
import { type StudyServer, startStudyServer } from './study-server.ts'

/** Called in each state. */
export type Look = (page: Page, state: string) => Promise<void>

interface Walk {
  test: Parameters<typeof startStudyServer>[0]
  browser: Browser
  language: string
  look: Look
}

/** What every state makes the browser say that a test provokes on purpose: sessions that ended, open questions, no network. */
const provoked = [/status of (401|404|409|410|422)/, /net::ERR/]

/** Each participant on a page of their own, all at once: most of the time goes into waiting. */
export async function walkStates(walk: Walk): Promise<void> {
  const walks = [walkFamily, walkCases, walkRecords]
  // The lists of this one are in Dutch and English only.
  if (['nl', 'en'].includes(walk.language)) walks.push(walkTimer)
  await Promise.all(walks.map((one) => one(walk)))
}

const written = (entry: CaseEntry, language: string): CaseEntry => ({
  ...entry,
  participants: entry.participants.map((one) => ({ ...one, language })),
})

const entryIn = (language: string) => (['nl', 'en'].includes(language) ? {} : { draftsAccepted: [language] })

async function watched({ test, browser, language }: Walk, server: StudyServer): Promise<Watched> {
  const opened = await openPage(browser, server.origin, { locale: language, allowed: provoked })
  test.after(() => opened.context.close())
  return opened
}

/** Buttons and links by the words of the page's language. */
async function speaking({ language }: Walk, page: Page) {
  const texts = ((await languages[language]?.load()) ?? assert.fail(language)) as RespondTexts
  const caseTexts = ((await import(`../../client/respond/cases/texts/${language}.ts`)) as Record<string, typeof dutchCases>)[language]
  const words = { ...texts, ...prefixed(caseTexts ?? dutchCases), door: textsIn(language).doorButton, erase: textsIn(language).eraseButton }
  const named = (key: keyof typeof words) => new RegExp(`^${words[key].split('{')[0]?.replace(/[.*+?^$()|[\]\\]/g, '\\$&')}`)
  return {
    press: (key: keyof typeof words) =>
      page
        .getByRole('button', { name: named(key) })
        .first()
        .click(),
    offers: (key: keyof typeof words) => page.getByRole('button', { name: named(key) }).waitFor(),
    follow: (key: keyof typeof words) =>
      page
        .getByRole('link', { name: named(key) })
        .first()
        .click(),
    arrive: async (key: keyof typeof words) => {
      await page
        .getByRole('heading', { name: named(key) })
        .first()
        .waitFor()
      await inCharge(page)
    },
    status: (key: keyof typeof words) => page.locator('.save-status', { hasText: words[key] }).waitFor(),
    says: (key: keyof typeof words) => page.getByText(named(key)).first().waitFor(),
  }
}

type CaseTexts = typeof dutchCases
/** Keys that both tables have mean different things; those of cases begin with `case.`. */
const prefixed = (texts: CaseTexts) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [`case.${key}`, text])) as {
    [Key in keyof CaseTexts as `case.${Key}`]: CaseTexts[Key]
  }

const choice = (page: Page, item: string, value: number) => page.locator(`input[name="${item}"][value="${value}"]`)

/** A parent: from the door to the page behind an expired link. */
async function walkFamily(walk: Walk): Promise<void> {
  const { test, language, look } = walk
  const server = await startStudyServer(test, undefined, { entry: entryIn(language) })
  await server.register(written(family('EK-001'), language))
  await server.tick()
  const { page, context, complaints } = await watched(walk, server)
  const { press, follow, arrive, status, says } = await speaking(walk, page)
  const invitation = server.mail.accepted.at(-1)
  const link = server.mail.linkTo(address('parent', 'EK-001'))
  page.on('dialog', (dialog) => void dialog.accept())

  await page.goto(`${server.origin}/l/${'x'.repeat(43)}?language=${language}`)
  await look(page, 'unknown link')
  await page.goto((invitation?.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '').replace(/^<(.*)>$/, '$1'))
  await look(page, 'no reminders')
  await page.goto(link)
  await look(page, 'door')
  await press('door')
  await arrive('consentTitle')
  await press('consentNext')
  await says('consentChoose')
  await look(page, 'consent, not answered')
  const agree = () => page.locator('input[type=radio][value="1"]')
  await page.locator('input[type=radio][value="0"]').first().check()
  await look(page, 'consent, refused')
  for (const yes of await agree().all()) await yes.check()
  await look(page, 'consent, given')
  await press('consentNext')
  await arrive('packetTitle')
  await look(page, 'overview')

  await follow('begin')
  await page.locator('html.live').waitFor()
  await choice(page, 'nosik01', 2).check()
  await status('saveSaved')
  await page.locator('#item-nosik02').waitFor()
  await press('previous')
  await look(page, 'list')
  const list = page.url()
  await context.setOffline(true)
  await choice(page, 'nosik01', 4).check()
  await status('saveOffline')
  await look(page, 'offline')
  await context.setOffline(false)
  await status('saveSaved')

  // Somebody else saves another state meanwhile.
  const other = await context.newPage()
  await other.goto(list)
  await other.locator('html.live').waitFor()
  await choice(other, 'nosik02', 6).check()
  await other.locator('.save-saved').waitFor()
  await other.close()
  await choice(page, 'nosik02', 1).check({ force: true })
  await arrive('otherTitle')
  await look(page, 'two devices')
  await press('keepMine')
  await status('saveSaved')

  const cookies = await context.cookies()
  await context.clearCookies()
  await page.locator('.statement-now input').last().check()
  await page.getByRole('alert').waitFor()
  await look(page, 'session ended')
  await context.addCookies(cookies)
  await press('tryAgain')
  await status('saveSaved')

  await page.reload()
  await page.locator('html.live').waitFor()
  await press('allTogether')
  await look(page, 'list, under each other')
  for (let number = 1; number < 5; number++) {
    const title = await page.title()
    await press('next')
    await page.waitForFunction((before) => document.title !== before, title)
  }
  await press('send')
  await page.locator('.open-questions').waitFor()
  await look(page, 'open questions')
  await context.setOffline(true)
  await press('sendOpen')
  await page.locator('.notice-error').waitFor()
  await look(page, 'not sent')
  await context.setOffline(false)
  await press('sendOpen')
  await arrive('sentTitle')
  await look(page, 'sent')
  await follow('toNextList')
  await page.locator('html.live').waitFor()
  await page.locator('main input[type=radio]').first().check()
  await status('saveSaved')
  await page.goto(`${page.url()}/print`)
  await look(page, 'paper')

  // Another device: what was answered is sealed.
  await context.clearCookies()
  await page.goto(link)
  await press('door')
  await arrive('packetTitle')
  await press('remindersStop')
  await page.getByRole('status').getByText(/./).waitFor()
  await look(page, 'overview, one done')
  await follow('continue')
  await page.locator('.item-sealed, .notice').first().waitFor()
  await look(page, 'sealed')
  await page.goto(`${server.origin}/packet/nothing`)
  await arrive('unknownTitle')
  await look(page, 'not there')
  await page.goto(list)
  await arrive('completedTitle')
  await look(page, 'done already')
  await page.goto(`${server.origin}/packet/stop`)
  await arrive('stopTitle')
  await look(page, 'stop')
  await follow('stopAndErase')
  await arrive('eraseTitle')
  await look(page, 'erase')
  await press('leave')
  await arrive('leftTitle')
  await look(page, 'left')
  await page.goto(`${server.origin}/packet`)
  await arrive('noSessionTitle')
  await look(page, 'no session')

  await page.goto(link)
  await press('door')
  await arrive('packetTitle')
  await page.goto(`${server.origin}/packet/stop`)
  await press('stopYes')
  await arrive('withdrawnTitle')
  await look(page, 'stopped')
  await page.goto(link)
  await look(page, 'stopped, by the link')
  assert.deepEqual(complaints, [])
}

/** A referrer with two cases. */
async function walkCases(walk: Walk): Promise<void> {
  const { test, language, look } = walk
  const server = await startStudyServer(test, '2026-07-16T09:00:00Z', { entry: entryIn(language) })
  const mine = 'voogd@werk.example'
  const referred = (code: string): CaseEntry => ({
    ...family(code, { conference: '2026-04-15' }),
    participants: [{ role: 'referrer', name: 'Voogd Voorbeeld', email: mine, language }],
  })
  await server.register(referred('A-001'), referred('A-002'), referred('A-003'))
  server.clock.set('2026-07-17T09:00:00Z')
  await server.tick()
  const { page, complaints } = await watched(walk, server)
  const { press, follow, arrive, says } = await speaking(walk, page)
  await page.goto(server.mail.linkTo(mine))
  await press('door')
  await arrive('consentTitle')
  for (const yes of await page.locator('input[type=radio][value="1"]').all()) await yes.check()
  await press('consentNext')
  await arrive('case.casesTitle')
  await look(page, 'cases')
  await page.goto(`${server.origin}/packet/cases/A-001`)
  await follow('case.handOver')
  await arrive('case.handOverTitle')
  await press('case.next')
  await says('case.nameMissing')
  await look(page, 'hand over, with mistakes')
  await page.locator('#colleague-name').fill('Collega Voorbeeld')
  await page.locator('#colleague-email').fill('collega.met.een.heel.lange.naam@jeugdbescherming-voorbeeld.example')
  await press('case.next')
  await arrive('case.checkTitle')
  await look(page, 'hand over, is this right')
  await press('case.handOverYes')
  await arrive('case.handedOverTitle')
  await look(page, 'handed over')
  await page.goto(`${server.origin}/packet/cases/A-002`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await look(page, 'one case')
  await follow('case.leave')
  await press('case.leaveYes')
  await says('case.leaveMissing')
  await look(page, 'not known any more, nothing chosen')
  await page.getByRole('radio').first().check()
  await press('case.leaveYes')
  await arrive('case.leftTitle')
  await look(page, 'told')
  await page.goto(`${server.origin}/packet`)
  await page.locator('summary').click()
  await look(page, 'cases, unfolded')
  server.clock.set('2027-07-17T09:00:00Z')
  await page.goto(`${server.mail.linkTo(mine)}?language=${language}`)
  await look(page, 'expired link')
  assert.deepEqual(complaints, [])
}

/** Records, and answers that cannot be right. */
async function walkRecords(walk: Walk): Promise<void> {
  const { test, language, look } = walk
  const definitions = writeRecordsStudy(join(temporaryFolder(test), 'definitions'))
  const server = await startStudyServer(test, undefined, { definitions, entry: { protocol: recordsProtocol, ...entryIn(language) } })
  await server.register(written(plannedCase, language))
  await server.tick()
  const { page, complaints } = await watched(walk, server)
  const { press, says } = await speaking(walk, page)
  await page.goto(server.mail.linkTo(coordinatorAddress))
  await press('door')
  await page
    .getByRole('link', { name: /Placements/ })
    .first()
    .click()
  await choice(page, 'placed', 1).check()
  await page.locator('.records-add').click()
  await page.locator('.control-number').fill('9000')
  await press('send')
  await says('problemHigh')
  await page.waitForFunction(() => document.activeElement?.classList.contains('control-number'))
  await look(page, 'a mistake')
  await page.locator('.record-remove').click()
  await look(page, 'a record, asked before it goes')
  assert.deepEqual(complaints, [])
}

/** Somebody who asks the questions, with a timer. */
async function walkTimer(walk: Walk): Promise<void> {
  const { test, language, look } = walk
  const definitions = writeInterviewStudy(join(temporaryFolder(test), 'definitions'))
  const server = await startStudyServer(test, undefined, { definitions, entry: { protocol: interviewProtocol, ...entryIn(language) } })
  await server.register(written(talkedWith('EK-001', 'parent'), language))
  await server.tick()
  const { page, complaints } = await watched(walk, server)
  const { press, follow, offers } = await speaking(walk, page)
  await page.goto(server.mail.linkTo(interviewerAddress('EK-001')))
  await press('door')
  await follow('begin')
  await page.locator('html.live').waitFor()
  await choice(page, 'held', 1).check()
  await press('timerStart')
  await offers('timerPause')
  await look(page, 'interview with a timer')
  assert.deepEqual(complaints, [])
}

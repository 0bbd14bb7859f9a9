/** A day with accounts: an administrator invites, a colleague comes in, adds a passkey, and is shut out. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { codeAt } from '../../server/access/one-time-codes.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { inviteStaff } from '../../server/workflow/staff-accounts.ts'
import { assertAccessible } from '../harness/accessible.ts'
import { openBrowser, openPage, type Watched } from '../harness/browser.ts'
import { colleagueAt, later } from '../harness/colleague.ts'
import { family } from '../harness/family.ts'
import { freePort } from '../harness/free-port.ts'
import { type StudyServer, serveHere, startStudyServer } from '../harness/study-server.ts'

const password = 'zeven koeien lopen langzaam'
let server: StudyServer
let browser: Browser

before(async (t) => {
  const test = t as unknown as { after(fn: () => unknown): void }
  server = await startStudyServer(test, '2026-03-02T09:00:00Z')
  await server.register({ ...family('A-001'), region: 'Amsterdam' })
  // Passkeys belong to a host with a name.
  const port = await freePort()
  server.origin = `http://localhost:${port}`
  server.context.baseUrl = server.origin
  const outgoing = createTransport({ SMTP_URL: server.mail.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  const listening = await serveHere(server.context, port, { outgoing })
  test.after(async () => {
    await listening.close()
    outgoing.close()
  })
  browser = await openBrowser()
})
after(() => browser?.close())

/** A refusal is shown as an error by the browser's own console. */
const open = (): Promise<Watched> => openPage(browser, server.origin, { width: 1280, allowed: [/status of 401/] })

/** Takes an invitation up: a password, an app with codes, recovery codes. Returns what the app shows from then on. */
async function takeUp(page: Page, link: string): Promise<() => string> {
  await page.goto(link)
  await page.getByLabel('Nieuw wachtwoord').fill(password)
  await page.getByRole('button', { name: 'Verder' }).click()
  const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '')
  const code = () => {
    later(server, 60)
    return codeAt(secret, server.clock.now())
  }
  await page.getByLabel('Typ nu de zes cijfers').fill(code())
  await page.getByRole('button', { name: 'Bevestigen' }).click()
  await page.getByRole('button', { name: 'Ik heb ze bewaard' }).click()
  await page.getByRole('heading', { name: 'Onderzoeken' }).waitFor()
  return code
}

test('an administrator invites a colleague, who comes in with a passkey, and is out at once when the account is disabled', async () => {
  const admin = await open()
  const { link } = await inviteStaff(server.context, {
    name: 'Bea Beheer',
    address: 'bea@bureau.example',
    language: 'nl',
    grants: [{ studyId: '*', role: 'administrator', region: '*' }],
  })
  await takeUp(admin.page, link ?? '')
  await admin.page.getByRole('link', { name: 'Medewerkers' }).click()
  await admin.page.getByText('U bent nog alleen').waitFor()
  await admin.page.getByLabel('Naam').fill('Coen Kring')
  await admin.page.getByLabel('E-mailadres').fill('coen@bureau.example')
  await admin.page.getByRole('button', { name: 'Uitnodiging versturen' }).click()
  await admin.page.getByRole('heading', { name: 'Coen Kring uitgenodigd' }).waitFor()
  await assertAccessible(admin.page, 'staff')

  const coen = await open()
  const mail = server.mail.accepted.at(-1)?.text ?? ''
  await takeUp(coen.page, mail.match(/http\S+welcome#\S+/)?.[0] ?? assert.fail(mail))
  const passkey = await addPasskey(coen.page)
  await assertAccessible(coen.page, 'account')
  await coen.page.getByRole('button', { name: 'Uitloggen', exact: true }).click()
  await coen.page.getByLabel('E-mailadres').fill('coen@bureau.example')
  await coen.page.getByLabel('Wachtwoord').fill(password)
  await coen.page.getByRole('button', { name: 'Verder' }).click()
  const { session, authenticatorId } = await plugIn(coen.page)
  await session.send('WebAuthn.addCredential', { authenticatorId, credential: passkey })
  await coen.page.getByRole('button', { name: 'Inloggen met een passkey' }).click()
  await coen.page.getByRole('heading', { name: 'Onderzoeken' }).waitFor()

  await admin.page.reload()
  const card = admin.page.getByRole('listitem').filter({ hasText: 'coen@bureau.example' })
  await card.getByRole('button', { name: 'Uitschakelen' }).click()
  await card.getByRole('button', { name: 'Ja, doorgaan' }).click()
  await card.getByText('uitgeschakeld').waitFor()
  await coen.page.getByRole('link', { name: 'Onderzoek De familie aan zet' }).click()
  await coen.page.getByRole('heading', { name: 'Inloggen' }).waitFor()

  await admin.page.getByRole('link', { name: 'Logboek van inloggen en accounts' }).click()
  await admin.page.getByText('schakelde een account uit: Coen Kring').waitFor()
  await assertAccessible(admin.page, 'access log')
  assert.deepEqual([...admin.complaints, ...coen.complaints], [])
})

test('whoever is away is warned, may stay, and finds what was typed behind the sign-in', async () => {
  const { page, complaints, context } = await open()
  await page.clock.install()
  const { link } = await inviteStaff(server.context, {
    name: 'Dana Datum',
    address: 'dana@bureau.example',
    language: 'nl',
    grants: [{ studyId: 's1', role: 'data manager', region: '*' }],
  })
  const code = await takeUp(page, link ?? '')
  await page.getByRole('link', { name: 'Dana Datum' }).click()
  await page.getByLabel('Uw wachtwoord van nu').fill('half getypt')
  await page.clock.runFor('26:00')
  await page.getByRole('alertdialog', { name: 'Bent u er nog?' }).waitFor()
  await page.getByRole('button', { name: 'Ik ben er nog' }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
  later(server, 31 * 60)
  await page.clock.runFor('31:00')
  await page.getByText('U bent uitgelogd omdat er een tijd niets gebeurde').waitFor()
  await page.getByLabel('E-mailadres').fill('dana@bureau.example')
  await page.getByRole('textbox', { name: 'Wachtwoord', exact: true }).fill(password)
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('textbox', { name: 'Code' }).fill(code())
  await page.getByRole('button', { name: 'Inloggen' }).click()
  // Behind the sign-in it was there all the time: only in sight is somebody signed in.
  await page.getByLabel('Uw wachtwoord van nu').waitFor()
  assert.equal(await page.getByLabel('Uw wachtwoord van nu').inputValue(), 'half getypt')

  // At the same window somebody else: nothing of the first one is there, nor looked at in the name of the second.
  await page.goto(`${server.origin}/desk/studies/s1/cases/A-001?do=note`)
  await page.getByRole('dialog').getByRole('textbox').fill('Voor een ander')
  const next = await colleagueAt(server, 'nora@bureau.example')
  const before = server.rows(`select id from access_log where staff_id = '${next.id}' and case_id is not null`).length
  later(server, 31 * 60)
  await page.clock.runFor('31:00')
  await page.getByLabel('E-mailadres').fill(next.address)
  await page.getByRole('textbox', { name: 'Wachtwoord', exact: true }).fill(password)
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('textbox', { name: 'Code' }).fill(next.code())
  await page.getByRole('button', { name: 'Inloggen' }).click()
  // What was typed waits out of sight, until the second one says that it need not.
  await page.getByRole('button', { name: /^Weggooien en verder als/ }).click()
  await page.getByRole('heading', { name: 'Onderzoeken' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/desk')
  assert.equal(server.rows(`select id from access_log where staff_id = '${next.id}' and case_id is not null`).length, before)
  assert.equal(await page.getByRole('dialog').count(), 0)
  assert.deepEqual(complaints, [])
  await context.close()
})

interface Authenticator {
  session: CDPSession
  authenticatorId: string
}

/** An authenticator that Chromium plays. It is the page's, and gone when that is loaded anew. */
async function plugIn(page: Page): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const kind = { protocol: 'ctap2', transport: 'internal', hasUserVerification: true, isUserVerified: true, hasResidentKey: false } as const
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...kind, automaticPresenceSimulation: true },
  })
  return { session, authenticatorId }
}

/** Adds a passkey to the account, and returns it. */
async function addPasskey(page: Page) {
  const { session, authenticatorId } = await plugIn(page)
  await page.getByRole('link', { name: 'Coen Kring' }).click()
  await page.getByText('Een passkey toevoegen').first().click()
  await page.getByLabel('Naam, bijvoorbeeld').fill('laptop')
  await page.getByRole('group').filter({ hasText: 'Een passkey toevoegen' }).getByLabel('Uw wachtwoord, voor de zekerheid').fill(password)
  await page.getByRole('button', { name: 'Een passkey toevoegen' }).click()
  await page.getByText('Passkey “laptop”').waitFor()
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
  return credentials[0] ?? assert.fail('no passkey was made')
}

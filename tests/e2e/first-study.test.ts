/**
 * docs/first-study.md, done by its own commands, from an empty folder to the invitation of a parent.
 * With PICTURES=1 it takes the pictures of that page.
 */
import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { Locator, Page } from 'playwright-core'
import { codeAt } from '../../server/access/one-time-codes.ts'
import { codeBlock, readPage, repository } from '../docs/pages.ts'
import { assertAccessible } from '../harness/accessible.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { cliPath } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { freePort } from '../harness/free-port.ts'

type Test = Parameters<typeof temporaryFolder>[0]

const page = readPage('docs/first-study.md')
/** The commands of the page in their order; the ports are free ones, the moment is that of the case. */
const commands = (place: number, ...changes: [string | RegExp, string][]): string =>
  changes.reduce((text, [from, to]) => text.replace(from, to), codeBlock(page, 'sh', place))

/** `npx nameting` and `npm run` as the page writes them, without looking for packages and without building. */
const words = `npx() { shift; "${process.execPath}" "${cliPath}" "$@"; }
npm() { case "$2" in serve) exec "${process.execPath}" "${cliPath}" serve;; mail) exec "${process.execPath}" "${repository}/scripts/catch-mail.ts" "$3";; esac; }
[ -f .env ] && { set -a; . ./.env; set +a; }
`

test('the page for a first study leads from an empty folder to an invitation that opens', async (t) => {
  const folder = temporaryFolder(t)
  const [port, mailPort] = [await freePort(), await freePort()]
  const environment = { PATH: process.env.PATH, PORT: String(port) }
  const run = async (script: string) =>
    (await promisify(execFile)('bash', ['-ec', words + script], { cwd: folder, env: environment })).stdout

  await run(commands(0, ['localhost:3000', `localhost:${port}`], ['127.0.0.1:2525', `127.0.0.1:${mailPort}`]))
  const link = (await run(commands(1))).match(/http\S+welcome#\S+/g)?.at(-1) ?? assert.fail('no link was printed')
  const start = (script: string) => running(t, folder, environment, words + script)
  const mail = start(commands(2).replace('mail', `mail ${mailPort}`))
  const server = start(commands(3))
  await Promise.all([mail.says('Mail is caught'), server.says('"msg":"serving"')])

  const browser = await openBrowser()
  t.after(() => browser.close())
  // Whoever has no second factor yet is told so with a 401, and what is missing of a study with a 422.
  // It asks on while the server is stopped and started again.
  const allowed = [/status of 4(01|22)/, /net::ERR_(CONNECTION|EMPTY_RESPONSE|SOCKET)/]
  const watched = await openPage(browser, `http://localhost:${port}`, { width: 1280, height: 720, allowed })
  const desk = watched.page
  await desk.goto(link)
  await desk.getByLabel('Nieuw wachtwoord').fill('zeven koeien lopen langzaam')
  await picture(desk, 'password')
  await desk.getByRole('button', { name: 'Verder' }).click()
  const secret = ((await desk.locator('.secret').textContent()) ?? '').replaceAll(' ', '')
  await picture(desk, 'second-step')
  await desk.getByLabel('Typ nu de zes cijfers').fill(codeAt(secret, Temporal.Now.instant().toString()))
  await desk.getByRole('button', { name: 'Bevestigen' }).click()
  await desk.getByRole('button', { name: 'Ik heb ze bewaard' }).click()

  await desk.getByRole('link', { name: 'Onderzoek openen' }).click()
  await desk.getByLabel('Welk onderzoek het wordt').selectOption({ label: 'De familie aan zet (stand-in), 0.4.0-standin' })
  await desk.getByLabel('Naam', { exact: true }).fill('Proefonderzoek')
  await desk.getByLabel('Wie vraagt').fill('Onderzoeksgroep Voorbeeld')
  await desk.getByLabel('Contact bij vragen').fill('onderzoek@voorbeeld.example')
  const asked: string[] = []
  desk.once('dialog', (question) => {
    asked.push(question.message())
    void question.dismiss()
  })
  await desk.locator('.back a').click()
  assert.deepEqual([asked.length, await desk.getByLabel('Wie vraagt').inputValue()], [1, 'Onderzoeksgroep Voorbeeld'])
  await picture(desk, 'open', { height: 1000 })
  await assertAccessible(desk, 'a study to open')
  await desk.getByRole('button', { name: 'Laat zien hoe het wordt' }).click()
  await desk.getByText('Vul de naam in van wie de stand-ins accepteert').waitFor()
  await desk.getByLabel('Naam van wie dit accepteert').fill('Bea Beheer')
  await desk.getByRole('button', { name: 'Laat zien hoe het wordt' }).click()
  await desk.getByRole('heading', { name: 'Zo wordt het' }).scrollIntoViewIfNeeded()
  await picture(desk, 'preview', { to: desk.getByRole('heading', { name: 'Zo wordt het' }) })
  await desk.getByRole('button', { name: 'Onderzoek openen' }).click()
  await desk.getByRole('heading', { name: 'Proefonderzoek is geopend' }).waitFor()
  await desk.getByRole('button', { name: 'Maak mij ook datamanager' }).click()
  await desk.getByText('U bent ook datamanager').waitFor()
  await picture(desk, 'opened', { height: 560 })
  await assertAccessible(desk, 'a study that was opened')

  const today = Temporal.Now.plainDateISO('Europe/Amsterdam')
  await desk.getByRole('link', { name: 'Gezin aanmelden' }).click()
  await desk.getByLabel('Code').fill('GEZIN-1')
  await desk.getByLabel('Cohort').selectOption('prospective')
  await desk.getByLabel('Groep').selectOption('conference')
  await desk.getByLabel('Aanmelding').fill(today.toString())
  await desk.getByLabel('Conferentie', { exact: true }).fill(today.add({ days: 40 }).toString())
  await desk.getByLabel('Naam').fill('Ouder Voorbeeld')
  await desk.getByRole('textbox', { name: 'E-mailadres' }).fill('ouder@voorbeeld.example')
  await picture(desk, 'register', { fullPage: true })
  await desk.getByRole('button', { name: 'Aanmelden', exact: true }).click()
  await desk.getByRole('link', { name: 'Naar dit gezin' }).click()
  await desk.getByRole('heading', { name: 'Gezin GEZIN-1' }).waitFor()
  await desk.getByText('Uitnodiging gaat uit').first().waitFor()
  await picture(desk, 'family', { height: 900 })

  await server.stop()
  const tomorrow = today.add({ days: 1 }).toZonedDateTime({ timeZone: 'Europe/Amsterdam', plainTime: '10:01' })
  const [tick = '', serve = ''] = commands(4).trim().split('\n')
  const said = await run(tick.replace(/2026\S+/, tomorrow.toInstant().toString()))
  assert.match(said, /mail: 1 sent, 0 postponed/)
  const again = start(serve)
  await Promise.all([again.says('"msg":"serving"'), mail.says('To: ouder@voorbeeld.example')])

  const parent = await openPage(browser, `http://localhost:${port}`, { width: 1280, height: 720 })
  await parent.page.goto(/http\S+\/l\/[\w-]+/.exec(mail.said())?.[0] ?? assert.fail(mail.said()))
  await parent.page.getByText('Onderzoeksgroep Voorbeeld').first().waitFor()
  await picture(parent.page, 'invitation')
  await desk.reload()
  await desk.getByText('Uitnodiging verstuurd').first().waitFor()
  assert.deepEqual([...watched.complaints, ...parent.complaints], [])
})

interface Shot {
  fullPage?: boolean
  height?: number
  /** What is at the top of it. */
  to?: Locator
}

/** A picture for the page, when it is asked for. */
async function picture(at: Page, name: string, { fullPage = false, height = 720, to }: Shot = {}): Promise<void> {
  if (process.env.PICTURES !== '1') return
  await at.setViewportSize({ width: 1280, height })
  if (fullPage || !to) await at.evaluate(() => window.scrollTo(0, 0))
  else await to.evaluate((node) => window.scrollTo(0, node.getBoundingClientRect().top + window.scrollY - 40))
  await at.screenshot({ path: join(repository, `docs/images/first-study-${name}.png`), fullPage, animations: 'disabled' })
  await at.setViewportSize({ width: 1280, height: 720 })
}

/** A command that goes on, until it is stopped or the test is over. */
function running(t: Test, cwd: string, env: NodeJS.ProcessEnv, script: string) {
  const child: ChildProcess = spawn('bash', ['-ec', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let told = (): void => {}
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      told()
    })
  const over = once(child, 'exit').then(() => told())
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await over
  }
  t.after(stop)
  return {
    stop,
    said: () => said,
    says: (words: string) =>
      new Promise<void>((resolve, reject) => {
        const before = told
        told = () => {
          before()
          if (said.includes(words)) resolve()
          else if (child.exitCode !== null) reject(new Error(`ended with ${child.exitCode}: ${said}`))
        }
        told()
      }),
  }
}

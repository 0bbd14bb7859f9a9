/**
 * How long a visit takes on a slow phone (Chromium at a quarter of its speed, slow 4G, nothing cached) for somebody who does something
 * every two seconds, and how much of that is waiting for the machine: all lists of a parent at FU9, and the SuccInt of a referrer with
 * twenty cases. Of the first page, that of the mail, all is waiting; later whatever comes after the two seconds.
 */
import type { BrowserContext } from 'playwright-core'
import { openBrowser } from '../harness/browser.ts'
import { addressOf, completeProtocol, familyOf } from '../harness/complete-protocol.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { slowPhone } from './page-load.ts'
import { beat, Robot, type Taken } from './robot.ts'

const cases = 20
const fu9 = '2027-01-20T09:00:00Z'
const fu3 = '2026-07-17T09:00:00Z'
const referrer = 'voogd@werk.example'

const endings: (() => unknown)[] = []
try {
  const server = await startStudyServer({ after: (fn) => endings.push(fn) }, undefined, { entry: { protocol: completeProtocol } })
  const codes = Array.from({ length: cases }, (_, index) => `EK-${String(index + 1).padStart(3, '0')}`)
  await server.register(...codes.map(referred))
  const browser = await openBrowser()
  endings.push(() => browser.close())

  await at(server, fu3)
  // One visit to warm up what is no phone: the server, and the browser's own caches of code it has compiled.
  const warm = await browser.newPage({ locale: 'nl-NL' })
  await warm.goto(server.mail.linkTo(referrer))
  await warm.getByRole('button', { name: 'Verder' }).click()
  await warm.getByRole('heading', { name: 'Doet u mee?' }).waitFor()
  await warm.close()
  await visit(
    await slowPhone(browser),
    'the SuccInt of a referrer with twenty cases',
    server.mail.linkTo(referrer),
    'Dank u wel, deze lijst is klaar',
  )
  await at(server, fu9)
  await visit(
    await slowPhone(browser),
    'the lists of a parent at FU9',
    server.mail.linkTo(addressOf('EK-001', 'parent', 0)),
    'Dank u wel, u bent klaar',
  )
} finally {
  for (const end of endings.reverse()) await end()
}

/** Families of one referrer, each with a parent. */
function referred(code: string) {
  const entry = familyOf(code, {
    arm: 'conference',
    anchors: { referral: '2026-03-01', conference: '2026-04-15' },
    roles: ['parent', 'referrer'],
  })
  return {
    ...entry,
    participants: entry.participants.map((one) => (one.role === 'referrer' ? { ...one, name: 'Voogd Voorbeeld', email: referrer } : one)),
  }
}

async function at(server: StudyServer, moment: string): Promise<void> {
  server.clock.set(moment)
  await server.tick()
}

async function visit(context: BrowserContext, what: string, link: string, end: string): Promise<void> {
  const [page] = context.pages()
  if (!page) throw new Error('no page')
  const robot = await Robot.on(page)
  const begin = Date.now()
  await robot.open(link)
  const { taken, ending } = await robot.actUntil(end)
  const seconds = (Date.now() - begin) / 1000
  await context.close()
  const [first] = taken
  if (!first) throw new Error('there was nothing to do')
  const waited = (first.gap + sum(taken.slice(1).map(({ late }) => late)) + Math.max(0, ending - beat)) / 1000
  const gaps = (isButton: boolean) => taken.slice(1).filter((_, index) => (taken[index]?.act.kind === 'button') === isButton)
  console.log(`${what}: ${taken.length} acts in ${seconds.toFixed(0)} s`)
  console.log(`  waited for the machine   ${waited.toFixed(2)} s   ${((100 * waited) / seconds).toFixed(2)} %   target 1 %`)
  const again = taken.length - new Set(taken.map(({ act }, index) => (act.kind === 'button' ? index : act.name))).size
  console.log(`  answered once more       ${again}`)
  console.log(`  the first page           ${(first.gap / 1000).toFixed(2)} s`)
  console.log(`  after an answer, settled ${spread(gaps(false))}`)
  console.log(`  after a button           ${spread(gaps(true))}`)
  for (const { act, gap, late } of taken)
    if (late > 0) console.log(`  later than the beat      ${(gap / 1000).toFixed(2)} s until "${act.name}"`)
}

function spread(taken: Taken[]): string {
  const gaps = taken.map(({ gap }) => gap).toSorted((a, b) => a - b)
  const at = (part: number) => `${((gaps[Math.min(gaps.length - 1, Math.floor(part * gaps.length))] ?? Number.NaN) / 1000).toFixed(2)} s`
  return `${at(0.5)} in the middle, ${at(0.95)} at most of 95 %`
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

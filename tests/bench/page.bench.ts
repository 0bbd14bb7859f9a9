/**
 * How fast a parent can begin on a slow phone: a list of 25 statements, Chromium at a quarter of its speed, slow 4G
 * (1.6 Mbit/s down, 750 kbit/s up, 150 ms), nothing cached, brotli; the median of nine loads.
 *
 * Beside it a page of the same list as SurveyJS's own React package draws it, so that the ratio stands on any machine.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openBrowser, openPage } from '../harness/browser.ts'
import { Phone } from '../harness/phone.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { countBytes, loadPage, type PageLoad } from './page-load.ts'
import { familyWithLists, firstList, pageProtocol, parentAddress, writePageStudy } from './page-study.ts'
import { serveStockPage } from './stock-page.ts'

const rounds = Number(process.argv[2] ?? 9)
const endings: (() => unknown)[] = []
const folder = mkdtempSync(join(tmpdir(), 'nameting-bench-'))
try {
  const definitions = writePageStudy(join(folder, 'definitions'))
  const server = await startStudyServer({ after: (fn) => endings.push(fn) }, undefined, { definitions, entry: { protocol: pageProtocol } })
  const codes = Array.from({ length: rounds + 2 }, (_, index) => `EK-${String(index).padStart(3, '0')}`)
  await server.register(...codes.map(familyWithLists))
  await server.tick()
  const stockFolder = join(folder, 'stock')
  mkdirSync(stockFolder)
  const stock = await serveStockPage(stockFolder, firstList.survey)
  endings.push(stock.close)
  const browser = await openBrowser()
  endings.push(() => browser.close())

  // One load of each to warm up what is no phone: the server and the browser's own caches of code it has compiled.
  const [warm = '', visitor = '', ...measured] = codes
  await ownLoad(browser, server, warm)
  await loadPage(browser, stock.url, { saves: false })
  const own: PageLoad[] = []
  const theirs: PageLoad[] = []
  for (const code of measured) {
    own.push(await ownLoad(browser, server, code))
    theirs.push(await loadPage(browser, stock.url, { saves: false }))
  }
  print([
    ['', 'nameting', 'stock SurveyJS', 'target'],
    ['first question readable', ...times('readable'), '0.8 s'],
    ['first answer on its way', ...times('kept'), '1.0 s'],
    ['SurveyJS in charge', ...times('inCharge'), '2.5 s'],
    ['before the first answer', ...sizes('bytesBefore'), '60 KB'],
    ['first page in all', ...sizes('bytes'), ''],
    [
      'visit of three lists',
      kilobytes(await ownVisit(browser, server, visitor)),
      kilobytes(await stockVisit(browser, stock.url)),
      '300 KB',
    ],
  ])

  function times(key: 'readable' | 'kept' | 'inCharge'): string[] {
    return [own, theirs].map((loads) => `${(median(loads.map((load) => load[key])) / 1000).toFixed(2)} s`)
  }

  function sizes(key: 'bytesBefore' | 'bytes'): string[] {
    return [own, theirs].map((loads) => kilobytes(median(loads.map((load) => load[key]))))
  }
} finally {
  for (const end of endings.reverse()) await end()
  rmSync(folder, { recursive: true, force: true })
}

/** The first list of a parent who is logged in. Throws when the tap did not reach the server. */
async function ownLoad(browser: Browser, server: StudyServer, code: string): Promise<PageLoad> {
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(parentAddress(code)))
  const id = (await respondent.packet()).assignments[0]?.id
  const load = await loadPage(browser, `${server.origin}/packet/lists/${id}`, { cookie: respondent.cookie })
  const { body } = await respondent.request<{ draft: { answers: unknown } | null }>('GET', `/api/assignments/${id}`)
  if (JSON.stringify(body.draft?.answers) !== '{"first01":1}') throw new Error(`the tap is lost: ${JSON.stringify(body.draft)}`)
  return load
}

/** Bytes of a whole visit: link, overview, three lists, thanks. */
async function ownVisit(browser: Browser, server: StudyServer, code: string): Promise<number> {
  const { page, context } = await openPage(browser, server.origin)
  const bytes = await countBytes(page)
  const phone = new Phone(page)
  await phone.openLink(server.mail.linkTo(parentAddress(code)))
  await phone.begin()
  for (const list of ['first', 'second', 'third']) {
    await phone.fillIn(Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`${list}${String(index + 1).padStart(2, '0')}`, 2])))
    if (list !== 'third') await phone.toNextList()
  }
  await page.getByRole('heading', { name: 'Dank u wel, u bent klaar' }).waitFor()
  await context.close()
  return bytes()
}

/** Bytes of three loads of the stock page by one browser. */
async function stockVisit(browser: Browser, url: string): Promise<number> {
  const { page, context } = await openPage(browser, new URL(url).origin)
  const bytes = await countBytes(page)
  for (let load = 0; load < 3; load++) {
    await page.goto(url)
    await page.locator('input[type=radio]').first().waitFor()
  }
  await context.close()
  return bytes()
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KB`
}

function print(rows: string[][]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  for (const row of rows)
    console.log(row.map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[0] ?? 0))).join('   '))
}

/**
 * Pictures of every state of the respondent's page, at 360 and 1280 px, light and dark, in Dutch and Arabic, and what is found wrong
 * in each: for whoever changes a page.
 *
 *   npm run screenshots [FOLDER [LANGUAGE...]]
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { axe } from '../harness/axe.ts'
import { openBrowser } from '../harness/browser.ts'
import { findings } from '../harness/page-findings.ts'
import { walkStates } from '../harness/respondent-states.ts'

const [folder = 'screenshots', ...wanted] = process.argv.slice(2)
const ends: (() => unknown)[] = []
const browser = await openBrowser()
mkdirSync(folder, { recursive: true })
let wrong = 0

/** One language after the other: a language that fails does not keep the others from being seen. */
for (const language of wanted.length > 0 ? wanted : ['nl', 'ar'])
  try {
    await walkStates({
      test: { after: (end) => void ends.push(end) },
      browser,
      language,
      look: (page, state) => shoot(page, `${state} ${language}`),
    })
  } catch (error) {
    wrong += 1
    process.stderr.write(`${language}: ${error instanceof Error ? error.message : error}\n`)
  }
for (const end of ends.toReversed()) await end()
await browser.close()
process.exitCode = wrong > 0 ? 1 : 0

async function shoot(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 360, height: 740 }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [360, 1280]) {
      await page.setViewportSize({ ...before, width })
      await page.evaluate(() => window.scrollTo(0, 0))
      const file = `${name} ${colorScheme} ${width}`.replace(/\W+/g, '-')
      await page.screenshot({ path: join(folder, `${file}.png`), fullPage: true })
      for (const found of await axe(page)) tell(file, found)
    }
  }
  await page.emulateMedia({ colorScheme: null })
  await page.setViewportSize(before)
  for (const found of await findings(page)) tell(name, found)
}

function tell(where: string, found: string): void {
  wrong += 1
  process.stdout.write(`${where}: ${found}\n`)
}

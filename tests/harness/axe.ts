/** axe-core on a page: the WCAG 2.2 AA rules and axe's own good practice. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong, one line each. Runs from outside the page, so that the page's policy stays as strict as it is. */
export async function axe(page: Page): Promise<string[]> {
  // With its styles: without them everything is small.
  await page.waitForLoadState()
  const session = await page.context().newCDPSession(page)
  try {
    await session.send('Runtime.evaluate', { expression: source })
    const run = `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`
    const { result } = await session.send('Runtime.evaluate', { expression: run, awaitPromise: true, returnByValue: true })
    return result.value as string[]
  } finally {
    await session.detach()
  }
}

/** WCAG 2.2 AA as far as axe can tell, at phone and desktop width. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

/** Fails when axe finds something on the page as it is now, or when it scrolls sideways. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 360, height: 740 }
  for (const width of [360, 1280]) {
    await page.setViewportSize({ ...size, width })
    // Evaluated by the test itself, so that the page's own policy need not allow it.
    const violations = (await page.evaluate(
      `${axe}; axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations)`,
    )) as Violation[]
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    assert.deepEqual(found, [], `${what} at ${width} px`)
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(sideways <= 0, `${what} scrolls sideways by ${sideways} px at ${width} px`)
  }
  await page.setViewportSize(size)
}

/** What holds of every page, at phone and desktop width. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe } from './axe.ts'

/** Fails when axe finds something on the page as it is now, or when it scrolls sideways. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 360, height: 740 }
  for (const width of [360, 1280]) {
    await page.setViewportSize({ ...size, width })
    assert.deepEqual(await axe(page), [], `${what} at ${width} px`)
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(sideways <= 0, `${what} scrolls sideways by ${sideways} px at ${width} px`)
  }
  await page.setViewportSize(size)
}

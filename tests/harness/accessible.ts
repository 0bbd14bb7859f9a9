/** What holds of every page: on a phone in light colours, on a wide screen in dark ones. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe } from './axe.ts'

/** Fails when axe finds something on the page as it is now, or when it scrolls sideways. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 360, height: 740 }
  for (const [width, colorScheme] of [
    [360, 'light'],
    [1280, 'dark'],
  ] as const) {
    await page.setViewportSize({ ...size, width })
    await page.emulateMedia({ colorScheme })
    assert.deepEqual(await axe(page), [], `${what} at ${width} px, ${colorScheme}`)
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(sideways <= 0, `${what} scrolls sideways by ${sideways} px at ${width} px`)
  }
  await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme: null })
}

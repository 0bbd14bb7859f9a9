import type { Page } from 'playwright-core'

/** Types the first code of up to `most` questions of a list at the desk, by keyboard alone: Enter leads from one to the next. Returns how many. */
export async function typeCodes(page: Page, most: number): Promise<number> {
  await page.locator('.codes [data-code]').first().focus()
  let typed = 0
  while (typed < most) {
    const code = await page.evaluate(() => {
      const field = document.activeElement
      if (!field?.matches('[data-code]')) return null
      return /^\S+/.exec(document.getElementById(field.id.replace('answer-', 'codes-'))?.textContent ?? '')?.[0] ?? ''
    })
    if (code === null) break
    if (code !== '') typed++
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
  }
  return typed
}

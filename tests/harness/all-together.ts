import type { Page } from 'playwright-core'
import { inCharge } from './in-charge.ts'

/** On a phone: the statements of a list under each other, as one may choose, for tests that are about something else. */
export async function allTogether(page: Page): Promise<void> {
  await inCharge(page)
  await page.getByRole('button', { name: 'Alle zinnen onder elkaar' }).click()
}

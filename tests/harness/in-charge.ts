import type { Page } from 'playwright-core'

/**
 * Waits until the respondent's script is in charge of a page that was loaded. It comes drawn and can be used before that, as in a browser
 * without scripts: what is pressed then loads another page, which moves no focus and says nothing by itself.
 */
export const inCharge = (page: Page): Promise<void> => page.locator('html.live').waitFor()

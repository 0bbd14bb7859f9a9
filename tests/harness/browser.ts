/** A real Chromium, with a fresh profile, that fails the test on whatever a page complains about. */
import assert from 'node:assert/strict'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumPath } from './chromium-path.ts'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Milliseconds, after which what was waited for does not come: other tests compute at the same moment. */
const patience = 90_000

export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath()
  assert.ok(executablePath, 'No Chromium: apt-get install chromium, or set CHROMIUM_PATH to a Chromium or Chrome.')
  return await chromium.launch({ executablePath, args: flags, timeout: patience })
}

export interface Watched {
  context: BrowserContext
  page: Page
  /** Everything that should not happen: script errors, console errors, violations of the policy, requests to another origin. */
  complaints: string[]
}

/** A page of `width` px. `allowed`: console errors that the test provokes itself. */
export async function openPage(
  browser: Browser,
  origin: string,
  { width = 360, height = 740, locale = 'nl-NL', allowed = [] as RegExp[], javaScriptEnabled = true } = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width, height }, locale, javaScriptEnabled })
  context.setDefaultTimeout(patience)
  // What breaks a policy is written to the console by most browsers, but not for each kind of policy.
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`against the policy: ${effectiveDirective} ${blockedURI}`),
    ),
  )
  const page = await context.newPage()
  const complaints: string[] = []
  const complain = (text: string): void => {
    if (!allowed.some((pattern) => pattern.test(text))) complaints.push(text)
  }
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complain(`script: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== origin && url.protocol !== 'data:' && url.protocol !== 'blob:') complain(`request to ${url.origin}`)
  })
  return { context, page, complaints }
}

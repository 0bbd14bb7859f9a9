/** One load of a page on a slow phone with a slow network, as the page and the network saw it. */
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'

/** What one load gave. Times are milliseconds since the navigation began. */
export interface PageLoad {
  /** The first question stands on the screen. */
  readable: number
  /** A tap at that very moment has left for the server; where a page saves nothing, the first tap that counts. */
  kept: number
  /** SurveyJS holds the answers and decides what is asked. */
  inCharge: number
  /** Bytes over the network until `kept`. */
  bytesBefore: number
  bytes: number
}

/** Slow 4G as Lighthouse throttles: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md */
const slow4g = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 }
const slowdown = 4

interface Seen {
  readable?: number
  sent?: number
  inCharge?: number
}

/** Runs in the page before its own scripts: taps the first answer as soon as it is painted, and notes when that leaves. */
function watch(): void {
  const seen: Seen = {}
  Object.assign(window, { seen })
  let found = false
  const look = () => {
    const answer = document.querySelector<HTMLInputElement>('input[type=radio]')
    if (found || !answer) return
    found = true
    requestAnimationFrame(() =>
      setTimeout(() => {
        seen.readable = performance.now()
        answer.click()
      }),
    )
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
  const original = window.fetch
  window.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (url.includes('/draft')) seen.sent ??= performance.now()
    return original(input, init)
  }
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === 'survey in charge') seen.inCharge ??= startTime
  }).observe({ type: 'mark' })
}

/** A phone with an empty page and nothing cached; `slowDown` makes it slow. */
const phone = (browser: Browser) =>
  browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'nl-NL', hasTouch: true, isMobile: true })

async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.emulateNetworkConditions', slow4g)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
}

/** A slow phone on a slow network, with one empty page. Whoever asks for it closes it. */
export async function slowPhone(browser: Browser): Promise<BrowserContext> {
  const context = await phone(browser)
  const session = await context.newCDPSession(await context.newPage())
  await session.send('Network.enable')
  await slowDown(session)
  return context
}

/** Loads `url` with nothing cached, with these cookies. */
export async function loadPage(browser: Browser, url: string, { cookie = '', saves = true } = {}): Promise<PageLoad> {
  const context = await phone(browser)
  try {
    const [name = '', value = ''] = cookie.split(/[=;]/)
    if (name) await context.addCookies([{ name, value, url: new URL(url).origin }])
    const page = await context.newPage()
    await page.addInitScript(watch)
    const session = await context.newCDPSession(page)
    const traffic = await watchTraffic(session)
    await slowDown(session)
    await page.goto(url, { waitUntil: 'commit' })
    const seen = await settled(page, saves)
    const readable = seen.readable ?? Number.NaN
    const kept = saves ? (seen.sent ?? Number.NaN) : readable
    return { readable, kept, inCharge: seen.inCharge ?? readable, bytesBefore: traffic.until(kept), bytes: traffic.until(Infinity) }
  } finally {
    await context.close()
  }
}

async function settled(page: Page, saves: boolean): Promise<Seen> {
  const isReady = (saves: boolean) => {
    const { seen } = window as unknown as { seen: Seen }
    return seen.readable !== undefined && (!saves || seen.sent !== undefined)
  }
  await page.waitForFunction(isReady, saves, { timeout: 60_000 })
  // SurveyJS comes after the first answers on our page; its mark is the last thing to wait for.
  await page
    .waitForFunction(() => (window as unknown as { seen: Seen }).seen.inCharge !== undefined, undefined, { timeout: saves ? 8000 : 1 })
    .catch(() => {})
  return await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
}

async function watchTraffic(session: CDPSession): Promise<{ until(milliseconds: number): number }> {
  let start = Number.POSITIVE_INFINITY
  const received: { at: number; bytes: number }[] = []
  session.on('Network.requestWillBeSent', ({ timestamp }) => {
    start = Math.min(start, timestamp)
  })
  session.on('Network.responseReceived', ({ timestamp, response }) => received.push({ at: timestamp, bytes: response.encodedDataLength }))
  session.on('Network.dataReceived', ({ timestamp, encodedDataLength }) => received.push({ at: timestamp, bytes: encodedDataLength }))
  await session.send('Network.enable')
  return {
    until: (milliseconds) => received.filter(({ at }) => (at - start) * 1000 <= milliseconds).reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

/** Bytes that `page` receives from now on. */
export async function countBytes(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page)
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await session.send('Network.enable')
  return () => bytes
}

/** What axe does not look at: does it fit when enlarged, can it be hit, is the keyboard seen without colours, does anything move. */
import type { Page } from 'playwright-core'

/** A screen of 1280 by 1024 px at 200 % and at 400 %, as WCAG 1.4.4 and 1.4.10 reckon. */
const enlarged = [
  { width: 640, height: 512 },
  { width: 320, height: 256 },
]

/**
 * What is wrong with the page as it is now, one line each: what sticks out or is cut off at 200 and 400 %, targets below 44 px, what shows no
 * focus or no choice where the system sets the colours (forced colours), and what moves for people who asked that nothing does.
 */
export async function findings(page: Page): Promise<string[]> {
  const size = page.viewportSize() ?? { width: 360, height: 740 }
  const small = await page.evaluate(smallTargets)
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  const unseen = [...(await page.evaluate(unseenFocus)), ...(await page.evaluate(moving))]
  await page.emulateMedia({ forcedColors: null, reducedMotion: null })
  const cut: string[] = []
  for (const screen of enlarged) {
    await page.setViewportSize(screen)
    cut.push(...(await page.evaluate(cutOff)).map((found) => `at ${128_000 / screen.width} %: ${found}`))
  }
  await page.setViewportSize(size)
  return [...small, ...unseen, ...cut]
}

// These four run in the page, each by itself.

function smallTargets(): string[] {
  const found: string[] = []
  for (const element of document.querySelectorAll<HTMLElement>('a, button, select, textarea, summary, input, label.choice')) {
    // A choice is hit by its label; a link in a sentence is as high as the sentence (WCAG 2.5.8, inline).
    if (element.matches('label.choice input') || getComputedStyle(element).display === 'inline') continue
    if (element.matches('.visually-hidden, .skip-link:not(:focus)') || !element.checkVisibility({ visibilityProperty: true })) continue
    const { width, height } = element.getBoundingClientRect()
    if (width < 43.9 || height < 43.9) found.push(`${Math.round(width)} by ${Math.round(height)} px: ${element.outerHTML.slice(0, 120)}`)
  }
  return found
}

function unseenFocus(): string[] {
  const found: string[] = []
  const before = document.activeElement as HTMLElement | null
  for (const element of document.querySelectorAll<HTMLElement>('a[href], button, select, textarea, summary, input:not([type=hidden])')) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue
    element.focus({ preventScroll: true, focusVisible: true } as FocusOptions)
    const own = getComputedStyle(element)
    const words = element.parentElement?.querySelector('.choice-text')
    const around = words ? getComputedStyle(words, '::after') : null
    const hasRing = own.outlineStyle !== 'none' && Number.parseFloat(own.outlineWidth) >= 2
    const hasFrame = around !== null && around.borderTopStyle === 'solid' && Number.parseFloat(around.borderTopWidth) >= 2
    if (!hasRing && !hasFrame) found.push(`no focus to be seen in forced colours: ${element.outerHTML.slice(0, 120)}`)
    if (element.matches('[type=radio], [type=checkbox]') && own.appearance === 'none')
      found.push(`not the browser's own button, so its choice may go: ${element.outerHTML.slice(0, 120)}`)
  }
  before?.focus({ preventScroll: true })
  return found
}

function moving(): string[] {
  const running = document.getAnimations().filter(({ playState }) => playState === 'running').length
  const slow = [...document.querySelectorAll('body *')].filter((element) =>
    getComputedStyle(element)
      .transitionDuration.split(',')
      .some((seconds) => Number.parseFloat(seconds) > 0),
  )
  return [...(running > 0 ? [`${running} animations run`] : []), ...slow.map((element) => `it slides: ${element.outerHTML.slice(0, 120)}`)]
}

function cutOff(): string[] {
  const found: string[] = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) found.push(`it scrolls sideways by ${scrollWidth - clientWidth} px`)
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (element.closest('.visually-hidden, .skip-link, .run-heads, option, script, noscript') || !element.checkVisibility()) continue
    const { left, right } = element.getBoundingClientRect()
    const hides = getComputedStyle(element).overflowX !== 'visible' && !element.matches('input, progress')
    if (left < -1 || right > innerWidth + 1 || (hides && element.scrollWidth > element.clientWidth + 1))
      found.push(`cut off (${Math.round(left)} to ${Math.round(right)}): ${element.outerHTML.slice(0, 120)}`)
  }
  // What stays in sight must leave room for the rest (WCAG 2.4.11, 1.4.10).
  const stuck = [...document.querySelectorAll<HTMLElement>('body *')].filter(
    (element) => /sticky|fixed/.test(getComputedStyle(element).position) && element.checkVisibility(),
  )
  const height = stuck.reduce((sum, element) => sum + element.getBoundingClientRect().height, 0)
  if (height > innerHeight / 2) found.push(`${Math.round(height)} px of ${innerHeight} stay in sight and cover the rest`)
  return found
}

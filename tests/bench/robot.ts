/**
 * A person who does something every two seconds: taps the first answer of the next open question, or the button that leads on. It
 * knows no page by its structure, only what a person sees: what can be answered, and the button that stands out.
 *
 * Times come from the page itself: an act is when the browser took the tap, and something can be done from the frame in which it is
 * there to be tapped.
 */
import type { Page } from 'playwright-core'

/** Milliseconds from one act to the next, when the machine lets it. */
export const beat = 2000

export interface Act {
  kind: 'radio' | 'select' | 'number' | 'date' | 'text' | 'button'
  name: string
  value: string
}

/** After so many milliseconds it is certain whether another statement comes by itself. */
const settled = 1000

/** One act, in milliseconds. */
export interface Taken {
  act: Act
  /** From the act before until this one could be done. */
  gap: number
  /** How much later than the beat that was. */
  late: number
}

interface Seen {
  act: Act | null
  at: number
  lastAct: number | null
  heading: string
}

/** Runs in every page before its own scripts: when the last tap, or word, was taken. Times are those since 1970, for all pages alike. */
function watch(): void {
  const note = (event: Event) => {
    if (event.isTrusted) Object.assign(window, { lastAct: performance.timeOrigin + event.timeStamp })
  }
  for (const type of ['pointerdown', 'input']) addEventListener(type, note, true)
}

/** Runs in the page at each frame: what can be done, once there is something, or once the heading is `end`. */
function look({ done, end }: { done: string[]; end: string }): Seen | null {
  const isThere = (element: Element): boolean => {
    const style = getComputedStyle(element)
    return element.getClientRects().length > 0 && style.visibility !== 'hidden' && style.pointerEvents !== 'none'
  }
  const heading = document.querySelector('h1')?.textContent ?? ''
  const seen = { at: performance.timeOrigin + performance.now(), lastAct: (window as { lastAct?: number }).lastAct ?? null, heading }
  if (heading === end) return { ...seen, act: null }
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
    'main input, main select, main textarea',
  )) {
    const { name, value } = field
    if (name === '' || field.type === 'hidden') continue
    // An answer that did not stay is given once more, as a person would.
    const isAnswered = field.type === 'radio' ? document.querySelector(`main input[name="${name}"]:checked`) !== null : done.includes(name)
    if (isAnswered) continue
    if (!isThere(field.type === 'radio' ? (field.closest('label') ?? field) : field)) continue
    if (field.type === 'radio') return { ...seen, act: { kind: 'radio', name, value } }
    if (field instanceof HTMLSelectElement) return { ...seen, act: { kind: 'select', name, value: field.options[1]?.value ?? '' } }
    const kind = field.type === 'date' ? 'date' : field.inputMode === 'numeric' || field.inputMode === 'decimal' ? 'number' : 'text'
    if (field.type !== 'checkbox')
      return { ...seen, act: { kind, name, value: { date: '2026-12-01', number: '1', text: 'Een zin.' }[kind] } }
  }
  const button = [...document.querySelectorAll('main .button-primary:not([aria-disabled="true"])')].find(isThere)
  return button ? { ...seen, act: { kind: 'button', name: button.textContent ?? '', value: '' } } : null
}

export class Robot {
  readonly #page: Page
  #lastAct: number

  /** `page` has been opened for it and nothing else. */
  private constructor(page: Page) {
    this.#page = page
    this.#lastAct = Date.now()
  }

  static async on(page: Page): Promise<Robot> {
    await page.addInitScript(watch)
    return new Robot(page)
  }

  async open(url: string): Promise<void> {
    this.#lastAct = Date.now()
    await this.#page.goto(url, { waitUntil: 'commit' })
  }

  /** Acts until there is a page with the heading `end`; returns what it did, and at last (without an act) how long that page took. */
  async actUntil(end: string): Promise<{ taken: Taken[]; ending: number }> {
    const taken: Taken[] = []
    let done: string[] = []
    for (let heading = ''; ; ) {
      let seen = await this.#see({ done, end })
      if (seen.act?.kind === 'button' && taken.at(-1)?.act.kind === 'radio') {
        // After an answer the next statement comes by itself, when the answer has stood for a moment.
        await this.#page.waitForTimeout(settled)
        const next = await this.#see({ done, end })
        if (next.act?.kind !== 'button') seen = next
      }
      const { act, at, lastAct, heading: now } = seen
      this.#lastAct = lastAct ?? this.#lastAct
      const gap = at - this.#lastAct
      if (!act) return { taken, ending: gap }
      if (taken.length > 150) throw new Error(`it goes on and on: ${now}, ${JSON.stringify(act)}`)
      taken.push({ act, gap, late: Math.max(0, gap - beat) })
      await this.#page.waitForTimeout(Math.max(0, this.#lastAct + beat - Date.now()))
      await this.#do(act)
      if (now !== heading) done = []
      heading = now
      if (act.kind !== 'button') done.push(act.name)
    }
  }

  async #see(wanted: { done: string[]; end: string }): Promise<Seen> {
    const before = this.#lastAct
    for (;;) {
      try {
        const found = await this.#page.waitForFunction(look, wanted, { polling: 'raf', timeout: 60_000 })
        return (await found.jsonValue()) as Seen
      } catch (error) {
        // The page made way for the next one while it was looked at.
        if (!/context was destroyed|navigat/i.test(String(error)) || Date.now() - before > 60_000) throw error
      }
    }
  }

  async #do({ kind, name, value }: Act): Promise<void> {
    const field = this.#page.locator(`main [name="${name}"]`)
    const force = { noWaitAfter: true }
    if (kind === 'radio')
      await this.#page.locator('main label', { has: this.#page.locator(`input[name="${name}"][value="${value}"]`) }).click(force)
    else if (kind === 'select') await field.selectOption(value, force)
    else if (kind === 'button') await this.#page.locator('main').locator('.button-primary').filter({ visible: true }).first().click(force)
    else await field.fill(value, force)
  }
}

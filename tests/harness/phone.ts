/** A participant with a phone: opens the link from a mail, and answers what the page shows, by what it says. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { inCharge } from './in-charge.ts'

export class Phone {
  readonly page: Page
  /** Called on every page that is reached, for whoever wants to look at it. */
  readonly #look: (page: Page, what: string) => Promise<void>

  constructor(page: Page, look: (page: Page, what: string) => Promise<void> = async () => {}) {
    this.page = page
    this.#look = look
  }

  async openLink(link: string): Promise<void> {
    await this.page.goto(link)
    await this.#look(this.page, 'door')
    await this.page.getByRole('button', { name: 'Verder' }).click()
    await this.page.waitForURL('**/packet')
    await inCharge(this.page)
  }

  /** Answers each purpose that is asked: true agrees, false does not. */
  async consent(given: Record<string, boolean>): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: 'Doet u mee?' }).waitFor()
    await this.#look(this.page, 'consent')
    for (const [purpose, agrees] of Object.entries(given)) {
      const choices = this.page.locator(`input[name="consent-${purpose}"]`)
      await (agrees ? choices.first() : choices.last()).check()
    }
    await this.page.getByRole('button', { name: 'Verder', exact: true }).click()
  }

  /** Begins the next list that is open on the packet page. */
  async begin(): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: 'Uw vragenlijsten' }).waitFor()
    await this.#look(this.page, 'packet')
    await this.page
      .getByRole('link', { name: /^(Beginnen|Verdergaan)/ })
      .first()
      .click()
  }

  /** After a list: on to the next one. `rested`: a break has to be suggested here. */
  async toNextList({ rested = false } = {}): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: rested ? 'Tijd voor een pauze?' : 'Dank u wel, deze lijst is klaar' }).waitFor()
    await this.#look(this.page, rested ? 'break' : 'sent')
    await this.page.getByRole('link', { name: rested ? 'Ik ga door' : 'Naar de volgende lijst' }).click()
  }

  /** After the last list: thanks, and out. */
  async close(): Promise<void> {
    await this.page.getByRole('heading', { name: 'Dank u wel, u bent klaar' }).waitFor()
    await this.#look(this.page, 'thanks')
    await this.page.getByRole('button', { name: 'Klaar, sluiten' }).click()
    await this.page.getByRole('heading', { name: 'U bent uitgelogd' }).waitFor()
    await this.#look(this.page, 'left')
  }

  /** Fills in the list that is on the screen: `answers` has the value of each item; an item without one is left open. */
  async fillIn(answers: Record<string, number>): Promise<void> {
    for (let screen = 0; ; screen++) {
      await this.page.locator('main fieldset').first().waitFor()
      if (screen === 0) await this.#look(this.page, 'list')
      const names = await this.itemsOnScreen()
      for (const [index, name] of names.entries()) {
        const value = answers[name]
        if (value !== undefined) await this.page.locator(`input[name="${name}"][value="${value}"]`).check()
        await this.toNextStatement(name, names[index + 1])
      }
      const send = this.page.getByRole('button', { name: 'Versturen' })
      if (await send.isVisible()) {
        await send.click()
        return
      }
      const before = await this.itemsOnScreen()
      await this.page.getByRole('button', { name: 'Volgende' }).click()
      await this.page.waitForFunction((shown) => !document.querySelector(`input[name="${shown}"]`), before[0])
    }
  }

  /** Where statements come one at a time, a key goes on at once; a tap would give the answer a moment to be seen. */
  async toNextStatement(name: string, next: string | undefined): Promise<void> {
    if (next === undefined || !(await this.page.locator(`input[name="${next}"]`).first().isHidden())) return
    await this.page.locator(`input[name="${name}"]`).first().focus()
    // On a slow machine that moment may pass first: then the key would be taken for the next statement, and lead past it.
    await this.page.evaluate((answered) => {
      const stopLate = (event: Event): void => {
        if (document.querySelector(`input[name="${answered}"]`)?.checkVisibility()) return
        event.preventDefault()
        event.stopImmediatePropagation()
      }
      window.addEventListener('keydown', stopLate, { capture: true, once: true })
    }, name)
    await this.page.keyboard.press('Enter')
  }

  /** Those of a page, also where they come one at a time. */
  async itemsOnScreen(): Promise<string[]> {
    const names = await this.page
      .locator('main fieldset input[type=radio]')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).name))
    assert.ok(names.length > 0, 'no question on the screen')
    return [...new Set(names)]
  }
}

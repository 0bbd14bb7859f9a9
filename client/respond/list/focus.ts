/** Where the keyboard goes on a page of questions, and what is in sight then. Nothing slides: it is there at once. */
import { idsOf } from '../../survey/element-props.ts'

/** Puts the keyboard at the answer of an item, in the middle of the screen. */
export function focusItem(name: string | undefined): void {
  const item = name === undefined ? null : document.getElementById(idsOf({ name }).item)
  const control = item?.querySelector<HTMLElement>('input:checked, input, select, textarea') ?? item
  item?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}

/** Puts the keyboard at a statement as a group: a screen reader says its words, once, and the first key reaches its choices. */
export function focusStatement(name: string): void {
  const item = document.getElementById(idsOf({ name }).item)
  item?.focus({ preventScroll: true })
  const box = item?.closest('.item')
  const wayOn = document.querySelector('.actions-list .button-primary')
  if (!box || !wayOn) return
  // All of it in sight already, with the way on: then nothing moves. Else each statement begins at the same height.
  const top = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart) || 0
  if (box.getBoundingClientRect().top < top || wayOn.getBoundingClientRect().bottom > innerHeight) box.scrollIntoView({ block: 'start' })
}

/** After the last statement: at the button that leads on. */
export function focusWayOn(): void {
  const button = document.querySelector<HTMLElement>('.actions-list .button-primary')
  button?.focus({ preventScroll: true })
  button?.scrollIntoView({ block: 'nearest' })
}

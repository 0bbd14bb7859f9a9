/** All lists with answers on this page. A list stays here when one goes back to the overview, until what was typed is saved. */
import type { DraftSaver } from './draft-saver.ts'
import { isUnsaved } from './save-queue.ts'

const savers = new Set<DraftSaver>()

export function watchSaver(saver: DraftSaver): void {
  savers.add(saver)
  saver.subscribe(warnWhileUnsaved)
}

export function forgetSaver(saver: DraftSaver): void {
  saver.stop()
  savers.delete(saver)
  warnWhileUnsaved()
}

const hasUnsaved = (): boolean => [...savers].some((saver) => isUnsaved(saver.state()))

/** Saves what is not saved yet; false when that did not work. */
export async function saveEverything(): Promise<boolean> {
  const outcomes = await Promise.all([...savers].map((saver) => saver.settled()))
  return outcomes.every(Boolean)
}

/** Forgets every answer on this page. */
export function forgetEverything(): void {
  for (const saver of savers) forgetSaver(saver)
}

/** The browser's own warning, only while leaving would lose something. */
function warnWhileUnsaved(): void {
  if (hasUnsaved()) window.addEventListener('beforeunload', warn)
  else window.removeEventListener('beforeunload', warn)
}

const warn = (event: BeforeUnloadEvent): void => event.preventDefault()

/** Saves at once when the page goes out of sight (there may be no later) and when the network comes back. */
export function saveAtTheRightMoments(): void {
  const flush = (closing: boolean) => {
    for (const saver of savers) saver.flush(closing)
  }
  document.addEventListener('visibilitychange', () => flush(document.visibilityState === 'hidden'))
  window.addEventListener('pagehide', () => flush(true))
  window.addEventListener('online', () => flush(false))
}

/** Whoever logs out in one tab is logged out in all: on a shared device nothing stays readable in a tab that was forgotten. */
import { leftPath } from './route.ts'
import { forgetEverything } from './saving/savers.ts'

/** Browsers without it find out at the next request, when the session is over. Where the server draws pages there are no tabs. */
const tabs = typeof document === 'undefined' || typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('nameting')

export function tellOtherTabs(): void {
  tabs?.postMessage('left')
}

/** Leaves with the tab in which somebody logged out. */
export function leaveWithOtherTabs(): void {
  if (tabs) tabs.onmessage = () => leavePage(document.documentElement.lang)
}

/** To a fresh page: what was typed is gone from memory, and from what the browser may keep of this page for the way back. */
export function leavePage(language: string): void {
  forgetEverything()
  document.body.replaceChildren()
  location.replace(leftPath(language))
}

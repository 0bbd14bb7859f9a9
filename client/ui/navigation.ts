/** Moves between pages without loading anew; back and forward work as everywhere. */
import { type MouseEvent, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

/** `onServer`: the address for which a page is drawn where there is no browser. */
export const usePathname = (onServer = ''): string =>
  useSyncExternalStore(subscribe, () => (typeof location === 'undefined' ? onServer : location.pathname))

/** The query of the address, with its question mark. */
export const useSearch = (): string => useSyncExternalStore(subscribe, () => location.search)

const step = 'step'

/** How many pages of this site lie before this one in the history of the tab, since it was entered. */
export function stepsIn(): number {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && step in state ? Number(state[step]) || 0 : 0
}

const addressNow = (): string => location.pathname + location.search
const pathOf = (address: string): string | undefined => address.split('?')[0]

/** Says whether a move may be made; `isSamePage`: only the query of the address changes. */
type Guard = (isSamePage: boolean) => boolean

let guard: Guard = () => true
/** The address that is shown: by the time one hears of a move back or forward, the browser has made it. */
let shown = ''

/** Every move asks this first. Returns how to end that. */
export function guardMoves(asked: Guard): () => void {
  guard = asked
  shown = addressNow()
  const onMoved = (event: PopStateEvent): void => {
    const now = addressNow()
    if (now === shown || guard(pathOf(now) === pathOf(shown))) {
      shown = now
      return
    }
    // Nobody else hears of it. What was shown comes after where the browser went: one step back leads there again.
    event.stopImmediatePropagation()
    history.pushState({ [step]: stepsIn() + 1 }, '', shown)
  }
  window.addEventListener('popstate', onMoved, { capture: true })
  return () => {
    window.removeEventListener('popstate', onMoved, { capture: true })
    guard = () => true
  }
}

/**
 * Goes to an address of this site; `replace` leaves the present page out of the history; `isDone`: what was typed on it has been handed
 * in, so that nothing is to be asked.
 */
export function navigate(address: string, { replace = false, isDone = false } = {}): void {
  if (address === addressNow()) return
  if (!isDone && !guard(pathOf(address) === location.pathname)) return
  history[replace ? 'replaceState' : 'pushState']({ [step]: stepsIn() + (replace ? 0 : 1) }, '', address)
  shown = addressNow()
  for (const listener of listeners) listener()
}

/** For a link: a plain click stays in the page, anything else (a new tab) is the browser's. */
export const follow = (address: string) => ({
  href: address,
  onClick: (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(address)
  },
})

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

/** Goes to an address of this site; `replace` leaves the present page out of the history. */
export function navigate(address: string, { replace = false } = {}): void {
  if (address === location.pathname + location.search) return
  history[replace ? 'replaceState' : 'pushState']({ [step]: stepsIn() + (replace ? 0 : 1) }, '', address)
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

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

export const usePathname = (): string => useSyncExternalStore(subscribe, () => location.pathname)

/** The query of the address, with its question mark. */
export const useSearch = (): string => useSyncExternalStore(subscribe, () => location.search)

/** Goes to an address of this site; `replace` leaves the present page out of the history. */
export function navigate(address: string, { replace = false } = {}): void {
  if (address === location.pathname + location.search) return
  history[replace ? 'replaceState' : 'pushState'](null, '', address)
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

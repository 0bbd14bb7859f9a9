/** Moves between pages without loading anew; back and forward work as everywhere. */
import { type MouseEvent, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

const tell = () => {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

export const usePathname = (): string => useSyncExternalStore(subscribe, () => location.pathname)

/** Goes to `path`; `replace` leaves the present page out of the history. */
export function navigate(path: string, { replace = false } = {}): void {
  if (path === location.pathname) return
  history[replace ? 'replaceState' : 'pushState'](null, '', path)
  tell()
}

/** For a link: a plain click stays in the page, anything else (a new tab) is the browser's. */
export const follow = (path: string) => ({
  href: path,
  onClick: (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(path)
  },
})

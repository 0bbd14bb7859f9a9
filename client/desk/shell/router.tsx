/** Which page is shown: the address bar, and links that change it without loading the site again. */
import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react'

const changed = 'nameting-address'

function subscribe(tell: () => void): () => void {
  window.addEventListener('popstate', tell)
  window.addEventListener(changed, tell)
  return () => {
    window.removeEventListener('popstate', tell)
    window.removeEventListener(changed, tell)
  }
}

/** The path of the page, decoded, without the slash at its end. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => decodeURI(location.pathname).replace(/(.)\/$/, '$1'))

/** The query string of the page, with its question mark. */
export const useSearch = (): string => useSyncExternalStore(subscribe, () => location.search)

/** Goes to another page of the desk; `replace` leaves no trace in the history. */
export function goTo(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  window.dispatchEvent(new Event(changed))
}

/** A link to a page of the desk. With a modifier key, or in a new tab, it is an ordinary link. */
export function Link({ href, ...props }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(href)
    window.scrollTo(0, 0)
  }
  return <a href={href} onClick={follow} {...props} />
}

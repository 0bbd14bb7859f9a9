import { useSyncExternalStore } from 'react'

/** Below it a table of many columns does not fit: what it says stands below each other. As the styles have it, see frame.css. */
const narrow = '(max-width: 45rem)'

const list = (): MediaQueryList | null => (typeof matchMedia === 'undefined' ? null : matchMedia(narrow))

function subscribe(listener: () => void): () => void {
  const watched = list()
  watched?.addEventListener('change', listener)
  return () => watched?.removeEventListener('change', listener)
}

/** Whether the page is as narrow as a phone; a page that is drawn without a browser is wide. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => list()?.matches ?? false,
    () => false,
  )

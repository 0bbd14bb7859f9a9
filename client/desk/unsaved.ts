/** What was typed in this window and is nowhere else: it is not thrown away for whoever signs in next, nor without a question. */
import { useEffect, useId, useSyncExternalStore } from 'react'

const held = new Set<string>()
const listeners = new Set<() => void>()

function hold(name: string, isHeld: boolean): void {
  if (held.has(name) === isHeld) return
  if (isHeld) held.add(name)
  else held.delete(name)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether anything here would be lost. */
export const useHasUnsaved = (): boolean => useSyncExternalStore(subscribe, () => held.size > 0)

/** Holds on to a part of the page while it has something that is nowhere else; the browser asks before it leaves, too. */
export function useUnsaved(isUnsaved: boolean): void {
  const name = useId()
  useEffect(() => {
    hold(name, isUnsaved)
    if (!isUnsaved) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => {
      removeEventListener('beforeunload', warn)
      hold(name, false)
    }
  }, [name, isUnsaved])
}

/** What was typed in this window and is nowhere else: it is not thrown away for whoever signs in next, nor without a question. */
import { useEffect, useId, useSyncExternalStore } from 'react'
import { guardMoves } from '../ui/navigation.ts'

/** What it goes with: the page, or already with the address, where that says what the page shows. */
type Lost = 'with the page' | 'with the address'

const held = new Map<string, Lost>()
const listeners = new Set<() => void>()

function hold(name: string, lost: Lost | null): void {
  if ((held.get(name) ?? null) === lost) return
  if (lost) held.set(name, lost)
  else held.delete(name)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether anything here would be lost. */
export const useHasUnsaved = (): boolean => useSyncExternalStore(subscribe, () => held.size > 0)

/** Holds on to a part of the page while it has something that is nowhere else: whoever leaves is asked, by the browser or by the desk. */
export function useUnsaved(isUnsaved: boolean, lost: Lost = 'with the page'): void {
  const name = useId()
  useEffect(() => {
    hold(name, isUnsaved ? lost : null)
    if (!isUnsaved) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => {
      removeEventListener('beforeunload', warn)
      hold(name, null)
    }
  }, [name, isUnsaved, lost])
}

/** Moves inside the desk, also back and forward, ask this first where they would lose something. */
export function useQuestionBeforeLoss(question: string): void {
  useEffect(
    () =>
      guardMoves((isSamePage) => {
        const isLoss = [...held.values()].some((lost) => !isSamePage || lost === 'with the address')
        return !isLoss || confirm(question)
      }),
    [question],
  )
}

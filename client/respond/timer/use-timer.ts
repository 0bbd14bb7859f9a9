/**
 * Keeps the timer of the list that is shown: saves its seconds while it runs, lets it run on when the page is loaded anew, and pauses
 * it when one goes elsewhere.
 */
import { useEffect } from 'react'
import type { ListSession } from '../list/list-session.ts'

/** How often its seconds are saved. A page that is lost loses no more than that. */
const savedEvery = 15_000

const mark = 'timer'

/** Only a page that was loaded anew goes on by itself; going back to a list does not start its timer. */
let isFirst = true

export function useTimer({ id, timer, saver }: ListSession): void {
  useEffect(() => {
    const ranOn = isFirst && historyState()[mark] === id
    isFirst = false
    if (!timer) return
    // In the history of the tab the mark survives that the page is loaded anew, and nothing else: logging out replaces the entry.
    const forget = timer.subscribe(() => {
      history.replaceState({ ...historyState(), [mark]: timer.isRunning() ? id : undefined }, '')
      saver.changed()
    })
    if (ranOn) timer.start()
    const saving = setInterval(() => timer.isRunning() && saver.changed(), savedEvery)
    return () => {
      clearInterval(saving)
      forget()
      if (!timer.isRunning()) return
      timer.pause()
      saver.changed()
    }
  }, [id, timer, saver])
}

const historyState = (): Record<string, unknown> => (history.state ?? {}) as Record<string, unknown>

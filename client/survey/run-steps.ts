/** Which statement of each run is in front of the reader where they come one at a time, and what a step makes of that. Pure. */
import type { RunView } from './runs.ts'
import type { ItemView } from './view.ts'

/** Names of the statements that are shown, at most one of each run. */
export type Shown = readonly string[]

export interface Step {
  shown: Shown
  /** The statement that came into sight. */
  name: string
}

/** The statement of a run that is shown; where none was chosen, the first open one, and the last when none is open. */
export function currentOf({ items }: RunView, shown: Shown): ItemView {
  const chosen = items.find(({ name }) => shown.includes(name)) ?? items.find(isOpen) ?? items.at(-1)
  return chosen as ItemView
}

const isOpen = ({ answer, earlier }: ItemView): boolean => answer === undefined && earlier !== 'sealed'

/** What is shown of a page that somebody comes to; `back` from the page after it. */
export const entered = (runs: RunView[], way: 'forward' | 'back'): Shown =>
  runs.map((run) => (way === 'back' ? (run.items.at(-1) as ItemView) : currentOf(run, [])).name)

/** The same statements, and one of each run that had none. */
export const pinned = (runs: RunView[], shown: Shown): Shown => runs.map((run) => currentOf(run, shown).name)

/** Shows a statement; nothing changes for an item that is in no run. */
export const showing = (runs: RunView[], shown: Shown, name: string): Shown =>
  runs.map((run) => (run.items.some((item) => item.name === name) ? name : currentOf(run, shown).name))

/** To the next statement of the first run that is not at its end; null when all are. */
export const forward = (runs: RunView[], shown: Shown): Step | null => step(runs, shown, 1)

/** To the statement before, in the last run that is not at its beginning; null when all are. */
export const back = (runs: RunView[], shown: Shown): Step | null => step([...runs].reverse(), shown, -1)

/** From a statement to the next one of its run; null from the last one, and from an item that is in no run. */
export function after(runs: RunView[], shown: Shown, name: string): Step | null {
  const run = runs.find(({ items }) => items.some((item) => item.name === name))
  return run ? step([run], showing(runs, shown, name), 1) : null
}

function step(runs: RunView[], shown: Shown, by: 1 | -1): Step | null {
  for (const run of runs) {
    const from = currentOf(run, shown)
    const to = run.items[run.items.indexOf(from) + by]
    if (to) return { name: to.name, shown: [...shown.filter((name) => run.items.every((item) => item.name !== name)), to.name] }
  }
  return null
}

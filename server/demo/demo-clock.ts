/** The clock of the demonstration: it runs like any other, and it can be set ahead. It is never set back. */
import type { Clock } from '../clock.ts'

export interface DemoClock extends Clock {
  /** Sets it ahead to `moment` (ISO 8601, UTC). Throws a RangeError for an earlier one: what happened would come to lie in the future. */
  setAhead(moment: string): void
}

/**
 * A clock that says `moment` now and runs on with `real`. Without a real clock it stands still between two settings.
 * Between two runs of the demonstration its time stands still as well: it is started again at the moment it had come to.
 */
export function demoClock(moment: string, real?: Clock): DemoClock {
  let base = Date.parse(moment)
  let since = Date.parse(real?.now() ?? moment)
  const milliseconds = () => base + (real ? Math.max(0, Date.parse(real.now()) - since) : 0)
  return {
    now: () => new Date(milliseconds()).toISOString(),
    setAhead(to) {
      if (Date.parse(to) < milliseconds()) throw new RangeError(`The clock is at ${this.now()}; it cannot go back to ${to}`)
      base = Date.parse(to)
      if (real) since = Date.parse(real.now())
    },
  }
}

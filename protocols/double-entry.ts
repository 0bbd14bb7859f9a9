/** Which lists a protocol has typed in twice. Pure: who draws is an argument. */
import { parseReference } from '../instruments/definition.ts'
import { isFor } from './applies.ts'
import type { DoubleEntry, Protocol } from './schema.ts'
import type { Draw } from './shuffle.ts'

/** A list, and the group of the case that it is of. */
export interface ListInGroup {
  instrument: string
  role: string
  wave: string
  arm: string
  cohort: string
}

/** What the schedule says of typing this list in a second time; undefined where it leaves that to whoever types. */
export const doubleEntryOf = ({ schedule }: Protocol, { instrument, role, wave, arm, cohort }: ListInGroup): DoubleEntry | undefined =>
  schedule.find(
    (row) =>
      row.doubleEntry !== undefined &&
      parseReference(row.instrument).id === instrument &&
      row.role === role &&
      row.waves.includes(wave) &&
      isFor(row, arm, cohort),
  )?.doubleEntry

/** Parts of the whole in which shares are drawn. */
const parts = 1_000_000

/** Whether one list is among the share. `draws`: the chance of this list, made of the seed. */
export const isTypedTwice = ({ share, seed }: DoubleEntry, draws: (seed: string) => Draw): boolean =>
  seed === undefined || draws(seed)(parts) < Math.round(share * parts)

/** Which database this process speaks to: fixed when it starts, since the schema is made for one. */
import { databaseSetting } from '../env.ts'
import { Failure } from '../failure.ts'
import type { DatabasePlace } from './place.ts'

export type Dialect = 'sqlite' | 'postgres'

export const dialect: Dialect = /^postgres(ql)?:/.test(databaseSetting() ?? '') ? 'postgres' : 'sqlite'

/** Throws a Failure where a place is of the other kind: what works on data folders only, or a setting that came after the program had started. */
export function assertDialect({ database }: DatabasePlace): void {
  if ((database !== undefined) !== (dialect === 'postgres'))
    throw new Failure(
      dialect === 'postgres'
        ? 'DATABASE_URL is set, and this works on a data folder only: take it out of the environment for this.'
        : 'DATABASE_URL was not set when the program started. Set it in the environment before.',
    )
}

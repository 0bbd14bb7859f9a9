/** Which database this process speaks to: fixed when it starts, since the schema is made for one. */
import { databaseSetting } from '../env.ts'
import { Failure } from '../failure.ts'
import type { DatabasePlace } from './place.ts'

export type Dialect = 'sqlite' | 'postgres'

export const dialect: Dialect = /^postgres(ql)?:/.test(databaseSetting() ?? '') ? 'postgres' : 'sqlite'

/** Throws a Failure where a place is of the other kind: DATABASE_URL has to be in the environment from the beginning. */
export function assertDialect({ database }: DatabasePlace): void {
  if ((database !== undefined) !== (dialect === 'postgres'))
    throw new Failure('DATABASE_URL was set or taken away after the program had started. Set it in the environment before.')
}

/** Whether the databases are whole and belong together, the access log untouched, and the definitions those that were published. Changes nothing. */
import { type Checked, checkDatabases } from '../db/check-databases.ts'
import type { DatabasePlace } from '../db/place.ts'
import { assertPutBack } from '../db/put-back.ts'
import { openStudyReader } from '../db/study-reader.ts'
import { type CheckedLog, checkAccessLog } from '../queries/access-log.ts'
import { whatIsApart } from './belong-together.ts'
import { type ExaminedDefinitions, examineDefinitions } from './examine-definitions.ts'

export interface Findings {
  databases: Checked[]
  accessLog: CheckedLog | null
  definitions: ExaminedDefinitions | null
  problems: string[]
}

export interface Examining {
  place: DatabasePlace
  /** DEFINITIONS_DIR. */
  own: string | undefined
  /** The end of the log as it was written down before. */
  noted: string | undefined
}

/** Looks at both databases, at the log and at what the studies in them are defined by. */
export async function examineFolder({ place, own, noted }: Examining): Promise<Findings> {
  assertPutBack(place)
  const databases = place.database
    ? await (await import('../db/postgres/check.ts')).checkDatabases(place.database)
    : checkDatabases(place.data)
  const problems = databases.flatMap(({ name, problems: found }) => found.map((problem) => `${name}: ${problem}`))
  // A file that is damaged has to be restored first; what can be read of its log says nothing.
  if (problems.length > 0) return { databases, accessLog: null, definitions: null, problems }
  const reader = await openStudyReader(place)
  try {
    const accessLog = await reader.atOneMoment((db) => checkAccessLog(db, noted))
    const definitions = await reader.atOneMoment((db) => examineDefinitions(db, own))
    return {
      databases,
      accessLog,
      definitions,
      problems: [...(await whatIsApart(place, reader)), ...problemsOf(accessLog, noted, databases.at(-1)?.name), ...definitions.problems],
    }
  } finally {
    await reader.close()
  }
}

function problemsOf({ broken, cut, hasNoted, rows }: CheckedLog, noted: string | undefined, name = ''): string[] {
  if (broken !== null)
    return [`${name}: the access log was changed: row ${broken} does not follow from the one before it (${rows} rows before it do)`]
  if (cut > 0) return [`${name}: the access log was cut off: its last ${cut} rows are gone`]
  if (noted !== undefined && !hasNoted) return [`${name}: the access log has no row with the hash ${noted}: it was cut off or written anew`]
  return []
}

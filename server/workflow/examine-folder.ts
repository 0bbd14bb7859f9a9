/** Whether the databases are whole and belong together, the access log untouched, and the definitions those that were published. Changes nothing. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { after } from '../../protocols/local-time.ts'
import { systemClock } from '../clock.ts'
import { type Checked, checkDatabases } from '../db/check-databases.ts'
import type { DatabasePlace } from '../db/place.ts'
import { fileOf, openCopy } from '../db/snapshot.ts'
import { openStudyReader, type StudyReader } from '../db/study-reader.ts'
import { type CheckedLog, checkAccessLog } from '../queries/access-log.ts'
import { participantsToReach, withoutContact } from '../queries/kept-contact.ts'
import { knownParticipants } from '../queries/participants.ts'
import { storedBefore } from '../queries/people.ts'
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
      problems: [
        ...(place.database ? [] : await strangersIn(place.data, reader)),
        ...problemsOf(accessLog, noted, databases.at(-1)?.name),
        ...definitions.problems,
      ],
    }
  } finally {
    await reader.close()
  }
}

/** Contact data that are gone are noted some milliseconds later, those of a registration an hour at most before its participants. */
const noting = { milliseconds: 1_000, registering: 3_600_000 }

/** Where the two files are not of one data folder, or not of one day: names without participants, or participants without names. */
async function strangersIn(data: string, reader: StudyReader): Promise<string[]> {
  const identity = openCopy(join(data, fileOf('identity')))
  try {
    const lost = async () => (await withoutContact(identity.db, await reader.atOneMoment(participantsToReach))).length
    let nameless = await lost()
    if (nameless > 0) {
      await pause(noting.milliseconds)
      nameless = await lost()
    }
    const stored = await storedBefore(identity.db, after(systemClock.now(), -noting.registering))
    const ids = stored.map(({ pseudonym }) => pseudonym)
    const known = new Set(await reader.atOneMoment((db) => knownParticipants(db, ids)))
    const unknown = stored.filter(({ pseudonym }) => !known.has(pseudonym))
    // Those of one moment are of a registration that was cut off: the next start removes them.
    const strangers = new Set(unknown.map(({ storedAt }) => storedAt)).size > 1 ? unknown.length : 0
    return [
      ...(nameless > 0 ? [`identity.sqlite: there are no contact data of ${nameless} participants of study.sqlite. ${apart}`] : []),
      ...(strangers > 0 ? [`identity.sqlite: it has contact data of ${strangers} people whom study.sqlite does not know. ${apart}`] : []),
    ]
  } finally {
    identity.close()
  }
}

const apart = 'The two files do not belong together: put both back from one backup.'

function problemsOf({ broken, cut, hasNoted, rows }: CheckedLog, noted: string | undefined, name = ''): string[] {
  if (broken !== null)
    return [`${name}: the access log was changed: row ${broken} does not follow from the one before it (${rows} rows before it do)`]
  if (cut > 0) return [`${name}: the access log was cut off: its last ${cut} rows are gone`]
  if (noted !== undefined && !hasNoted) return [`${name}: the access log has no row with the hash ${noted}: it was cut off or written anew`]
  return []
}

/** How much waits to be done, in numbers only. */
import { and, count, eq, isNull, lte, min, sql } from 'drizzle-orm'
import { people } from '../db/identity-schema/people.ts'
import { cases } from '../db/study-schema/cases.ts'
import { jobs } from '../db/study-schema/jobs.ts'
import { settings, tasks } from '../db/study-schema/journal.ts'
import { messages } from '../db/study-schema/messages.ts'
import type { Db } from '../db/tx.ts'
import { isInUse } from './cases.ts'

export interface Queues {
  /** Mails whose moment has come, and since when the first of them waits. */
  due: number
  dueSince: string | null
  /** Mails in the hands of a server at this moment. */
  inHand: number
  /** What needs a person, of families that belong in their study. */
  tasks: number
  /** Work on all cases of a study that is under way or was left in the middle. */
  jobs: number
}

export async function queues(db: Db, now: string): Promise<Queues> {
  const [due] = await db
    .select({ many: count(), since: min(messages.nextAt) })
    .from(messages)
    .where(and(eq(messages.state, 'planned'), lte(messages.nextAt, now)))
  const [inHand] = await db.select({ many: count() }).from(messages).where(eq(messages.state, 'claimed'))
  const [open] = await db
    .select({ many: count() })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .where(and(isNull(tasks.doneAt), isInUse))
  const [underWay] = await db.select({ many: count() }).from(jobs).where(eq(jobs.state, 'doing'))
  return {
    due: due?.many ?? 0,
    dueSince: due?.since ?? null,
    inHand: inHand?.many ?? 0,
    tasks: open?.many ?? 0,
    jobs: underWay?.many ?? 0,
  }
}

/** Rejects when the database does not answer. */
export const askStudy = async (db: Db): Promise<void> => void (await db.select({ name: settings.name }).from(settings).limit(1))

/** The same, of the one with who people are. */
export const askIdentity = async (db: Db): Promise<void> => void (await db.select({ id: people.pseudonym }).from(people).limit(1))

/** Rejects when the database takes no writes: nothing has this name, and to remove it is refused all the same. */
export const tryStudy = async (tx: Db): Promise<void> => void (await tx.delete(settings).where(eq(settings.name, '')))

/** The same, of the one with who people are. */
export const tryIdentity = async (tx: Db): Promise<void> => void (await tx.delete(people).where(eq(people.pseudonym, '')))

/** What the clock of PostgreSQL says, in milliseconds since 1970. */
export async function momentOfDatabase(db: Db): Promise<number> {
  // With a count there is a row also where the table has none.
  const [found] = await db
    .select({ many: count(), now: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::float8` })
    .from(settings)
  return found?.now ?? Number.NaN
}

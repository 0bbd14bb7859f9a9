import { and, desc, eq, isNotNull, or, sql } from 'drizzle-orm'
import { type JobState, jobs } from '../db/study-schema/jobs.ts'
import type { Db } from '../db/tx.ts'
import { byId, insertion, prepared } from './prepared.ts'

export type { JobKind, JobState } from '../db/study-schema/jobs.ts'
export type Job = typeof jobs.$inferSelect

export const insertJob: (tx: Db, row: Job) => Promise<void> = insertion(jobs)

export const findJob: (db: Db, id: string) => Promise<Job | undefined> = byId(jobs)

/** Changes one that is in the state `from`; one that is in another by now stays as it is. */
export async function updateJob(tx: Db, id: string, from: JobState, change: Partial<Job>): Promise<void> {
  await tx
    .update(jobs)
    .set(change)
    .where(and(eq(jobs.id, id), eq(jobs.state, from)))
}

/** The latest ones of a study, at most `limit`, without those that somebody has only looked at. */
export async function jobsOfStudy(db: Db, studyId: string, limit: number): Promise<Job[]> {
  return await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.studyId, studyId), or(isNotNull(jobs.last), eq(jobs.state, 'looking'))))
    .orderBy(desc(jobs.startedAt))
    .limit(limit)
}

const inState = prepared((db) =>
  db
    .select()
    .from(jobs)
    .where(eq(jobs.state, sql.placeholder('state'))),
)

/** Those that are under way, or were left in the middle; in all studies. */
export async function jobsInState(db: Db, state: JobState): Promise<Job[]> {
  return await inState(db).execute({ state })
}

/**
 * Does long work on all cases of a study, a few cases at a time: each case whole, and how far it is in the same transaction. Whoever is
 * killed in the middle leaves a job that goes on after the last case that was done; two who do it at once take turns.
 *
 * There is no way back from the middle, only forward: see docs/decisions/0050-jobs-go-forward.md.
 */

import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { newId } from '../new-id.ts'
import { plainReason } from '../plain-reason.ts'
import { findJob, insertJob, type Job, type JobKind, jobsInState, updateJob } from '../queries/jobs.ts'
import { findStudy } from '../queries/studies.ts'
import { nextCases } from '../queries/waiting-cases.ts'
import { adopting } from './adopt-version.ts'
import { casesAtOnce, turnLength } from './cases-in-turn.ts'
import type { LongWork } from './long-work.ts'
import { rescoring } from './rescore.ts'
import type { Told } from './told.ts'

export const works = { adopt: adopting, rescore: rescoring } satisfies Record<JobKind, unknown>

/** What is asked for, by kind. */
export type EntryOf<Kind extends JobKind> = Parameters<(typeof works)[Kind]['look']>[2]

/** The work itself, for an entry that was read back from the database. */
export const workOf = (kind: JobKind) => works[kind] as unknown as LongWork<Job['entry'], object>

/** Milliseconds without a step after which whoever did a job is taken to be gone. */
const patience = 60_000

/** About so many cases of one job in one pass of the ticker: it has mail to send, too. */
const perPass = 2_000

export interface Doing {
  /** Called after each commit. */
  onProgress?: ((job: Job) => void) | undefined
  /** Stops after about so many cases; the rest is for somebody else. */
  most?: number
  /** Stops after the cases in hand; the rest is for somebody else. */
  signal?: AbortSignal | undefined
}

/** A job as it is before anything of it is done. */
export const newJob = (studyId: string, kind: JobKind, entry: object, now: string): Job => ({
  ...{ id: newId(), studyId, kind, entry: { ...entry }, state: 'looking', startedBy: null, startedAt: now, why: null, preview: null },
  ...{ last: null, done: 0, changed: 0, movedAt: now, endedAt: null, failure: null },
})

/** Two at once would each tell of what the other did. Throws a Failure `job-running` while there is one. */
export async function assertAlone(tx: Db, studyId: string): Promise<void> {
  const other = (await jobsInState(tx, 'doing')).find((job) => job.studyId === studyId)
  if (other)
    throw new Failure(
      `Other work on all cases of study ${studyId} is under way since ${other.startedAt} (${other.kind}): wait until it is done, or stop it at the desk.`,
      'job-running',
      { job: other.id },
    )
}

/** What holds for the study from here on. Throws like `assertAlone`, and what the work throws. */
export async function beginJob(tx: Db, context: Context, { studyId, kind, entry }: Job, told?: Told): Promise<Partial<Job>> {
  await assertAlone(tx, studyId)
  const study = await findStudy(tx, studyId)
  if (!study) throw new Failure(`There is no study ${studyId} any more.`)
  await workOf(kind).begin(tx, context, study, entry, told)
  const now = context.clock.now()
  return { state: 'doing', startedBy: told?.staff ?? null, why: told?.why ?? null, startedAt: now, movedAt: now, last: '' }
}

/**
 * Does a job that has begun, until it is done, somebody stops it, or a case does not fit; resolves with what became of it. Throws what has
 * nothing to do with the cases, such as a full disk: then it is left as it is, for the ticker.
 */
export async function doJob(
  context: Context,
  id: string,
  { onProgress, most = Number.POSITIVE_INFINITY, signal }: Doing = {},
): Promise<Job> {
  const { withTx, read } = context.stores.study
  const until = ((await findJob(read, id))?.done ?? 0) + most
  for (;;) {
    const began = performance.now()
    const job = await withTx((tx) => doSome(tx, context, id)).catch((reason) => fail(context, id, reason))
    if (job === undefined) throw new RangeError(`there is no job ${id}`)
    onProgress?.(job)
    if (job.state !== 'doing' || job.done >= until || signal?.aborted) return job
    // Whoever answers a list writes to the same file: they get as much time as we took.
    await pause(performance.now() - began)
  }
}

/** Some cases, or the end. */
async function doSome(tx: Db, context: Context, id: string): Promise<Job | undefined> {
  const began = performance.now()
  const job = await findJob(tx, id)
  const study = job && (await findStudy(tx, job.studyId))
  if (!study || job.state !== 'doing') return job
  const some = await nextCases(tx, job.studyId, job.last ?? '', casesAtOnce)
  const now = context.clock.now()
  if (some.length === 0) return await put(tx, job, { state: 'done', endedAt: now })
  const work = workOf(job.kind)
  let { last, done, changed } = job
  for (const caseId of some) {
    changed += await work.doCase(tx, context, study, caseId)
    last = caseId
    done++
    if (performance.now() - began >= turnLength) break
  }
  return await put(tx, job, { last, done, changed, movedAt: now })
}

async function put(tx: Db, job: Job, change: Partial<Job>): Promise<Job> {
  await updateJob(tx, job.id, 'doing', change)
  return { ...job, ...change }
}

async function fail(context: Context, id: string, reason: unknown): Promise<Job | undefined> {
  if (!(reason instanceof Failure)) throw reason
  return await context.stores.study.withTx(async (tx) => {
    const failure = { ...reason.details, fault: reason.code ?? 'unexpected', why: reason.message }
    await updateJob(tx, id, 'doing', { state: 'failed', endedAt: context.clock.now(), failure })
    return await findJob(tx, id)
  })
}

/** The same work, if it has begun and is under way or was left by somebody who was stopped in the middle of it. */
export async function leftUndone<Kind extends JobKind>(
  db: Db,
  studyId: string,
  kind: Kind,
  entry: EntryOf<Kind>,
): Promise<Job | undefined> {
  const left = (await jobsInState(db, 'doing')).find((job) => job.studyId === studyId && job.kind === kind)
  return left && isDeepStrictEqual(left.entry, { ...entry }) ? left : undefined
}

/**
 * Does the whole of it here, as a command does: goes on with the same if somebody was stopped in the middle of it. Throws a Failure when
 * the study may not, when other work is under way, and when a case does not fit.
 */
export async function doNow<Kind extends JobKind>(
  context: Context,
  studyId: string,
  kind: Kind,
  entry: EntryOf<Kind>,
  doing: Doing = {},
): Promise<Job> {
  const id = await context.stores.study.withTx(async (tx) => {
    const left = await leftUndone(tx, studyId, kind, entry)
    if (left) return left.id
    const job = newJob(studyId, kind, entry, context.clock.now())
    await insertJob(tx, { ...job, ...(await beginJob(tx, context, job)) })
    return job.id
  })
  const job = await doJob(context, id, doing)
  if (job.state === 'done') return job
  throw new Failure(
    job.failure?.why ?? `It was stopped at the desk after ${job.done} cases. Go on there, or repeat this command.`,
    job.failure?.fault,
  )
}

/** Goes on with what was left by servers and commands that were stopped in the middle; says what went wrong. */
export async function goOnWithJobs(context: Context, signal?: AbortSignal): Promise<string[]> {
  const problems: string[] = []
  const now = Date.parse(context.clock.now())
  for (const { id, movedAt } of await jobsInState(context.stores.study.read, 'doing')) {
    if (now - Date.parse(movedAt) < patience) continue
    if (signal?.aborted) break
    await doJob(context, id, { most: perPass, signal }).catch((reason) => problems.push(`job ${id}: ${plainReason(reason).message}`))
  }
  return problems
}

/**
 * Work on all cases of a study at the desk: looked at, decided, done meanwhile, stopped, gone on with. All is in the database, so that
 * whoever comes back after a restart is told what became of it.
 */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { plainReason } from '../plain-reason.ts'
import { findJob, insertJob, type Job, type JobKind, jobsInState, jobsOfStudy, updateJob } from '../queries/jobs.ts'
import { casesAfter } from '../queries/waiting-cases.ts'
import { Refusal } from '../refusal.ts'
import type { AdoptionPreview } from './adopt-version.ts'
import { assertAlone, beginJob, doJob, type EntryOf, newJob, workOf } from './do-job.ts'
import { InHand, type Known, type Piece } from './in-hand.ts'
import { needStudy } from './open-study.ts'
import type { RescorePreview } from './rescore.ts'
import { staffNames } from './staff-names.ts'
import type { Told } from './told.ts'

type OfKind =
  | { kind: 'adopt'; entry: EntryOf<'adopt'>; preview: AdoptionPreview | null }
  | { kind: 'rescore'; entry: EntryOf<'rescore'>; preview: RescorePreview | null }

export type DeskJob = Pick<Job, 'id' | 'startedAt' | 'endedAt' | 'why' | 'changed' | 'failure'> &
  OfKind & {
    /** interrupted: the server was stopped while it was only looked at. */
    state: Job['state'] | 'interrupted'
    /** Cases that were looked at or done, of how many. */
    done: number
    total: number
    /** Whether it holds for the study already: then the rest can be gone on with. */
    hasBegun: boolean
  }

/** So many of the latest are listed. */
const listed = 10

export function deskJobs(context: Context) {
  const { study: store } = context.stores
  const { background } = context
  /** What somebody is looking at. */
  const looking = new InHand(context)

  async function look(row: Job, { progress, stopped }: Piece): Promise<void> {
    const end = (change: Partial<Job>) =>
      store.withTx((tx) => updateJob(tx, row.id, 'looking', { ...change, endedAt: context.clock.now() }))
    try {
      const { study } = await needStudy(context, row.studyId)
      const onCases = (cases: number): void => {
        progress.cases = cases
      }
      const preview = await workOf(row.kind).look(context, study, row.entry, { signal: background.endedBy(stopped), onCases })
      await end({ state: 'looked', preview: { ...preview } })
    } catch (reason) {
      // Told as interrupted by the next server.
      if (background.stopping.aborted) return
      const state = stopped.aborted ? 'cancelled' : 'failed'
      // On a full disk not even this can be written: then it is told as interrupted, which comes to the same.
      await end({ state, failure: state === 'failed' ? failureOf(reason) : null }).catch(() => {})
    } finally {
      await looking.letGo(row.id)
    }
  }

  /** `known`: what was looked at before the row was read. */
  async function describe(job: Job, known: Known): Promise<DeskJob> {
    const { id, state, startedAt, endedAt, why, changed, failure } = job
    const now = known.get(id)
    const done = now?.cases ?? job.done
    const isWhole = state === 'done' || state === 'looked'
    return {
      ...{ id, startedAt, endedAt, why, changed, failure, done },
      ...({ kind: job.kind, entry: job.entry, preview: job.preview } as unknown as OfKind),
      state: state === 'looking' && !now ? 'interrupted' : state,
      total: isWhole ? done : job.done + (await casesAfter(store.read, job.studyId, job.last ?? '')),
      hasBegun: job.last !== null,
    }
  }

  async function need(studyId: string, id: string): Promise<Job> {
    const found = await findJob(store.read, id)
    if (found?.studyId !== studyId) throw new Refusal('not-found')
    return found
  }

  async function assertNoOther(db: Db, studyId: string, known: Known): Promise<void> {
    const others = [...(await jobsInState(db, 'doing')), ...(await jobsInState(db, 'looking'))]
    const other = others.find((job) => job.studyId === studyId && (job.state === 'doing' || known.has(job.id)))
    if (other) throw new Refusal('job-running', { fault: 'job-running', job: other.id })
  }

  /** Does it in the background: what goes wrong stands in its row, or is for the ticker. */
  const carryOn = (id: string): void => background.carryOn(doJob(context, id, { signal: background.stopping }))

  return {
    /** Counts what it would change. Refuses with `not-possible` what the study may not, and with `job-running` while there is another. */
    async look<Kind extends JobKind>(studyId: string, staffId: string, kind: Kind, entry: EntryOf<Kind>): Promise<DeskJob> {
      const { study } = await needStudy(context, studyId)
      await refusing(workOf(kind).check(context, study, { ...entry }))
      const row: Job = { ...newJob(studyId, kind, entry, context.clock.now()), startedBy: staffId }
      const piece = await looking.take(row.id, { cases: 0, of: 0 }, async (tx, known) => {
        await assertNoOther(tx, studyId, known)
        await insertJob(tx, row)
        return true
      })
      if (piece) background.carryOn(look(row, piece))
      return await describe(row, await looking.known())
    },
    /** Begins what was looked at. Refuses with `not-possible` and `job-running` like `look`, and what was not looked at. */
    async begin(studyId: string, id: string, kind: JobKind, told: Told): Promise<DeskJob> {
      const begun = await refusing(
        store.withTx(async (tx) => {
          const job = await findJob(tx, id)
          if (job?.studyId !== studyId || job.kind !== kind) throw new Refusal('not-found')
          if (job.state !== 'looked') throw new Refusal('not-possible', { fault: 'not-looked', why: 'Look first at what it changes.' })
          const change = { ...(await beginJob(tx, context, job, told)), endedAt: null }
          await updateJob(tx, id, 'looked', change)
          return { ...job, ...change }
        }),
      )
      carryOn(id)
      return await describe(begun, await looking.known())
    },
    /** Stops one: what is done of it stays, and it can be gone on with. One that was only looked at is gone. */
    async cancel(studyId: string, id: string): Promise<DeskJob> {
      const known = await looking.known()
      await need(studyId, id)
      await looking.stop(id)
      await store.withTx((tx) => updateJob(tx, id, 'doing', { state: 'cancelled', endedAt: context.clock.now() }))
      return await describe(await need(studyId, id), known)
    },
    /** Goes on with one that was stopped or failed after it had begun. Refuses with `not-possible` any other, and with `job-running`. */
    async goOn(studyId: string, id: string): Promise<DeskJob> {
      await need(studyId, id)
      await refusing(
        store.withTx(async (tx) => {
          const { state, last } = (await findJob(tx, id)) as Job
          if ((state !== 'cancelled' && state !== 'failed') || last === null)
            throw new Refusal('not-possible', { fault: 'not-stopped', why: 'It was not stopped in the middle.' })
          await assertAlone(tx, studyId)
          await updateJob(tx, id, state, { state: 'doing', endedAt: null, failure: null, movedAt: context.clock.now() })
        }),
      )
      carryOn(id)
      return await describe(await need(studyId, id), await looking.known())
    },
    /** How far one is, or what became of it. Refuses with `not-found` for one of another study. */
    async find(studyId: string, id: string): Promise<DeskJob> {
      const known = await looking.known()
      return await describe(await need(studyId, id), known)
    },
    /** The latest ones, newest first, with who began each; those that were only looked at are not among them. */
    async list(studyId: string): Promise<{ jobs: (DeskJob & { by: string | null })[] }> {
      const known = await looking.known()
      const rows = await jobsOfStudy(store.read, studyId, listed)
      const names = await staffNames(
        context,
        rows.map(({ startedBy }) => startedBy),
      )
      return { jobs: await Promise.all(rows.map(async (row) => ({ ...(await describe(row, known)), by: names(row.startedBy) }))) }
    },
  }
}

const failureOf = (reason: unknown) =>
  reason instanceof Failure
    ? { ...reason.details, fault: reason.code ?? 'version', why: reason.message }
    : { fault: 'unexpected', why: plainReason(reason).message }

async function refusing<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (reason) {
    if (!(reason instanceof Failure)) throw reason
    if (reason.code === 'job-running') throw new Refusal('job-running', { ...reason.details, fault: reason.code })
    throw new Refusal('not-possible', failureOf(reason))
  }
}

/**
 * Imports: what became of each is in the database, how far one is that is under way in this process. Whoever comes back after the
 * server was stopped in the middle of one is told that nothing of it was registered: its end is written with its cases.
 */
import { setImmediate as turn } from 'node:timers/promises'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { newId } from '../new-id.ts'
import { endImport, findImport, type Import, type ImportState, importsOfStudy, insertImport } from '../queries/imports.ts'
import { Refusal } from '../refusal.ts'
import { type CheckedImport, checkImport } from './preview-import.ts'
import { onLine } from './read-cases-csv.ts'
import { recordAccess } from './record-access.ts'
import { refreshSummaries } from './refresh-summaries.ts'
import { registerCases } from './register-cases.ts'
import type { SignedIn } from './sign-in.ts'
import { staffNames } from './staff-names.ts'

export interface ImportJob extends Pick<Import, 'id' | 'startedAt' | 'endedAt' | 'participants' | 'problems' | 'arms'> {
  /**
   * registering: nothing is registered until all is; counting: everything is, and lists of cases are brought up to date; interrupted:
   * the server was stopped, and nothing was registered.
   */
  state: ImportState | 'counting' | 'interrupted'
  done: number
  total: number
}

/** An import that is under way here; `abort` stops it. */
interface Running {
  row: Import
  phase: 'registering' | 'counting'
  done: number
  abort: AbortController
}

/** Between so many cases others are served, and whether it is to stop is looked at. */
const stride = 10
/** So many of the latest are listed. */
const listed = 5

export function importJobs(context: Context) {
  const { study: store } = context.stores
  const { background } = context
  /** By id; one that has ended is in the database only. */
  const jobs = new Map<string, Running>()

  async function run(running: Running, { study, entries, lines }: CheckedImport): Promise<void> {
    const { row, abort } = running
    const end = (to: Omit<Parameters<typeof endImport>[2], 'endedAt'>) =>
      store.withTx((tx) => endImport(tx, row.id, { ...to, endedAt: context.clock.now() }))
    try {
      await log(row, 'imported cases')
      const { problems } = await registerCases(context, study, entries, {
        async onProgress(done) {
          running.done = done
          if (done % stride === 0 || done === row.cases) await turn()
          background.endedBy(abort.signal).throwIfAborted()
        },
        async alongside(tx, { arms }) {
          const drawn = Object.fromEntries([...Map.groupBy(arms.values(), (arm) => arm)].map(([arm, all]) => [arm, all.length]))
          await endImport(tx, row.id, { state: 'done', endedAt: context.clock.now(), arms: drawn })
        },
      })
      if (problems.length > 0) return await end({ state: 'refused', problems: problems.map((one) => onLine(lines, one)) })
      running.phase = 'counting'
      // What goes wrong here the ticker does again: the cases are there.
      await refreshSummaries(context).catch(() => {})
    } catch {
      // Told as interrupted by the next server: nothing of it was registered.
      if (background.stopping.aborted) return
      const state = abort.signal.aborted ? 'cancelled' : 'failed'
      // On a full disk not even this can be written: then it is told as interrupted, which comes to the same.
      await end({ state }).catch(() => {})
      if (state === 'cancelled') await log(row, 'stopped import').catch(() => {})
    } finally {
      jobs.delete(row.id)
    }
  }

  const log = ({ studyId, startedBy, cases }: Import, action: string) =>
    recordAccess(context, { staffId: startedBy, action, outcome: 'allowed', studyId, detail: { cases } })

  /** `known`: what was under way before the row was read; one that has ended since is told as it was. */
  function describe({ cases: total, studyId: _, startedBy: __, ...row }: Import, known: ReadonlyMap<string, Running>): ImportJob {
    const { phase, done = 0 } = known.get(row.id) ?? {}
    if (row.state === 'registering') return phase ? { ...row, done, total } : { ...row, state: 'interrupted', done: 0, total }
    const isDone = row.state === 'done'
    return { ...row, state: isDone && phase === 'counting' ? 'counting' : row.state, done: isDone ? total : 0, total }
  }

  async function need(studyId: string, id: string): Promise<Import> {
    const found = await findImport(store.read, id)
    if (found?.studyId !== studyId) throw new Refusal('not-found')
    return found
  }

  const isUnderWay = (studyId: string) => [...jobs.values()].some(({ row, phase }) => row.studyId === studyId && phase === 'registering')

  return {
    /** Begins an import. Refuses with `import-invalid` when anything is wrong, and with `import-running` while there is one. */
    async start(studyId: string, { member }: Pick<SignedIn, 'member'>, within: Reach, csv: string): Promise<ImportJob> {
      if (isUnderWay(studyId)) throw new Refusal('import-running')
      const checked = await checkImport(context, studyId, within, csv)
      const { entries, problems } = checked
      if (problems.length > 0) throw new Refusal('import-invalid', { problems: problems.slice(0, 200) })
      if (isUnderWay(studyId)) throw new Refusal('import-running')
      const row: Import = {
        id: newId(),
        studyId,
        startedBy: member.id,
        startedAt: context.clock.now(),
        endedAt: null,
        state: 'registering',
        cases: entries.length,
        participants: entries.reduce((sum, { participants }) => sum + participants.length, 0),
        problems: [],
        arms: {},
      }
      const running: Running = { row, phase: 'registering', done: 0, abort: new AbortController() }
      jobs.set(row.id, running)
      try {
        await store.withTx((tx) => insertImport(tx, row))
      } catch (reason) {
        jobs.delete(row.id)
        throw reason
      }
      background.carryOn(run(running, checked))
      return describe(row, jobs)
    },
    /** How far one is, or what became of it. Refuses with `not-found` for one of another study. */
    async find(studyId: string, id: string): Promise<ImportJob> {
      const known = new Map(jobs)
      return describe(await need(studyId, id), known)
    },
    /** The latest ones, newest first, with who began each. Why one was refused its own address says. */
    async list(studyId: string) {
      const known = new Map(jobs)
      const rows = await importsOfStudy(store.read, studyId, listed)
      const names = await staffNames(
        context,
        rows.map(({ startedBy }) => startedBy),
      )
      return {
        imports: rows.map((row) => {
          const { problems: _, ...job } = describe(row, known)
          return { ...job, by: names(row.startedBy) }
        }),
      }
    },
    /** Stops one: nothing of it is registered, unless it was done already. */
    async cancel(studyId: string, id: string): Promise<ImportJob> {
      const known = new Map(jobs)
      const found = await need(studyId, id)
      known.get(id)?.abort.abort()
      return describe(found, known)
    },
  }
}

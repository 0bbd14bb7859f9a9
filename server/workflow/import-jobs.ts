/**
 * Imports: what became of each, and how far it is, is in the database. Whoever comes back after the server was stopped in the middle of one
 * is told that nothing of it was registered: its end is written with its cases.
 */
import { setImmediate as turn } from 'node:timers/promises'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { newId } from '../new-id.ts'
import { endImport, findImport, type Import, type ImportState, importsOfStudy, insertImport } from '../queries/imports.ts'
import { Refusal } from '../refusal.ts'
import { InHand, type Known, type Piece } from './in-hand.ts'
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

/** Between so many cases others are served, and whether it is to stop is looked at. */
const stride = 10
/** So many of the latest are listed. */
const listed = 5

export function importJobs(context: Context) {
  const { study: store } = context.stores
  const { background } = context
  const work = new InHand(context)

  async function run(row: Import, { progress, stopped }: Piece, { study, entries, lines }: CheckedImport): Promise<void> {
    const end = (to: Omit<Parameters<typeof endImport>[2], 'endedAt'>) =>
      store.withTx((tx) => endImport(tx, row.id, { ...to, endedAt: context.clock.now() }))
    try {
      await log(row, 'imported cases')
      const { problems } = await registerCases(context, study, entries, {
        async onProgress(done) {
          progress.cases = done
          if (done % stride === 0 || done === row.cases) await turn()
          background.endedBy(stopped).throwIfAborted()
        },
        async alongside(tx, { arms }) {
          const drawn = Object.fromEntries([...Map.groupBy(arms.values(), (arm) => arm)].map(([arm, all]) => [arm, all.length]))
          await endImport(tx, row.id, { state: 'done', endedAt: context.clock.now(), arms: drawn })
        },
      })
      if (problems.length > 0) return await end({ state: 'refused', problems: problems.map((one) => onLine(lines, one)) })
      progress.phase = 'counting'
      // What goes wrong here the ticker does again: the cases are there.
      await refreshSummaries(context).catch(() => {})
    } catch {
      // Told as interrupted by the next server: nothing of it was registered.
      if (background.stopping.aborted) return
      const state = stopped.aborted ? 'cancelled' : 'failed'
      // On a full disk not even this can be written: then it is told as interrupted, which comes to the same.
      await end({ state }).catch(() => {})
      if (state === 'cancelled') await log(row, 'stopped import').catch(() => {})
    } finally {
      await work.letGo(row.id)
    }
  }

  const log = ({ studyId, startedBy, cases }: Import, action: string) =>
    recordAccess(context, { staffId: startedBy, action, outcome: 'allowed', studyId, detail: { cases } })

  /** `known`: what was under way before the row was read; one that has ended since is told as it was. */
  function describe({ cases: total, studyId: _, startedBy: __, ...row }: Import, known: Known): ImportJob {
    const now = known.get(row.id)
    if (row.state === 'registering') return now ? { ...row, done: now.cases, total } : { ...row, state: 'interrupted', done: 0, total }
    const isDone = row.state === 'done'
    return { ...row, state: isDone && now?.phase === 'counting' ? 'counting' : row.state, done: isDone ? total : 0, total }
  }

  async function need(studyId: string, id: string): Promise<Import> {
    const found = await findImport(store.read, id)
    if (found?.studyId !== studyId) throw new Refusal('not-found')
    return found
  }

  const isUnderWay = async (db: Db, studyId: string, known: Known): Promise<boolean> =>
    (await importsOfStudy(db, studyId, listed)).some(({ id, state }) => state === 'registering' && known.has(id))

  return {
    /** Begins an import. Refuses with `import-invalid` when anything is wrong, and with `import-running` while there is one. */
    async start(studyId: string, { member }: Pick<SignedIn, 'member'>, within: Reach, csv: string): Promise<ImportJob> {
      if (await isUnderWay(store.read, studyId, await work.known())) throw new Refusal('import-running')
      const checked = await checkImport(context, studyId, within, csv)
      const { entries, problems } = checked
      if (problems.length > 0) throw new Refusal('import-invalid', { problems: problems.slice(0, 200) })
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
      const piece = await work.take(row.id, { phase: 'registering', cases: 0, of: row.cases }, async (tx, known) => {
        if (await isUnderWay(tx, studyId, known)) throw new Refusal('import-running')
        await insertImport(tx, row)
        return true
      })
      if (piece) background.carryOn(run(row, piece, checked))
      return describe(row, await work.known())
    },
    /** How far one is, or what became of it. Refuses with `not-found` for one of another study. */
    async find(studyId: string, id: string): Promise<ImportJob> {
      const known = await work.known()
      return describe(await need(studyId, id), known)
    },
    /** The latest ones, newest first, with who began each. Why one was refused its own address says. */
    async list(studyId: string) {
      const known = await work.known()
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
      const known = await work.known()
      const found = await need(studyId, id)
      await work.stop(id)
      return describe(found, known)
    },
  }
}

/** Imports that are under way: each with how far it is, and a way to stop it. They live as long as the server. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { newId } from '../new-id.ts'
import { Refusal } from '../refusal.ts'
import { checkImport } from './preview-import.ts'
import type { LineProblem } from './read-cases-csv.ts'
import { recordAccess } from './record-access.ts'
import { refreshSummaries } from './refresh-summaries.ts'
import { registerCases } from './register-cases.ts'
import type { SignedIn } from './sign-in.ts'

export interface ImportJob {
  id: string
  /** registering: nothing is registered until all is; counting: everything is, and lists of cases are brought up to date. */
  state: 'registering' | 'counting' | 'done' | 'refused' | 'cancelled' | 'failed'
  done: number
  total: number
  /** Why it was refused: another import took a code meanwhile. */
  problems: LineProblem[]
  /** Arms that were drawn by lot: how many cases got each. */
  arms: Record<string, number>
}

/** An import together with whose it is; `abort` stops it. */
interface Running {
  studyId: string
  staffId: string
  job: ImportJob
  abort: AbortController
}

/** Between so many cases others are served, and whether it is to stop is looked at. */
const stride = 10
const kept = 50

export function importJobs(context: Context) {
  const jobs = new Map<string, Running>()

  async function run(running: Running, checked: Awaited<ReturnType<typeof checkImport>>): Promise<void> {
    const { job, abort } = running
    try {
      await log(running, 'imported cases')
      const registration = await registerCases(context, checked.study, checked.entries, async (done) => {
        job.done = done
        if (done % stride === 0) await turn()
        abort.signal.throwIfAborted()
      })
      if (registration.problems.length > 0) {
        job.state = 'refused'
        job.problems = registration.problems.map(({ fault, reason }) => ({ line: 1, column: 'case_code', fault, reason }))
        return
      }
      job.done = job.total
      for (const arm of registration.arms.values()) job.arms[arm] = (job.arms[arm] ?? 0) + 1
      job.state = 'counting'
      await refreshSummaries(context)
      job.state = 'done'
    } catch {
      // What went wrong after the commit is with the counting only, which the ticker does again.
      job.state = abort.signal.aborted ? 'cancelled' : job.state === 'counting' ? 'done' : 'failed'
    }
    if (job.state === 'cancelled') await log(running, 'stopped import').catch(() => {})
  }

  const log = ({ studyId, staffId, job }: Running, action: string) =>
    recordAccess(context, { staffId, action, outcome: 'allowed', studyId, detail: { cases: job.total } })

  return {
    /** Begins an import. Refuses with `import-invalid` when anything is wrong, and with `import-running` while there is one. */
    async start(studyId: string, { member }: Pick<SignedIn, 'member'>, within: Reach, csv: string): Promise<ImportJob> {
      const isUnderWay = () => [...jobs.values()].some((other) => other.studyId === studyId && other.job.state === 'registering')
      if (isUnderWay()) throw new Refusal('import-running')
      const checked = await checkImport(context, studyId, within, csv)
      if (checked.problems.length > 0) throw new Refusal('import-invalid', { problems: checked.problems.slice(0, 200) })
      if (isUnderWay()) throw new Refusal('import-running')
      const job: ImportJob = { id: newId(), state: 'registering', done: 0, total: checked.entries.length, problems: [], arms: {} }
      const running = { studyId, staffId: member.id, job, abort: new AbortController() }
      jobs.set(job.id, running)
      for (const old of [...jobs.keys()].slice(0, -kept)) jobs.delete(old)
      void run(running, checked)
      return job
    },
    /** How far one is. Refuses with `not-found` for one that this server does not know. */
    find(studyId: string, id: string): ImportJob {
      return need(studyId, id).job
    },
    /** Stops one: nothing of it is registered, unless it was done already. */
    cancel(studyId: string, id: string): ImportJob {
      const { job, abort } = need(studyId, id)
      if (job.state === 'registering') abort.abort()
      return job
    },
  }

  function need(studyId: string, id: string): Running {
    const found = jobs.get(id)
    if (found?.studyId !== studyId) throw new Refusal('not-found')
    return found
  }
}

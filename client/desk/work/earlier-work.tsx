import { useDesk } from '../shell/language.tsx'
import type { Listed } from './api.ts'
import { whatOf } from './what-of.ts'

const states = {
  looking: 'workIs_under_way',
  looked: 'workIs_under_way',
  interrupted: 'workIs_cancelled',
  doing: 'workIs_under_way',
  done: 'workIs_done',
  cancelled: 'workIs_cancelled',
  failed: 'workIs_failed',
} as const

/** What was done before, by whom and why. */
export function EarlierWork({ jobs }: { jobs: Listed[] }) {
  const { say, count, moment } = useDesk()
  if (jobs.length === 0) return null
  return (
    <>
      <h3>{say('workEarlier')}</h3>
      <ul className="dots">
        {jobs.map((job) => (
          <li key={job.id}>
            {moment(job.startedAt)}: <code>{whatOf(job)}</code> {say(states[job.state])};{' '}
            {count(job.kind === 'adopt' ? 'workPlans' : 'workScores', job.changed)}.{' '}
            <span className="quiet">
              {job.by ?? say('workCommand')}
              {job.why !== null && `: ${job.why}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

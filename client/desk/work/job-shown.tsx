import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'
import { Progress } from '../shell/progress.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { ReasonField } from '../study/reason-field.tsx'
import { Refused } from '../study/refused.tsx'
import { AdoptionShown } from './adoption-shown.tsx'
import { cancel, decide, goOn, isUnderWay, type Job, jobQuery } from './api.ts'
import { RescoringShown } from './rescoring-shown.tsx'

/** One job: how far it is, what it would change, or what became of it. */
export function JobShown({ id }: { id: string }) {
  const { say, number } = useDesk()
  const { id: study } = useStudy()
  const client = useQueryClient()
  const { data: job, error } = useQuery({ ...jobQuery(study, id), retry: false })
  const refetch = () => client.invalidateQueries({ queryKey: ['job', study, id] })
  const isOver = job !== undefined && !isUnderWay(job)
  useEffect(() => {
    // All lists and figures may be others now; so is what else is listed as under way.
    if (isOver) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'job' })
  }, [isOver, client])
  if (error && !job)
    return (
      <p className="alert alert-error" role="alert">
        {say('failed')}
      </p>
    )
  if (!job) return <p role="status">{say('loading')}</p>
  const counts = { done: number(job.done), total: number(job.total) }
  return (
    <section className="card" aria-label={say('workThis')}>
      <p role="status">
        {job.state === 'looking' && say('workLooking', counts)}
        {job.state === 'doing' && say(job.kind === 'adopt' ? 'workAdopting' : 'workRescoring', counts)}
        {job.state === 'interrupted' && say('workInterrupted')}
        {(job.state === 'cancelled' || job.state === 'failed') && <Left job={job} />}
        {job.state === 'done' && <Done job={job} />}
      </p>
      {isUnderWay(job) && (
        <Progress
          label={say('workThis')}
          done={job.done}
          total={job.total}
          stop={() => cancel(study, id).then(refetch)}
          stopText={say('workStop')}
        />
      )}
      {job.failure !== null && <Refused failure={new ApiFailure('not-possible', job.failure)} />}
      {job.state === 'looked' && <Decide job={job} decided={refetch} />}
      {(job.state === 'cancelled' || job.state === 'failed') && job.hasBegun && <GoOn job={job} gone={refetch} />}
    </section>
  )
}

function Left({ job }: { job: Job }) {
  const { say, number } = useDesk()
  if (!job.hasBegun) return say('workNothingDone')
  return say(job.kind === 'adopt' ? 'workAdoptLeft' : 'workRescoreLeft', { done: number(job.done), total: number(job.total) })
}

function Done({ job }: { job: Job }) {
  const { count } = useDesk()
  return count(job.kind === 'adopt' ? 'workAdoptDone' : 'workRescoreDone', job.changed)
}

function Decide({ job, decided }: { job: Job; decided(): void }) {
  const { say } = useDesk()
  const { id: study } = useStudy()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const deciding = useSubmission(
    () => decide(study, job, reason),
    () => {
      void client.invalidateQueries({ queryKey: ['jobs', study] })
      decided()
    },
  )
  const isNothing = job.kind === 'rescore' && job.preview?.scores === 0 && job.preview.adopts.length === 0
  return (
    <form className="stack" onSubmit={deciding.submit}>
      {job.kind === 'adopt' && job.preview && <AdoptionShown preview={job.preview} />}
      {job.kind === 'rescore' && job.preview && <RescoringShown preview={job.preview} />}
      {!isNothing && (
        <>
          <ReasonField reason={reason} set={setReason} />
          <p className="quiet">{say('workForward')}</p>
          <Refused failure={deciding.failure} />
          <p className="buttons">
            <button type="submit" className="button button-primary" aria-disabled={deciding.isBusy}>
              {say(job.kind === 'adopt' ? 'workAdopt' : 'workRescore')}
            </button>
          </p>
        </>
      )}
    </form>
  )
}

function GoOn({ job, gone }: { job: Job; gone(): void }) {
  const { say } = useDesk()
  const { id: study } = useStudy()
  const going = useSubmission(() => goOn(study, job.id), gone)
  return (
    <form onSubmit={going.submit}>
      <Refused failure={going.failure} />
      <p className="buttons">
        <button type="submit" className="button button-primary" aria-disabled={going.isBusy}>
          {say('workGoOn')}
        </button>
      </p>
    </form>
  )
}

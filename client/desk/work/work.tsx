/** Work on all families of a study: chosen, looked at, decided for a reason, watched, stopped, gone on with. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useInAddress } from '../shell/in-address.ts'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Refused } from '../study/refused.tsx'
import { isUnderWay, type Job, jobsQuery } from './api.ts'
import { EarlierWork } from './earlier-work.tsx'
import { JobShown } from './job-shown.tsx'

interface WorkProps {
  kind: Job['kind']
  /** What is chosen. `changed` is to be called when it changes: what was looked at is then of another choice. */
  fields(changed: () => void): ReactNode
  /** Begins to look what it would change; null where there is nothing to choose. */
  look: (() => Promise<Job>) | null
}

export function Work({ kind, fields, look }: WorkProps) {
  const { say } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const { data } = useQuery(jobsQuery(id))
  const [own, setOwn] = useInAddress('job')
  const looking = useSubmission(look ?? (() => Promise.reject(new Error('nothing to look at'))), (job) => {
    client.setQueryData(['job', id, job.id], job)
    void client.invalidateQueries({ queryKey: ['jobs', id] })
    setOwn(job.id)
  })
  // Whoever comes back finds what is under way, and what was stopped in the middle.
  const ofKind = data?.jobs.filter((job) => job.kind === kind) ?? []
  const [latest] = ofKind
  const shown = own ?? (latest && (isUnderWay(latest) || (latest.hasBegun && latest.state !== 'done')) ? latest.id : null)
  const isBusy = data?.jobs.some(isUnderWay) ?? false
  return (
    <div className="work">
      {look && (
        <form className="stack" onSubmit={(event) => (isBusy ? event.preventDefault() : void looking.submit(event))}>
          {fields(() => setOwn(null))}
          <p className="buttons">
            <button type="submit" className="button button-primary" disabled={isBusy} aria-disabled={looking.isBusy}>
              {say('actionPreview')}
            </button>
          </p>
          {isBusy && shown === null && <p className="quiet">{say('workOther')}</p>}
          <Refused failure={looking.failure} />
        </form>
      )}
      {shown !== null && <JobShown key={shown} id={shown} />}
      <EarlierWork jobs={ofKind.filter((job) => job.hasBegun && job.id !== shown)} />
    </div>
  )
}

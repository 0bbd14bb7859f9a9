import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'
import { Progress } from '../shell/progress.tsx'
import { ServersWords } from '../shell/servers-words.tsx'
import { useStudy } from '../shell/study.tsx'
import { cancel, fileAddress, jobQuery } from './api.ts'

/** How far an export is, the way to stop it, and its files once they are there. */
export function ExportProgress({ job }: { job: string }) {
  const { say, date, number } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const { data, error } = useQuery({ ...jobQuery(id, job), retry: false })
  const state = data?.state
  useEffect(() => {
    if (state !== undefined && state !== 'making') void client.invalidateQueries({ queryKey: ['exports', id] })
  }, [state, client, id])
  if (error)
    return (
      <p className="alert alert-error" role="alert">
        {say(error instanceof ApiFailure && error.code === 'not-found' ? 'exportUnknown' : 'failed')}
      </p>
    )
  if (!data) return <p role="status">{say('loading')}</p>
  const texts = { cancelled: 'exportCancelled', failed: 'exportFailed', interrupted: 'exportInterrupted' } as const
  return (
    <section className="card" aria-label={say('exportThis')}>
      <p role="status">
        {data.state === 'making' && say('exportMaking', { cases: number(data.cases), of: number(data.of) })}
        {data.state === 'done' &&
          say(data.until !== null ? 'exportDone' : data.isElsewhere ? 'exportElsewhere' : 'exportRemoved', { cases: number(data.cases) })}
        {data.state in texts && say(texts[data.state as keyof typeof texts])}
      </p>
      {data.failure !== null && <ServersWords of={data.failure} />}
      {data.state === 'making' && (
        <Progress
          label={say('exportThis')}
          done={data.cases}
          total={data.of}
          stop={() => cancel(id, job).then(() => client.invalidateQueries({ queryKey: ['export-job', id, job] }))}
          stopText={say('exportStop')}
        />
      )}
      {data.until !== null && (
        <p className="buttons">
          <a className="button button-primary" href={fileAddress(id, job)} download>
            {say('exportTake')}
          </a>
          <span className="quiet">{say('exportUntil', { date: date(data.until) })}</span>
        </p>
      )}
    </section>
  )
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { cancel, jobQuery, type Kept, type Language, latestWith, listQuery, type Options, shownQuery, start } from '../report/api.ts'
import { EarlierReports } from '../report/earlier-reports.tsx'
import { NoReport } from '../report/no-report.tsx'
import { ReportChoices } from '../report/report-choices.tsx'
import { ReportShown } from '../report/report-shown.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'
import { ServersWords } from '../shell/servers-words.tsx'
import { useStudy } from '../shell/study.tsx'

/** The tables and figures of the study, as they were at a moment. How they are made, or which one it is, is in the address. */
export function ReportPage() {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const parameters = new URLSearchParams(useSearch())
  const options: Options = {
    percentages: parameters.get('percentages') === 'adds-to-100' ? 'adds-to-100' : 'plain',
    maskSmallCells: parameters.has('mask'),
  }
  const choose = (chosen: Options) => {
    const search = new URLSearchParams({
      ...(chosen.percentages === 'plain' ? {} : { percentages: chosen.percentages }),
      ...(chosen.maskSmallCells ? { mask: 'small' } : {}),
    })
    navigate(at(`/report${search.size > 0 ? `?${search}` : ''}`), { replace: true })
  }
  const list = useQuery(listQuery(id))
  const wanted = parameters.get('made')
  return (
    <Page title={say('reportTitle')}>
      <p className="lead">{say('reportLead')}</p>
      <Fetched query={list}>
        {(kept) => (
          <>
            {wanted === null ? (
              <Latest key={`${id} ${options.percentages} ${options.maskSmallCells}`} kept={kept} options={options} choose={choose} />
            ) : (
              <Report key={wanted} report={wanted} again={() => choose(options)} toLatest />
            )}
            <EarlierReports reports={kept.reports} shown={wanted} />
          </>
        )}
      </Fetched>
    </Page>
  )
}

/** The latest of these options; where there is none yet it is worked out. */
function Latest({ kept, options, choose }: { kept: Kept; options: Options; choose(options: Options): void }) {
  const { id } = useStudy()
  const { say } = useDesk()
  const client = useQueryClient()
  const begin = useMutation({
    mutationFn: () => start(id, options),
    onSuccess: () => client.invalidateQueries({ queryKey: ['reports', id] }),
  })
  const job = begin.data ?? latestWith(kept, options)
  const begun = useRef(false)
  useEffect(() => {
    if (job || begun.current) return
    begun.current = true
    begin.mutate()
  }, [job, begin])
  if (job?.state === 'no-report') return <NoReport later={job.later} />
  return (
    <>
      <ReportChoices options={options} choose={choose} />
      {job && !begin.isPending ? (
        <Report key={job.id} report={job.id} again={() => begin.mutate()} />
      ) : begin.isError ? (
        <Ended text={say('reportFailed')} again={() => begin.mutate()} />
      ) : (
        <p role="status">{say('reportWorking')}</p>
      )}
    </>
  )
}

function Report({ report, again, toLatest = false }: { report: string; again(): void; toLatest?: boolean }) {
  const { say, number } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const query = useQuery(jobQuery(id, report))
  if (isGone(query.error)) return <Ended text={say('reportGone')} again={again} />
  return (
    <Fetched query={query}>
      {(job) => {
        if (job.state === 'removed') return <Ended text={say('reportGone')} again={again} />
        if (job.state === 'elsewhere') return <Ended text={say('reportElsewhere')} again={again} />
        if (job.state === 'cancelled') return <Ended text={say('reportCancelled')} again={again} />
        if (job.state === 'interrupted') return <Ended text={say('reportInterrupted')} again={again} />
        if (job.state === 'failed') return <Ended text={say('reportFailed')} detail={job.failure} again={again} />
        if (job.state === 'done') return <Made report={job.id} again={again} toLatest={toLatest} />
        return (
          <section className="card">
            <p role="status">{job.cases > 0 ? say('reportReading', { cases: number(job.cases) }) : say('reportWorking')}</p>
            <progress className="progress" aria-label={say('reportTitle')} />
            <p className="buttons">
              <button
                type="button"
                className="button"
                onClick={() => void cancel(id, job.id).then(() => client.invalidateQueries({ queryKey: ['report-job', id, job.id] }))}
              >
                {say('reportCancel')}
              </button>
            </p>
          </section>
        )
      }}
    </Fetched>
  )
}

function Made({ report, again, toLatest }: { report: string; again(): void; toLatest: boolean }) {
  const { say, language } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  // It is among those that are kept now.
  useEffect(() => void client.invalidateQueries({ queryKey: ['reports', id] }), [client, id])
  const own: Language = language === 'en' ? 'en' : 'nl'
  const shown = useQuery(shownQuery(id, report, own))
  if (isGone(shown.error)) return <Ended text={say('reportGone')} again={again} />
  return (
    <Fetched query={shown}>
      {(made) => <ReportShown report={report} shown={made} language={own} again={again} toLatest={toLatest} />}
    </Fetched>
  )
}

/** It is kept for a while only. */
const isGone = (error: unknown): boolean => error instanceof ApiFailure && error.code === 'not-found'

function Ended({ text, detail = null, again }: { text: string; detail?: string | null; again(): void }) {
  const { say } = useDesk()
  return (
    <div className="alert" role="alert">
      <p>{text}</p>
      {detail !== null && <ServersWords of={detail} />}
      <button type="button" className="button" onClick={again}>
        {say('reportAgain')}
      </button>
    </div>
  )
}

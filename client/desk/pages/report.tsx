import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiFailure } from '../../ui/api.ts'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { cancel, jobQuery, type Language, type Options, type ReportJob, shownQuery, startQuery } from '../report/api.ts'
import { NoReport } from '../report/no-report.tsx'
import { ReportChoices } from '../report/report-choices.tsx'
import { ReportShown } from '../report/report-shown.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'

/** The tables and figures of the study, as they are now. How they are made is in the address. */
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
  const started = useQuery(startQuery(id, options))
  return (
    <Page title={say('reportTitle')}>
      <p className="lead">{say('reportLead')}</p>
      <Fetched query={started}>
        {(begun) =>
          begun.state === 'no-report' ? (
            <NoReport later={begun.later} />
          ) : (
            <>
              <ReportChoices options={options} choose={choose} />
              <Report key={begun.id} begun={begun} again={() => void started.refetch()} />
            </>
          )
        }
      </Fetched>
    </Page>
  )
}

function Report({ begun, again }: { begun: ReportJob; again(): void }) {
  const { say, number } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const query = useQuery(jobQuery(id, begun))
  const job = query.data ?? begun
  if (isGone(query.error)) return <Ended text={say('reportGone')} again={again} />
  if (job.state === 'cancelled') return <Ended text={say('reportCancelled')} again={again} />
  if (job.state === 'failed') return <Ended text={say('reportFailed')} detail={job.failure} again={again} />
  if (job.state === 'done') return <Made report={job.id} again={again} />
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
}

function Made({ report, again }: { report: string; again(): void }) {
  const { say, language } = useDesk()
  const { id } = useStudy()
  const own: Language = language === 'en' ? 'en' : 'nl'
  const shown = useQuery(shownQuery(id, report, own))
  if (isGone(shown.error)) return <Ended text={say('reportGone')} again={again} />
  return <Fetched query={shown}>{(made) => <ReportShown report={report} shown={made} language={own} again={again} />}</Fetched>
}

/** It is kept for a while only, and not over a restart of the server. */
const isGone = (error: unknown): boolean => error instanceof ApiFailure && error.code === 'not-found'

function Ended({ text, detail = null, again }: { text: string; detail?: string | null; again(): void }) {
  const { say } = useDesk()
  return (
    <div className="alert" role="alert">
      <p>{text}</p>
      {detail !== null && <p>{detail}</p>}
      <button type="button" className="button" onClick={again}>
        {say('reportAgain')}
      </button>
    </div>
  )
}

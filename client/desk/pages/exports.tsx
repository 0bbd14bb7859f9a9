import { useQuery } from '@tanstack/react-query'
import { overviewQuery } from '../exports/api.ts'
import { ChooseExport } from '../exports/choose-export.tsx'
import { ExportProgress } from '../exports/export-progress.tsx'
import { ExportRegister } from '../exports/export-register.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useInAddress } from '../shell/in-address.ts'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'

/** The data of a study as files: chosen, made, taken, and what was taken before. */
export function ExportsPage() {
  const { say } = useDesk()
  const { id } = useStudy()
  const query = useQuery(overviewQuery(id))
  const [begun, setBegun] = useInAddress('made')
  return (
    <Page title={say('exportTitle')}>
      <p className="lead">{say('exportLead')}</p>
      <Fetched query={query}>
        {({ choices, jobs, exports }) => {
          // Whoever comes back finds the one that is under way, and is told of one that the server did not finish.
          const [latest] = jobs
          const job = begun ?? (latest && (latest.state === 'making' || latest.state === 'interrupted') ? latest.id : null)
          return (
            <>
              <ChooseExport choices={choices} begun={setBegun} />
              {job !== null && <ExportProgress key={job} job={job} />}
              <section className="section">
                <h2>{say('exportEarlier')}</h2>
                {exports.length === 0 ? (
                  <p>{say('exportNone')}</p>
                ) : (
                  <>
                    <p className="quiet">{say('studyExportsLead')}</p>
                    <ExportRegister exports={exports} label={say('exportEarlier')} />
                  </>
                )}
              </section>
            </>
          )
        }}
      </Fetched>
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import type { CaseFile, Study } from '../api.ts'
import { Lists } from '../case/lists.tsx'
import { NamesProvider } from '../case/names.tsx'
import { People } from '../case/people.tsx'
import { Scores } from '../case/scores.tsx'
import { Timeline } from '../case/timeline.tsx'
import { stateLabels } from '../cases/state-labels.ts'
import { caseQuery, studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { TitleOf } from '../shell/title-of.tsx'

/** One family whole: who, when, what came in, how it scored, what is to come. */
export function CasePage({ code }: { code: string }) {
  const { say } = useDesk()
  const study = useQuery(studyQuery)
  const query = useQuery(caseQuery(code))
  return (
    <Page title={say('caseTitle', { code })} back={<Link href="/desk/cases">{say('caseBack')}</Link>}>
      <Fetched query={query}>
        {(file) => (
          <Fetched query={study}>
            {(known) => (
              <NamesProvider file={file} study={known}>
                <Facts file={file} study={known} />
                <People file={file} />
                <Lists file={file} study={known} />
                <Scores file={file} study={known} />
                <Timeline entries={file.timeline} />
              </NamesProvider>
            )}
          </Fetched>
        )}
      </Fetched>
    </Page>
  )
}

function Facts({ file, study }: { file: CaseFile; study: Study }) {
  const { say, date } = useDesk()
  return (
    <dl className="facts">
      <div>
        <dt>{say('casesState')}</dt>
        <dd>{say(stateLabels[file.state])}</dd>
      </div>
      <div>
        <dt>{say('caseArm')}</dt>
        <dd>
          <TitleOf list={study.arms} id={file.arm} />
        </dd>
      </div>
      {file.cohort && (
        <div>
          <dt>{say('caseCohort')}</dt>
          <dd>
            <Text of={file.cohort} />
          </dd>
        </div>
      )}
      {file.region && (
        <div>
          <dt>{say('caseRegion')}</dt>
          <dd>{file.region}</dd>
        </div>
      )}
      <div>
        <dt>{say('caseRegistered')}</dt>
        <dd>{date(file.registeredAt)}</dd>
      </div>
      {file.anchors.map(({ name, date: anchor }) => (
        <div key={name}>
          <dt>
            <TitleOf list={study.anchors} id={name} />
          </dt>
          <dd>{date(`${anchor}T12:00:00Z`)}</dd>
        </div>
      ))}
    </dl>
  )
}

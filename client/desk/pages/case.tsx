import { useQuery } from '@tanstack/react-query'
import { ActionsBar } from '../case/actions-bar.tsx'
import { Comparisons } from '../case/comparisons.tsx'
import { Facts } from '../case/facts.tsx'
import { Lists } from '../case/lists.tsx'
import { MistakeShown } from '../case/mistake-shown.tsx'
import { NamesProvider } from '../case/names.tsx'
import { Notes } from '../case/notes.tsx'
import { People } from '../case/people.tsx'
import { Scores } from '../case/scores.tsx'
import { Timeline } from '../case/timeline.tsx'
import { caseQuery, studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'

/** One family whole: who, when, what came in, how it scored, what is to come. */
export function CasePage({ code }: { code: string }) {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const study = useQuery(studyQuery(id))
  const query = useQuery(caseQuery(id, code))
  const mayReadLog = useMay(id, 'see access')
  return (
    <Page title={say('caseTitle', { code })} back={<Link href={at('/cases')}>{say('caseBack')}</Link>}>
      <Fetched query={query}>
        {(file) => (
          <Fetched query={study}>
            {(known) => (
              <NamesProvider file={file} study={known}>
                <MistakeShown file={file} />
                <ActionsBar file={file} study={known} />
                <Facts file={file} study={known} />
                <People file={file} study={known} />
                <Comparisons file={file} />
                <Lists file={file} study={known} />
                <Notes notes={file.notes} />
                {file.seesAnswers && <Scores file={file} study={known} />}
                <Timeline file={file} study={known} />
                {mayReadLog && (
                  <p>
                    <Link href={at(`/cases/${encodeURIComponent(code)}/access`)}>{say('accessOfCase')}</Link>
                  </p>
                )}
              </NamesProvider>
            )}
          </Fetched>
        )}
      </Fetched>
    </Page>
  )
}

/** The study itself: what can be changed about it, what its protocol decides, its mails, and its end. */
import { useQuery } from '@tanstack/react-query'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'
import { settingsQuery } from './api.ts'
import { Closing } from './closing.tsx'
import { Consents } from './consents.tsx'
import { Decided } from './decided.tsx'
import { FactsForm } from './facts-form.tsx'
import { Mails } from './mails.tsx'
import { Retention } from './retention.tsx'

export function StudyPage() {
  const { say } = useDesk()
  const { id } = useStudy()
  const query = useQuery(settingsQuery(id))
  return (
    <Page title={say('studyPageTitle')}>
      <p className="lead">{say('studyPageLead')}</p>
      <Fetched query={query}>
        {(settings) => (
          <>
            <FactsForm settings={settings} />
            <Decided settings={settings} />
            <Consents settings={settings} />
            <Mails settings={settings} />
            <Retention settings={settings} />
            <Closing settings={settings} />
          </>
        )}
      </Fetched>
    </Page>
  )
}

import { AccessLog } from '../access/access-log.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'

/** The access log of a study. */
export function AccessPage() {
  const { say } = useDesk()
  const { id } = useStudy()
  return (
    <Page title={say('accessTitle')}>
      <p className="lead">{say('accessLead')}</p>
      <AccessLog place={{ study: id }} />
    </Page>
  )
}

/** Of one family. */
export function CaseAccessPage({ code }: { code: string }) {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const back = <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{say('accessBackToCase')}</Link>
  return (
    <Page title={say('accessCaseTitle', { code })} back={back}>
      <p className="lead">{say('accessLead')}</p>
      <AccessLog place={{ study: id, code }} />
    </Page>
  )
}

/** Of what belongs to no study. */
export function AccountsAccessPage() {
  const { say } = useDesk()
  return (
    <Page title={say('accessAccountsTitle')} back={<Link href="/desk/staff">{say('accessBackToStaff')}</Link>}>
      <p className="lead">{say('accessLead')}</p>
      <AccessLog place={{ study: null }} />
    </Page>
  )
}

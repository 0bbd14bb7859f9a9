import { useQuery } from '@tanstack/react-query'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { ColleagueCard } from '../staff/colleague-card.tsx'
import { Invite } from '../staff/invite.tsx'
import { staffQuery } from '../staff/staff-query.ts'

/** Everybody who may sign in, what they may do, and how more come in. */
export function StaffPage() {
  const { say } = useDesk()
  const query = useQuery(staffQuery)
  return (
    <Page title={say('staffTitle')}>
      <p className="lead">{say('staffLead')}</p>
      <Fetched query={query}>
        {(staff) => (
          <>
            {staff.accounts.length < 2 && <p className="alert">{say('staffAlone')}</p>}
            <Invite staff={staff} isOpen={staff.accounts.length < 2} />
            <ul className="colleagues">
              {staff.accounts.map((colleague) => (
                <ColleagueCard key={colleague.id} colleague={colleague} staff={staff} />
              ))}
            </ul>
            {staff.managesAll && (
              <p>
                <Link href="/desk/staff/access">{say('staffLog')}</Link>
              </p>
            )}
          </>
        )}
      </Fetched>
    </Page>
  )
}

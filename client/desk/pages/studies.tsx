import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { roleLabels } from '../shell/role-labels.ts'
import { useStaff } from '../shell/staff.tsx'
import { studyAddress } from '../shell/study.tsx'

/** The studies that somebody may see. */
export function StudiesPage() {
  const { say } = useDesk()
  const { studies } = useStaff()
  return (
    <Page title={say('studiesTitle')}>
      {studies.length === 0 && <p>{say('studiesNone')}</p>}
      <ul className="people">
        {studies.map(({ id, title, roles }) => (
          <li className="card" key={id}>
            <h2>
              <Link href={studyAddress(id, '/today')}>{title}</Link>
            </h2>
            <p className="quiet">{roles.map((role) => say(roleLabels[role])).join(', ')}</p>
          </li>
        ))}
      </ul>
    </Page>
  )
}

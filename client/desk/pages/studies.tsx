import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { roleLabels } from '../shell/role-labels.ts'
import { useStaff } from '../shell/staff.tsx'
import { studyAddress } from '../shell/study.tsx'

/** The studies that somebody may see. */
export function StudiesPage() {
  const { say } = useDesk()
  const { studies, opensStudies } = useStaff()
  return (
    <Page title={say('studiesTitle')}>
      {studies.length === 0 && (opensStudies ? <p>{say('openFirst')}</p> : <WhomToAsk />)}
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
      {opensStudies && (
        <p className="buttons">
          <Link className={studies.length === 0 ? 'button button-primary' : 'button'} href="/desk/new-study">
            {say('openStudy')}
          </Link>
        </p>
      )}
    </Page>
  )
}

/** For whoever has an account and no role in a study. */
function WhomToAsk() {
  const { say } = useDesk()
  const { administrators } = useStaff()
  return (
    <>
      <p>{say('studiesNone')}</p>
      <ul>
        {administrators.map(({ name, address }) => (
          <li key={address}>
            {name}, <a href={`mailto:${address}`}>{address}</a>
          </li>
        ))}
      </ul>
    </>
  )
}

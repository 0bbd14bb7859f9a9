import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'

/** The way to stopping, erasing and coming back, for whoever may do that. `name`: of the person, for whoever hears the page. */
export function LeaveLink({ code, person, name }: { code: string; person: string; name: string }) {
  const { say } = useDesk()
  const { id, at } = useStudy()
  if (!useMay(id, 'change cases')) return null
  return (
    <p>
      <Link href={at(`/cases/${code}/people/${person}/leaving`)}>
        {say('leaveLink')}
        <span className="visually-hidden">: {name}</span>
      </Link>
    </p>
  )
}

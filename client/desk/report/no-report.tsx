import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'

/** A protocol says which tables its study has; one that says nothing has none. `later`: a version that does. */
export function NoReport({ later }: { later: string | null }) {
  const { say } = useDesk()
  const { at } = useStudy()
  return (
    <div className="card">
      <p>{say('reportNone')}</p>
      {later === null ? (
        <p>{say('reportNoneAnywhere')}</p>
      ) : (
        <p>
          {say('reportNoneLater', { later })} <Link href={at('/definitions')}>{say('reportToDefinitions')}</Link>
        </p>
      )}
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { importsQuery } from './api.ts'

const states = {
  registering: 'importIs_registering',
  counting: 'importIs_counting',
  done: 'importIs_done',
  refused: 'importIs_refused',
  cancelled: 'importIs_cancelled',
  failed: 'importIs_failed',
  interrupted: 'importIs_interrupted',
} as const

/** The files that were read in last, for whoever comes back and does not know what became of theirs. */
export function EarlierImports() {
  const { say, count, moment } = useDesk()
  const { id, at } = useStudy()
  const { data } = useQuery(importsQuery(id))
  if (!data || data.imports.length === 0) return null
  return (
    <section className="section">
      <h2>{say('importEarlier')}</h2>
      <ul className="dots">
        {data.imports.map((one) => (
          <li key={one.id}>
            <Link href={at(`/import?import=${one.id}`)}>{moment(one.startedAt)}</Link>: {count('importOf', one.total)},{' '}
            {say(states[one.state])} {one.by && <span className="quiet">({one.by})</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

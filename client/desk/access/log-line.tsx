/** One line of the access log, as a sentence. */
import type { StaffRole } from '../../../server/access/roles.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { roleLabels } from '../shell/role-labels.ts'
import { studyAddress } from '../shell/study.tsx'
import type { LogRow } from './api.ts'
import { isKnown, phrases } from './phrases.ts'

export function LogLine({ row, study }: { row: LogRow; study: string | null }) {
  const { say, moment } = useDesk()
  const { at, action, outcome, code, reason } = row
  return (
    <li className={outcome === 'refused' ? 'log-refused' : ''}>
      <time dateTime={at} className="quiet">
        {moment(at)}
      </time>
      <span>
        <Who row={row} /> {isKnown(action) ? say(phrases[action]) : say('didOther', { action })}
        {code !== null && study !== null && (
          <>
            : <Link href={studyAddress(study, `/cases/${encodeURIComponent(code)}`)}>{code}</Link>
          </>
        )}
        {row.person !== null && (
          <>
            , <Text of={row.person.role} />
            {row.person.place !== null && ` ${row.person.place}`}
          </>
        )}
        <Detail row={row} />
        {outcome === 'refused' && <strong> ({say('accessRefused')})</strong>}
        {reason !== null && <span className="quiet"> {say('accessReason', { reason })}</span>}
      </span>
    </li>
  )
}

function Who({ row: { who, via } }: { row: LogRow }) {
  const { say } = useDesk()
  const name = who ?? say(via === 'command' ? 'accessCommand' : 'accessNobody')
  return (
    <>
      <strong>{name}</strong>
      {via === 'key' && ` (${say('accessByKey')})`}
    </>
  )
}

/** By what a family was looked for; what was typed is not kept. */
const searchedBy = { name: 'accessBy_name', address: 'accessBy_address', telephone: 'accessBy_telephone' } as const

/** Whose account, which role, what was searched, and what came of it. */
function Detail({ row: { detail, whom } }: { row: LogRow }) {
  const { say, count } = useDesk()
  /** Of a search for something else than a code or a region is kept that there was one. */
  const searched = (text: unknown) =>
    typeof text === 'string' ? say('accessSearched', { search: text }) : text === null ? say('accessSearchedOther') : null
  const role = typeof detail?.role === 'string' && Object.hasOwn(roleLabels, detail.role) ? say(roleLabels[detail.role as StaffRole]) : null
  const by = typeof detail?.by === 'string' && Object.hasOwn(searchedBy, detail.by) ? say(searchedBy[detail.by as 'name']) : null
  const found = by !== null && typeof detail?.found === 'number' ? count('accessFound', detail.found) : null
  const parts = [whom, role, searched(detail?.search), by, found].filter(Boolean)
  return parts.length === 0 ? null : <span>: {parts.join(', ')}</span>
}

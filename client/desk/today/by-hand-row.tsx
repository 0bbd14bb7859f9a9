import { useState } from 'react'
import type { Study } from '../api.ts'
import { type Contact, seeContact } from '../case/api.ts'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import { Failed } from '../sign-in/failed.tsx'
import { useSubmission } from '../sign-in/submission.ts'
import type { Today } from './api.ts'

type Row = Today['byHand']['rows'][number]

/** Somebody whom no mail asks: which lists, until when, and the telephone number behind one button, of which the access log tells. */
export function ByHandRow({ row, study }: { row: Row; study: Study }) {
  const { code, role, number, wave, opened, opensAt, closesAt, lists } = row
  const { say, count, date, lastDay } = useDesk()
  const { id, at } = useStudy()
  const maySee = useMay(id, 'see contact')
  const mayEnter = useMay(id, 'enter data')
  return (
    <li>
      <p>
        <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link> <TitleOf list={study.roles} id={role} /> {number}, {wave}:{' '}
        {count('todayClosingLists', lists)}
        {!opened && `, ${say('todayOpens', { day: date(opensAt) })}`}, {say('todayCloses', { day: lastDay(closesAt) })}
      </p>
      {maySee && <Telephone row={row} />}
      {mayEnter && opened && (
        <p>
          <Link href={at(`/cases/${encodeURIComponent(code)}/entry`)}>{say('todayEnter')}</Link>
        </p>
      )}
    </li>
  )
}

function Telephone({ row: { code, person, wave } }: { row: Row }) {
  const { say } = useDesk()
  const { id } = useStudy()
  const [contact, setContact] = useState<Contact | undefined>(undefined)
  const { isBusy, failure, submit } = useSubmission(
    () => seeContact({ study: id, case: code, person }, { reason: say('todayCallReason', { wave }) }),
    (seen) => setContact(seen.contact),
  )
  return (
    <div role="status">
      {contact === undefined ? (
        <>
          <button type="button" className="button" aria-disabled={isBusy} onClick={() => void submit()}>
            {say('todayCall')}
            <span className="visually-hidden">: {code}</span>
          </button>{' '}
          <span className="quiet">{say('todayCallLogged')}</span>
          <Failed failure={failure} />
        </>
      ) : (
        <p>{contact === null ? say('todayContactGone') : <Caller contact={contact} />}</p>
      )}
    </div>
  )
}

function Caller({ contact: { name, telephone, dial } }: { contact: NonNullable<Contact> }) {
  const { say } = useDesk()
  return (
    <>
      {name}: {telephone === null ? say('todayNoTelephone') : <a href={`tel:${dial}`}>{telephone}</a>}
    </>
  )
}

import { useRef, useState } from 'react'
import type { Study } from '../api.ts'
import { type Contact, seeContact } from '../case/api.ts'
import { meansTexts, outcomeTexts } from '../case/attempt-words.ts'
import { PaperLink } from '../case/paper-link.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { TitleOf } from '../shell/title-of.tsx'
import { Failed } from '../sign-in/failed.tsx'
import type { ByHandRowOf } from './api.ts'
import { AttemptForm } from './attempt-form.tsx'

/** Somebody whom no mail asks: which lists, until when, what was tried, and the telephone number behind one button, of which the access log tells. */
export function ByHandRow({ row, study, saved }: { row: ByHandRowOf; study: Study; saved(): void }) {
  const { code, role, number, wave, opened, opensAt, closesAt, lists } = row
  const { say, count, date, lastDay } = useDesk()
  const { id, at } = useStudy()
  const maySee = useMay(id, 'see contact')
  const mayEnter = useMay(id, 'enter data')
  const opener = useRef<HTMLButtonElement>(null)
  const [isRecording, setRecording] = useState(false)
  const page = at(`/cases/${encodeURIComponent(code)}`)
  return (
    <li>
      <p>
        <Link href={page}>{code}</Link> <TitleOf list={study.roles} id={role} /> {number}, {wave}: {count('todayClosingLists', lists)}
        {!opened && `, ${say('todayOpens', { day: date(opensAt) })}`}, {say('todayCloses', { day: lastDay(closesAt) })}
      </p>
      <Tried row={row} page={page} />
      {maySee && <Telephone row={row} />}
      {mayEnter && <Papers row={row} />}
      <p className="buttons">
        {maySee && (
          <button ref={opener} type="button" className="button" aria-expanded={isRecording} onClick={() => setRecording(!isRecording)}>
            {say('attemptRecord')}
            <span className="visually-hidden">: {code}</span>
          </button>
        )}
        {mayEnter && opened && <Link href={`${page}/entry`}>{say('todayEnter')}</Link>}
      </p>
      {isRecording && (
        <AttemptForm
          row={row}
          done={() => {
            setRecording(false)
            saved()
          }}
          cancel={() => {
            setRecording(false)
            opener.current?.focus()
          }}
        />
      )}
    </li>
  )
}

/** Each of their lists as paper to send or to bring: empty, in their language, and logged. */
function Papers({ row: { code, person, papers } }: { row: ByHandRowOf }) {
  const { say } = useDesk()
  if (papers.length === 0) return null
  return (
    <details>
      <summary>
        {say('paperPrint')}
        <span className="visually-hidden">: {code}</span>
      </summary>
      <ul>
        {papers.map(({ assignment, title }) => (
          <li key={assignment}>
            <PaperLink code={code} person={person} assignment={assignment}>
              <Text of={title} />
            </PaperLink>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What was tried, and what came of it last. */
function Tried({ row: { attempts, last, isResting, person }, page }: { row: ByHandRowOf; page: string }) {
  const { say, count, date } = useDesk()
  const { id } = useStudy()
  const mayStop = useMay(id, 'change cases')
  if (last === null) return null
  const { means, outcome, triedOn, nextOn } = last
  return (
    <>
      <p className="quiet">
        {count('attemptCount', attempts)};{' '}
        {say('attemptTold', { means: say(meansTexts[means]), day: date(triedOn), outcome: say(outcomeTexts[outcome]) })}
        {isResting && nextOn !== null && `; ${say('attemptRests', { day: date(nextOn) })}`}
      </p>
      {outcome === 'refused' && mayStop && (
        <p>
          <Link href={`${page}?do=stop&person=${encodeURIComponent(person)}`}>{say('attemptStop')}</Link>
        </p>
      )}
    </>
  )
}

function Telephone({ row: { code, person, wave } }: { row: ByHandRowOf }) {
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
      ) : contact === null ? (
        <p>{say('todayContactGone')}</p>
      ) : (
        <Caller contact={contact} />
      )}
    </div>
  )
}

function Caller({ contact: { name, telephone, dial, reaching } }: { contact: NonNullable<Contact> }) {
  const { say } = useDesk()
  return (
    <>
      <p>
        {name}: {telephone === null ? say('todayNoTelephone') : <a href={`tel:${dial}`}>{telephone}</a>}
      </p>
      {reaching !== null && (
        <p className="note-text">
          {say('contactReaching')}: {reaching}
        </p>
      )}
    </>
  )
}

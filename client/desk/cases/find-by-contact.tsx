/** Finding a family when all that is known is who calls or writes. Only for who may see contact data. */
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { ApiFailure } from '../../ui/api.ts'
import { studyQuery } from '../queries.ts'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { TitleOf } from '../shell/title-of.tsx'
import { type FoundPeople, findByContact } from './api.ts'

export function FindByContact() {
  const { say } = useDesk()
  const { id } = useStudy()
  if (!useMay(id, 'see contact')) return null
  return (
    <details className="card find-by-contact">
      <summary>{say('findTitle')}</summary>
      <p className="quiet">{say('findLead')}</p>
      <Search />
    </details>
  )
}

function Search() {
  const { say } = useDesk()
  const { id: study } = useStudy()
  const id = useId()
  const [wanted, setWanted] = useState({ text: '', reason: '' })
  const [isEmpty, setEmpty] = useState(false)
  const [found, setFound] = useState<FoundPeople | null>(null)
  const { isBusy, failure, submit } = useSubmission(() => findByContact(study, wanted), setFound)
  const change = (changed: Partial<typeof wanted>) => {
    setWanted({ ...wanted, ...changed })
    setEmpty(false)
    setFound(null)
  }
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setFound(null)
        const missing = !wanted.text.trim() ? `${id}-text` : !wanted.reason.trim() ? `${id}-reason` : null
        setEmpty(missing !== null)
        if (missing) document.getElementById(missing)?.focus()
        else void submit()
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-text`}>{say('findText')}</label>
        <input
          id={`${id}-text`}
          autoComplete="off"
          spellCheck={false}
          maxLength={320}
          value={wanted.text}
          onChange={({ target }) => change({ text: target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-reason`}>{say('findReason')}</label>
        <span className="hint" id={`${id}-hint`}>
          {say('findReasonHint')}
        </span>
        <input
          id={`${id}-reason`}
          aria-describedby={`${id}-hint`}
          autoComplete="off"
          maxLength={500}
          value={wanted.reason}
          onChange={({ target }) => change({ reason: target.value })}
        />
      </div>
      {(isEmpty || failure) && (
        <p className="alert alert-error" role="alert">
          {failure && !isEmpty ? <Failure failure={failure} /> : say('findEmpty')}
        </p>
      )}
      <p className="buttons">
        <button type="submit" className="button button-primary" aria-disabled={isBusy}>
          {isBusy ? say('findSending') : say('findSend')}
        </button>
      </p>
      <div role="status">{found && <FoundList found={found} />}</div>
    </form>
  )
}

function Failure({ failure: { code, details } }: { failure: ApiFailure }) {
  const { say } = useDesk()
  if (code === 'too-often') return say('findSlowed', { seconds: Number(details.retryAfter ?? 60) })
  return say(code === 'not-allowed' ? 'faultNotAllowed' : 'findFailed')
}

const nothing = { name: 'findNone_name', address: 'findNone_address', telephone: 'findNone_telephone' } as const

/** Who has this name, address or number: by case and role, without saying once more who it is. */
function FoundList({ found: { by, people, surnameOnly, more } }: { found: FoundPeople }) {
  const { say, count } = useDesk()
  const { id, at } = useStudy()
  const { data: study } = useQuery(studyQuery(id))
  if (people.length === 0) return <p>{say(nothing[by])}</p>
  return (
    <>
      <p>
        {surnameOnly && `${say('findSurnameOnly')} `}
        {count('findFound', people.length)}
      </p>
      <ul>
        {people.map(({ code, role, number, mistaken }) => (
          <li key={`${code} ${role} ${number}`}>
            <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link>, {study && <TitleOf list={study.roles} id={role} />}{' '}
            {number}
            {mistaken && <span className="quiet"> ({say('familyMistake')})</span>}
          </li>
        ))}
      </ul>
      {more && <p className="quiet">{say('findMore')}</p>}
    </>
  )
}

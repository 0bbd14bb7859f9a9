import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useMay } from '../shell/staff.tsx'
import { studyAddress } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from '../sign-in/failed.tsx'
import { giveRole } from '../staff/api.ts'
import { staffQuery } from '../staff/staff-query.ts'
import type { Opened } from './api.ts'

/** The study is there: what has to be kept of it, and what comes next. */
export function OpenedStudy({ study: { id, title, allocationCommitment } }: { study: Opened }) {
  const { say } = useDesk()
  const mayRegister = useMay(id, 'register cases')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h2 className="opened" ref={heading} tabIndex={-1}>
        {say('openDone', { title })}
      </h2>
      {allocationCommitment !== null && (
        <div className="alert">
          <p>{say('openCommitment')}</p>
          <p>
            <code className="key-text">{allocationCommitment}</code>
          </p>
        </div>
      )}
      <ol className="steps">
        <li className="card">
          <h3>{say('openNextPeople')}</h3>
          <p>{say('openNextPeopleLead')}</p>
          {!mayRegister && <BecomeManager study={id} />}
          {mayRegister && <p role="status">{say('openManager')}</p>}
          <p>
            <Link href="/desk/staff">{say('staffInvite')}</Link>
          </p>
        </li>
        <li className="card">
          <h3>{say('openNextFamilies')}</h3>
          <p>{say(mayRegister ? 'openNextFamiliesLead' : 'openNextFamiliesOther')}</p>
          {mayRegister && (
            <p>
              <Link href={studyAddress(id, '/register')}>{say('casesRegister')}</Link>
            </p>
          )}
        </li>
        <li className="card">
          <h3>{say('openNextStudy')}</h3>
          <p>{say('openNextStudyLead')}</p>
          <p>
            <Link href={studyAddress(id, '/today')}>{title}</Link>
          </p>
        </li>
      </ol>
    </>
  )
}

/** An administrator registers nobody; whoever does both jobs gives themselves the other role. */
function BecomeManager({ study }: { study: string }) {
  const { say } = useDesk()
  const client = useQueryClient()
  const { data: staff } = useQuery(staffQuery)
  const self = staff?.accounts.find(({ isSelf }) => isSelf)
  const { isBusy, failure, submit } = useSubmission(
    () => giveRole(self?.id ?? '', { study, role: 'data manager', region: '*' }),
    () => void client.invalidateQueries(),
  )
  if (!self) return null
  return (
    <>
      <Failed failure={failure} />
      <p className="buttons">
        <button type="button" className="button" aria-disabled={isBusy} onClick={() => void submit()}>
          {isBusy ? say('loading') : say('openBecomeManager')}
        </button>
      </p>
    </>
  )
}

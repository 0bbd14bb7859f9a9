/** Somebody stops, has their answers erased, or comes back, on their behalf: what is kept and why stands there first. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ExportRegister } from '../exports/export-register.tsx'
import { caseQuery, studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { titleOf } from '../shell/title-of.tsx'
import { Act } from './act.tsx'
import * as api from './api.ts'
import { Kept } from './kept.tsx'

type Done = 'leaveDoneStop' | 'leaveDoneErase' | 'leaveDoneReturn'

export function LeavingPage({ code, person }: { code: string; person: string }) {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const place = { study: id, code, person }
  const query = useQuery(api.leavingQuery(place))
  return (
    <Page title={say('leaveTitle')} back={<Link href={at(`/cases/${code}`)}>{say('caseTitle', { code })}</Link>}>
      <Fetched query={query}>{(leaving) => <Leaving leaving={leaving} place={place} />}</Fetched>
    </Page>
  )
}

function Leaving({ leaving, place }: { leaving: api.Leaving; place: api.Place }) {
  const { say, count, date } = useDesk()
  const client = useQueryClient()
  const mayErase = useMay(place.study, 'remove answers')
  const [done, setDone] = useState<Done | null>(null)
  const [state, setState] = useState<'declined' | 'withdrawn'>('withdrawn')
  const name = usePersonName(place)
  const then = (what: Done) => () => {
    setDone(what)
    void client.invalidateQueries()
  }
  const isErased = leaving.answersErasedAt !== null
  const canReturn = (leaving.state === 'declined' || leaving.state === 'withdrawn') && !isErased
  return (
    <>
      <p className="lead">{say('leaveLead', { person: `${name}, ${place.code}` })}</p>
      <p role="status" className={done ? 'alert' : undefined}>
        {done && say(done)}
      </p>
      <Kept leaving={leaving} />
      {leaving.state === 'active' && (
        <Act title={say('leaveStop')} act={(reason) => api.stop(place, { state, reason })} then={then('leaveDoneStop')}>
          <p>{say('leaveStopLead')}</p>
          <fieldset className="stack">
            <legend className="visually-hidden">{say('leaveState')}</legend>
            {(['withdrawn', 'declined'] as const).map((one) => (
              <label key={one} className="choice">
                <input type="radio" name="state" checked={state === one} onChange={() => setState(one)} />{' '}
                {say(one === 'declined' ? 'leaveDeclined' : 'leaveWithdrawn')}
              </label>
            ))}
          </fieldset>
        </Act>
      )}
      {canReturn && (
        <Act title={say('leaveReturn')} act={(reason) => api.comeBack(place, reason)} then={then('leaveDoneReturn')}>
          <p>{say('leaveReturnLead')}</p>
        </Act>
      )}
      {isErased && <p className="alert">{say('leaveErased', { date: date(leaving.answersErasedAt ?? '') })}</p>}
      {mayErase && !isErased && (
        <Act
          title={say('leaveErase')}
          act={(reason) => api.erase(place, reason)}
          then={then('leaveDoneErase')}
          confirm={say('leaveAskErase', { person: `${name}, ${place.code}` })}
        >
          <p>{say('leaveEraseLead')}</p>
          <ul>
            <li>{say('leaveEraseGone')}</li>
            <li>{say('leaveEraseKept')}</li>
            <li>{say('leaveEraseNotReached')}</li>
          </ul>
        </Act>
      )}
      <section className="section">
        <h2 id="exports">{say('studyExports')}</h2>
        <p>{leaving.exports.length === 0 ? say('leaveExportsNone') : count('leaveExports', leaving.exports.length)}</p>
        {leaving.exports.length > 0 && <ExportRegister exports={leaving.exports} label={say('studyExports')} />}
      </section>
    </>
  )
}

/** Role and number: a name is not needed here. */
function usePersonName({ study, code, person }: api.Place): string {
  const { language } = useDesk()
  const { data: known } = useQuery(studyQuery(study))
  const { data: file } = useQuery(caseQuery(study, code))
  const found = file?.participants.find(({ id }) => id === person)
  if (!found) return person
  const title = titleOf(known?.roles ?? [], found.role)
  return `${title[language] ?? title.nl} ${found.number}`
}

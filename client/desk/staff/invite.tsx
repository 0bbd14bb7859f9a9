/** A colleague is invited: name, address, a first role. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from '../sign-in/failed.tsx'
import { useUnsaved } from '../unsaved.ts'
import * as api from './api.ts'
import { MailFate } from './mail-fate.tsx'
import { asGiven, RoleFields, usualRole } from './role-fields.tsx'

export function Invite({ staff, isOpen }: { staff: api.Staff; isOpen: boolean }) {
  const { say, language } = useDesk()
  const client = useQueryClient()
  // Open at first or not; from then on as whoever uses it leaves it, so that what came of the mail stays in sight.
  const [isShown, setShown] = useState(isOpen)
  const nobody = { name: '', address: '', language: language === 'en' ? ('en' as const) : ('nl' as const) }
  const [person, setPerson] = useState(nobody)
  const [given, setGiven] = useState(() => usualRole(staff))
  const [done, setDone] = useState<{ name: string; address: string; mail: api.Mail } | null>(null)
  useUnsaved(person.name.trim() !== '' || person.address.trim() !== '')
  const { isBusy, failure, submit } = useSubmission(
    () => api.invite({ ...person, ...asGiven(given) }),
    ({ mail }) => {
      setDone({ ...person, mail })
      setPerson(nobody)
      void client.invalidateQueries({ queryKey: ['staff'] })
    },
  )
  return (
    <details className="card" open={isShown} onToggle={({ currentTarget }) => setShown(currentTarget.open)}>
      <summary>{say('staffInvite')}</summary>
      <form className="stack" onSubmit={submit}>
        <div className="filters">
          <label className="field">
            {say('staffName')}
            <input
              type="text"
              required
              maxLength={200}
              value={person.name}
              onChange={({ target }) => setPerson({ ...person, name: target.value })}
            />
          </label>
          <label className="field">
            {say('staffAddress')}
            <input
              type="email"
              required
              maxLength={320}
              value={person.address}
              onChange={({ target }) => setPerson({ ...person, address: target.value })}
            />
          </label>
          <label className="field">
            {say('staffLanguage')}
            <select value={person.language} onChange={({ target }) => setPerson({ ...person, language: target.value as 'nl' | 'en' })}>
              <option value="nl">Nederlands</option>
              <option value="en">English</option>
            </select>
          </label>
        </div>
        <RoleFields staff={staff} given={given} set={setGiven} />
        <Failed failure={failure} />
        <p>
          <button type="submit" className="button button-primary" aria-disabled={isBusy}>
            {isBusy ? say('loading') : say('staffSend')}
          </button>
        </p>
      </form>
      {done &&
        (done.mail ? <MailFate mail={done.mail} address={done.address} /> : <p role="status">{say('staffAdded', { name: done.name })}</p>)}
    </details>
  )
}

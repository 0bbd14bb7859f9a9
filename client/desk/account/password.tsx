import { useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from '../sign-in/failed.tsx'
import { useAccountAgain } from './account-query.ts'
import * as api from './api.ts'
import { PasswordField } from './password-field.tsx'

export function Password({ account: { address, hasPassword } }: { account: api.Account }) {
  const { say } = useDesk()
  const again = useAccountAgain()
  const [old, setOld] = useState('')
  const [chosen, setChosen] = useState('')
  const [isDone, setDone] = useState(false)
  const { isBusy, failure, submit } = useSubmission(
    () => api.changePassword(old, chosen),
    () => {
      setOld('')
      setChosen('')
      setDone(true)
      again()
    },
  )
  return (
    <section className="card" aria-labelledby="password">
      <h2 id="password">{say('accountPasswordTitle')}</h2>
      <p className="quiet">{say('accountPasswordLead')}</p>
      <form className="stack" onSubmit={submit}>
        {/* For password managers: whose password it is. */}
        <input type="hidden" name="username" autoComplete="username" value={address} />
        {hasPassword && <PasswordField label={say('accountPasswordOld')} password={old} set={setOld} />}
        <PasswordField label={say('accountPasswordNew')} password={chosen} set={setChosen} isNew />
        <Failed failure={failure} />
        {isDone && !failure && <p role="status">{say('accountPasswordDone')}</p>}
        <p>
          <button type="submit" className="button" aria-disabled={isBusy}>
            {say('accountPasswordButton')}
          </button>
        </p>
      </form>
    </section>
  )
}

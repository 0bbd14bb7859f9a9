/** Somebody who was invited, or lost the password, chooses one. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { PasswordField } from '../account/password-field.tsx'
import * as api from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from './failed.tsx'

export function WelcomePage({ then }: { then(): void }) {
  const { say } = useDesk()
  // The token leaves the address at once: it is for nobody who looks at this screen, or in its history.
  const [token] = useState(() => location.hash.slice(1))
  useEffect(() => history.replaceState(history.state, '', location.pathname), [])
  const link = useQuery({ queryKey: ['welcome', token], queryFn: () => api.getWelcome(token), retry: false, refetchOnWindowFocus: false })
  if (link.data) return <ChoosePassword token={token} link={link.data} then={then} />
  return (
    <Page title={say('welcomeReset')}>
      {link.isPending ? <p role="status">{say('loading')}</p> : <p className="alert alert-error">{say('welcomeUnknown')}</p>}
    </Page>
  )
}

type Welcome = Awaited<ReturnType<typeof api.getWelcome>>

function ChoosePassword({ token, link: { name, address, purpose }, then }: { token: string; link: Welcome; then(): void }) {
  const { say } = useDesk()
  const [password, setPassword] = useState('')
  const { isBusy, failure, submit } = useSubmission(() => api.choosePassword(token, password), then)
  return (
    <Page title={purpose === 'invitation' ? say('welcomeTitle', { name }) : say('welcomeReset')}>
      <p className="lead">{say('welcomeLead', { address })}</p>
      <form className="stack" onSubmit={submit}>
        {/* For password managers: whose password it is. */}
        <input type="hidden" name="username" autoComplete="username" value={address} />
        <PasswordField label={say('welcomePassword')} password={password} set={setPassword} isNew />
        <Failed failure={failure} />
        <p>
          <button type="submit" className="button button-primary" aria-disabled={isBusy}>
            {say('signInButton')}
          </button>
        </p>
      </form>
    </Page>
  )
}

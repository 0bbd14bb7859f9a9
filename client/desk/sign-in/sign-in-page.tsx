/** Address and password, and then the second step. */
import { useState } from 'react'
import { useSearch } from '../../ui/navigation.ts'
import { signInWithPasskey } from '../account/api.ts'
import { PasswordField } from '../account/password-field.tsx'
import * as api from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from './failed.tsx'

/** `wasHere`: somebody was signed in, and was away too long. `singleSignOn`: they can come in by way of their organisation. */
export function SignInPage({ wasHere, singleSignOn, then }: { wasHere: boolean; singleSignOn: boolean; then(): void }) {
  const { say } = useDesk()
  const [address, setAddress] = useState('')
  const [password, setPassword] = useState('')
  const { isBusy, failure, submit } = useSubmission(() => api.signIn(address, password), then)
  return (
    <Page title={say('signInTitle')}>
      <p className="lead">{wasHere ? say('signedOutLead') : say('signInLead')}</p>
      {singleSignOn && <ByOrganisation />}
      <form className="stack" onSubmit={submit}>
        <label className="field">
          {say('signInAddress')}
          <input
            type="email"
            name="address"
            autoComplete="username"
            required
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        </label>
        <PasswordField label={say('signInPassword')} password={password} set={setPassword} />
        <Failed failure={failure} />
        <p>
          <button type="submit" className="button button-primary" aria-disabled={isBusy}>
            {say('signInButton')}
          </button>
        </p>
      </form>
      <p className="quiet">{say('signInLost')}</p>
    </Page>
  )
}

/** The way by the identity provider, and what went wrong on it. */
function ByOrganisation() {
  const { say } = useDesk()
  const why = new URLSearchParams(useSearch()).get('sign-in')
  return (
    <>
      {why !== null && (
        <p className="alert alert-error" role="alert">
          {say(why === 'unknown' ? 'singleSignOnUnknown' : 'singleSignOnFailed')}
        </p>
      )}
      <p>
        <a className="button button-primary" href="/desk/single-sign-on">
          {say('singleSignOnButton')}
        </a>
      </p>
      <p>{say('singleSignOnOr')}</p>
    </>
  )
}

function ByPasskey({ then }: { then(): void }) {
  const { say } = useDesk()
  const { isBusy, failure, submit } = useSubmission(signInWithPasskey, then)
  return (
    <>
      <p className="lead">{say('passkeyLead')}</p>
      <Failed failure={failure} />
      <p>
        <button type="button" className="button button-primary" aria-disabled={isBusy} onClick={() => void submit()}>
          {say('passkeyButton')}
        </button>
      </p>
      <p>{say('passkeyOr')}</p>
    </>
  )
}

export function CodePage({ hasPasskey, then }: { hasPasskey: boolean; then(): void }) {
  const { say } = useDesk()
  const [code, setCode] = useState('')
  const { isBusy, failure, submit } = useSubmission(() => api.giveCode(code), then)
  return (
    <Page title={say('codeTitle')}>
      {hasPasskey ? <ByPasskey then={then} /> : <p className="lead">{say('codeLead')}</p>}
      <form className="stack" onSubmit={submit}>
        <CodeField label={say('codeLabel')} code={code} setCode={setCode} />
        <Failed failure={failure} />
        <p>
          <button type="submit" className="button button-primary" aria-disabled={isBusy}>
            {say('codeButton')}
          </button>
        </p>
      </form>
      <p className="quiet">{say('codeLost')}</p>
    </Page>
  )
}

export function CodeField({ label, code, setCode }: { label: string; code: string; setCode(code: string): void }) {
  return (
    <label className="field">
      {label}
      <input
        type="text"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
    </label>
  )
}

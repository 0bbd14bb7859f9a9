/** Address and password, and then the second step. */
import { useState } from 'react'
import * as api from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'
import { Failed } from './failed.tsx'
import { useSubmission } from './submission.ts'

/** `wasHere`: somebody was signed in, and was away too long. */
export function SignInPage({ wasHere, then }: { wasHere: boolean; then(): void }) {
  const { say } = useDesk()
  const [address, setAddress] = useState('')
  const [password, setPassword] = useState('')
  const { isBusy, failure, submit } = useSubmission(() => api.signIn(address, password), then)
  return (
    <Page title={say('signInTitle')}>
      <p className="lead">{wasHere ? say('signedOutLead') : say('signInLead')}</p>
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
        <label className="field">
          {say('signInPassword')}
          <input
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        </label>
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

export function CodePage({ then }: { then(): void }) {
  const { say } = useDesk()
  const [code, setCode] = useState('')
  const { isBusy, failure, submit } = useSubmission(() => api.giveCode(code), then)
  return (
    <Page title={say('codeTitle')}>
      <p className="lead">{say('codeLead')}</p>
      <form className="stack" onSubmit={submit}>
        <CodeField label={say('codeLabel')} code={code} setCode={setCode} />
        <Failed failure={failure} />
        <p>
          <button type="submit" className="button button-primary" aria-disabled={isBusy}>
            {say('codeButton')}
          </button>
        </p>
      </form>
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

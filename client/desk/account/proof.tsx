/** The password once more, before something changes in how one signs in. An account without one has to have signed in just now. */
import { type ReactNode, useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from '../sign-in/failed.tsx'
import { PasswordField } from './password-field.tsx'

interface ProofProps<Result> {
  hasPassword: boolean
  button: string
  children?: ReactNode
  act(password: string): Promise<Result>
  then(result: Result): void
}

export function Proof<Result>({ hasPassword, button, children, act, then }: ProofProps<Result>) {
  const { say } = useDesk()
  const [password, setPassword] = useState('')
  const { isBusy, failure, submit } = useSubmission(
    () => act(password),
    (result) => {
      setPassword('')
      then(result)
    },
  )
  return (
    <form className="stack" onSubmit={submit}>
      {children}
      {hasPassword ? (
        <PasswordField label={say('accountProve')} password={password} set={setPassword} />
      ) : (
        <p className="quiet">{say('accountProveFresh')}</p>
      )}
      <Failed failure={failure} />
      <p>
        <button type="submit" className="button" aria-disabled={isBusy}>
          {button}
        </button>
      </p>
    </form>
  )
}

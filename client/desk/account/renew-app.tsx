/** Another app with codes in the place of the one of now. */
import { useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from '../sign-in/failed.tsx'
import { QrCode } from '../sign-in/qr-code.tsx'
import { CodeField } from '../sign-in/sign-in-page.tsx'
import { useAccountAgain } from './account-query.ts'
import * as api from './api.ts'
import { Proof } from './proof.tsx'

type Begun = Awaited<ReturnType<typeof api.beginApp>>

export function RenewApp({ hasPassword }: { hasPassword: boolean }) {
  const { say } = useDesk()
  const again = useAccountAgain()
  const [begun, setBegun] = useState<Begun | null>(null)
  const [isDone, setDone] = useState(false)
  return (
    <details>
      <summary>{say('accountRenew')}</summary>
      {begun ? (
        <ConfirmApp
          begun={begun}
          then={() => {
            setBegun(null)
            setDone(true)
            again()
          }}
        />
      ) : (
        <Proof hasPassword={hasPassword} button={say('accountContinue')} act={api.beginApp} then={setBegun} />
      )}
      {isDone && <p role="status">{say('accountRenewDone')}</p>}
    </details>
  )
}

function ConfirmApp({ begun, then }: { begun: Begun; then(): void }) {
  const { say } = useDesk()
  const [code, setCode] = useState('')
  const { isBusy, failure, submit } = useSubmission(() => api.confirmApp(begun.id, code), then)
  return (
    <form className="stack" onSubmit={submit}>
      <QrCode text={begun.address} />
      <p>
        {say('enrolSecret')} <code className="secret">{begun.secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <CodeField label={say('enrolCode')} code={code} setCode={setCode} />
      <Failed failure={failure} />
      <p>
        <button type="submit" className="button" aria-disabled={isBusy}>
          {say('enrolButton')}
        </button>
      </p>
    </form>
  )
}

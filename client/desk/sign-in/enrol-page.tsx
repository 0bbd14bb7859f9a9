/** The second step is set up: scan, confirm, keep the recovery codes. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '../api.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from './failed.tsx'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { CodeField } from './sign-in-page.tsx'

export function EnrolPage({ then }: { then(): void }) {
  const { say } = useDesk()
  const begun = useQuery({
    queryKey: ['one-time-codes'],
    queryFn: api.beginOneTimeCodes,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  return (
    <Page title={say('enrolTitle')}>
      <Fetched query={begun}>{(factor) => <Enrolling factor={factor} then={then} />}</Fetched>
    </Page>
  )
}

function Enrolling({ factor, then }: { factor: { id: string; secret: string; address: string }; then(): void }) {
  const { say } = useDesk()
  const [code, setCode] = useState('')
  const [codes, setCodes] = useState<string[] | null>(null)
  const { isBusy, failure, submit } = useSubmission(
    () => api.confirmOneTimeCodes(factor.id, code),
    ({ recoveryCodes }) => setCodes(recoveryCodes),
  )
  if (codes) return <RecoveryCodes codes={codes} then={then} />
  return (
    <>
      <p className="lead">{say('enrolLead')}</p>
      <QrCode text={factor.address} />
      <p>
        {say('enrolSecret')} <code className="secret">{factor.secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <form className="stack" onSubmit={submit}>
        <CodeField label={say('enrolCode')} code={code} setCode={setCode} />
        <Failed failure={failure} />
        <p>
          <button type="submit" className="button button-primary" aria-disabled={isBusy}>
            {say('enrolButton')}
          </button>
        </p>
      </form>
    </>
  )
}

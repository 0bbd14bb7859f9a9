/** Codes for whoever lost the second step. */
import { useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { RecoveryCodes } from '../sign-in/recovery-codes.tsx'
import { useAccountAgain } from './account-query.ts'
import * as api from './api.ts'
import { Proof } from './proof.tsx'

export function Recovery({ account }: { account: api.Account }) {
  const { say, count } = useDesk()
  const again = useAccountAgain()
  const [codes, setCodes] = useState<string[] | null>(null)
  return (
    <section className="card" aria-labelledby="recovery-left">
      <h2 id="recovery-left">{say('accountCodesTitle')}</h2>
      <p>{count('accountCodesLeft', account.recoveryCodes)}</p>
      {codes ? (
        <RecoveryCodes codes={codes} then={() => setCodes(null)} />
      ) : (
        <details>
          <summary>{say('accountCodesRenew')}</summary>
          <p className="quiet">{say('accountCodesNote')}</p>
          <Proof
            hasPassword={account.hasPassword}
            button={say('accountCodesRenew')}
            act={api.renewCodes}
            then={({ recoveryCodes }) => {
              setCodes(recoveryCodes)
              again()
            }}
          />
        </details>
      )}
    </section>
  )
}

/** What comes after the password: an app with codes, passkeys. */
import { useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useAccountAgain } from './account-query.ts'
import * as api from './api.ts'
import { Proof } from './proof.tsx'
import { RenewApp } from './renew-app.tsx'

export function SecondFactors({ account }: { account: api.Account }) {
  const { say } = useDesk()
  return (
    <section className="card" aria-labelledby="factors">
      <h2 id="factors">{say('accountFactorsTitle')}</h2>
      <p className="quiet">{say('accountFactorsLead')}</p>
      <ul className="account-list">
        {account.factors.map((factor) => (
          <FactorRow key={factor.id} factor={factor} account={account} />
        ))}
      </ul>
      <AddPasskey hasPassword={account.hasPassword} />
      <RenewApp hasPassword={account.hasPassword} />
    </section>
  )
}

function FactorRow({ factor, account }: { factor: api.Factor; account: api.Account }) {
  const { say, date } = useDesk()
  const again = useAccountAgain()
  const [isRemoving, setRemoving] = useState(false)
  const since = date(factor.createdAt)
  const called = factor.kind === 'totp' ? say('accountApp', { date: since }) : say('accountPasskey', { name: factor.name, date: since })
  return (
    <li>
      <span>{called}</span>
      {account.factors.length > 1 && (
        <button
          type="button"
          className="button-quiet"
          aria-expanded={isRemoving}
          aria-label={say('accountRemoveOf', { name: called })}
          onClick={() => setRemoving(!isRemoving)}
        >
          {say('accountRemove')}
        </button>
      )}
      {isRemoving && (
        <Proof
          hasPassword={account.hasPassword}
          button={say('accountRemove')}
          act={(password) => api.removeFactor(factor.id, password)}
          then={again}
        />
      )}
    </li>
  )
}

function AddPasskey({ hasPassword }: { hasPassword: boolean }) {
  const { say } = useDesk()
  const again = useAccountAgain()
  const [name, setName] = useState('')
  const [isDone, setDone] = useState(false)
  if (!('PublicKeyCredential' in window)) return null
  return (
    <details>
      <summary>{say('accountAddPasskey')}</summary>
      <Proof
        hasPassword={hasPassword}
        button={say('accountAddPasskey')}
        act={(password) => api.addPasskey(password, name)}
        then={() => {
          setName('')
          setDone(true)
          again()
        }}
      >
        <label className="field">
          {say('accountPasskeyName')}
          <input type="text" required maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
        </label>
      </Proof>
      {isDone && <p role="status">{say('accountPasskeyDone')}</p>}
    </details>
  )
}

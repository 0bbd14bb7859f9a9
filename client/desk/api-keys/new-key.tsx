/** Makes a key, and shows it: once. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { StaffRole } from '../../../server/access/roles.ts'
import { Proof } from '../account/proof.tsx'
import { useDesk } from '../shell/language.tsx'
import { roleLabels } from '../shell/role-labels.ts'
import { type Keys, keysQuery, type Made, makeKey } from './api.ts'

export function NewKey({ keys: { offers, days }, hasPassword }: { keys: Keys; hasPassword: boolean }) {
  const { say } = useDesk()
  const client = useQueryClient()
  const [wanted, setWanted] = useState({ name: '', study: '', role: '', until: '' })
  const [made, setMade] = useState<Made | null>(null)
  const offer = offers.find(({ study }) => study === wanted.study) ?? offers[0]
  const role = offer?.roles.find((one) => one === wanted.role) ?? offer?.roles[0]
  if (!offer || !role) return null
  return (
    <details>
      <summary>{say('keyNew')}</summary>
      <Proof
        hasPassword={hasPassword}
        button={say('keyMake')}
        act={(password) => makeKey(password, { ...wanted, study: offer.study, role })}
        then={(key) => {
          setMade(key)
          setWanted({ ...wanted, name: '' })
          void client.invalidateQueries(keysQuery)
        }}
      >
        <label className="field">
          {say('keyName')}
          <input
            type="text"
            required
            maxLength={100}
            value={wanted.name}
            onChange={({ target }) => setWanted({ ...wanted, name: target.value })}
          />
        </label>
        <label className="field">
          {say('keyStudy')}
          <select value={offer.study} onChange={({ target }) => setWanted({ ...wanted, study: target.value })}>
            {offers.map(({ study, title }) => (
              <option key={study} value={study}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {say('keyRole')}
          <select value={role} onChange={({ target }) => setWanted({ ...wanted, role: target.value })}>
            {offer.roles.map((one) => (
              <option key={one} value={one}>
                {say(roleLabels[one as StaffRole])}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {say('keyUntil')}
          <input
            type="date"
            required
            min={days.first}
            max={days.last}
            value={wanted.until}
            onChange={({ target }) => setWanted({ ...wanted, until: target.value })}
          />
        </label>
      </Proof>
      {made && <TheKey made={made} />}
    </details>
  )
}

/** The one time that it can be read. */
function TheKey({ made: { key } }: { made: Made }) {
  const { say } = useDesk()
  const [isCopied, setCopied] = useState(false)
  return (
    <div className="alert" role="status">
      <p>{say('keyOnce')}</p>
      <p>
        <code className="key-text">{key}</code>
      </p>
      <p>
        <button type="button" className="button" onClick={() => void navigator.clipboard.writeText(key).then(() => setCopied(true))}>
          {say(isCopied ? 'keyCopied' : 'keyCopy')}
        </button>
      </p>
    </div>
  )
}

/** Keys by which other software reads a study in one's name: those there are, and a new one. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../shell/confirm-button.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { roleLabels } from '../shell/role-labels.ts'
import { type Key, keysQuery, revokeKey } from './api.ts'
import { NewKey } from './new-key.tsx'

const states = { good: 'keyGood', over: 'keyOver', revoked: 'keyRevoked', 'without role': 'keyWithoutRole' } as const

export function ApiKeys({ hasPassword }: { hasPassword: boolean }) {
  const { say } = useDesk()
  const query = useQuery(keysQuery)
  return (
    <section className="card" aria-labelledby="keys">
      <h2 id="keys">{say('keysTitle')}</h2>
      <p className="quiet">
        {say('keysLead')} <a href="/api/docs">{say('keysDocs')}</a>
      </p>
      <Fetched query={query}>
        {(keys) => (
          <>
            {keys.keys.length === 0 ? (
              <p>{say('keysNone')}</p>
            ) : (
              <ul className="account-list">
                {keys.keys.map((key) => (
                  <KeyRow key={key.id} of={key} />
                ))}
              </ul>
            )}
            {keys.offers.length > 0 && <NewKey keys={keys} hasPassword={hasPassword} />}
          </>
        )}
      </Fetched>
    </section>
  )
}

function KeyRow({ of: { id, name, title, role, state, createdAt, expiresAt, lastUsedAt } }: { of: Key }) {
  const { say, date, moment } = useDesk()
  const client = useQueryClient()
  const isGood = state === 'good' || state === 'without role'
  // The moment at which it ends is the beginning of the day after its last one.
  const until = date(new Date(Date.parse(expiresAt) - 1).toISOString())
  return (
    <li>
      <span>
        <strong>{name}</strong>
        {', '}
        {say(roleLabels[role as keyof typeof roleLabels])} <span className="quiet">({title})</span>
        <br />
        <span className={state === 'good' ? 'quiet' : undefined}>{say(states[state], { date: until })}</span>
        <br />
        <span className="quiet">
          {say('keyMade', { date: date(createdAt) })}{' '}
          {lastUsedAt === null ? say('keyNeverUsed') : say('keyLastUsed', { moment: moment(lastUsedAt) })}
        </span>
      </span>
      {isGood && (
        <ConfirmButton
          label={say('keyRevoke')}
          about={say('keyRevokeOf', { name })}
          ask={say('keyRevokeAsk', { name })}
          act={() => revokeKey(id)}
          then={() => void client.invalidateQueries(keysQuery)}
        />
      )}
    </li>
  )
}

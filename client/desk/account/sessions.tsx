import { ConfirmButton } from '../shell/confirm-button.tsx'
import { useDesk } from '../shell/language.tsx'
import * as api from './api.ts'

/** Where the account is signed in at this moment, and the way out of all of it. */
export function Sessions({ account: { sessions } }: { account: api.Account }) {
  const { say, moment } = useDesk()
  return (
    <section className="card" aria-labelledby="sessions">
      <h2 id="sessions">{say('accountSessionsTitle')}</h2>
      <ul>
        {sessions.map(({ createdAt, lastSeenAt, isThis }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sessions have no other name here
          <li key={index}>
            {say('accountSession', { since: moment(createdAt), seen: moment(lastSeenAt) })}
            {isThis && <strong> ({say('accountSessionThis')})</strong>}
          </li>
        ))}
      </ul>
      <ConfirmButton
        label={say('accountEverywhere')}
        ask={say('accountEverywhereAsk')}
        act={api.signOutEverywhere}
        then={() => location.assign('/desk')}
      />
    </section>
  )
}

import { useState } from 'react'
import * as api from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'

interface OtherAccountProps {
  /** Who is signed in now. */
  now: string
  /** Whose typing waits in this window. */
  before: string
  /** Looks who is signed in. */
  look(): void
}

/** Somebody else signed in at this browser while a colleague's typing was not saved: it waits for the colleague, out of sight. */
export function OtherAccount({ now, before, look }: OtherAccountProps) {
  const { say } = useDesk()
  const [isBusy, setBusy] = useState(false)
  return (
    <Page title={say('otherAccountTitle', { before })}>
      <p className="lead">{say('otherAccountLead', { before, now })}</p>
      <p>{say('otherAccountHow', { before })}</p>
      <p className="buttons">
        <button
          type="button"
          className="button button-primary"
          aria-disabled={isBusy}
          onClick={() => {
            if (isBusy) return
            setBusy(true)
            void api
              .signOut()
              .catch(() => null)
              .finally(look)
          }}
        >
          {say('otherAccountBack', { before })}
        </button>
        <button type="button" className="button" onClick={() => location.replace('/desk')}>
          {say('otherAccountDrop', { now })}
        </button>
      </p>
    </Page>
  )
}

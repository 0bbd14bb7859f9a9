import { useQuery } from '@tanstack/react-query'
import { accountQuery } from '../account/account-query.ts'
import { MailLanguage } from '../account/mail-language.tsx'
import { Password } from '../account/password.tsx'
import { Recovery } from '../account/recovery.tsx'
import { SecondFactors } from '../account/second-factors.tsx'
import { Sessions } from '../account/sessions.tsx'
import { ApiKeys } from '../api-keys/api-keys.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'

/** One's own account. */
export function AccountPage() {
  const { say } = useDesk()
  const query = useQuery(accountQuery)
  return (
    <Page title={say('accountTitle')}>
      <Fetched query={query}>
        {(account) => (
          <>
            <p>
              {account.name} <span className="quiet">({account.address})</span>
              {account.singleSignOn && <span className="quiet"> {say('accountSingleSignOn')}</span>}
            </p>
            <div className="account-parts">
              <Password account={account} />
              <SecondFactors account={account} />
              <Recovery account={account} />
              <Sessions account={account} />
              <ApiKeys hasPassword={account.hasPassword} />
              <MailLanguage account={account} />
            </div>
          </>
        )}
      </Fetched>
    </Page>
  )
}

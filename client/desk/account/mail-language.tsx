import { useDesk } from '../shell/language.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from '../sign-in/failed.tsx'
import { useAccountAgain } from './account-query.ts'
import * as api from './api.ts'

/** The language of mail to this account; that of the desk is chosen at the top of every page. */
export function MailLanguage({ account }: { account: api.Account }) {
  const { say } = useDesk()
  const again = useAccountAgain()
  const other = account.language === 'en' ? ('nl' as const) : ('en' as const)
  const { isBusy, failure, submit } = useSubmission(() => api.chooseLanguage(other), again)
  return (
    <section className="card">
      <label className="field">
        {say('accountLanguageTitle')}
        <select value={account.language} disabled={isBusy} onChange={() => void submit()}>
          <option value="nl">Nederlands</option>
          <option value="en">English</option>
        </select>
      </label>
      <Failed failure={failure} />
    </section>
  )
}

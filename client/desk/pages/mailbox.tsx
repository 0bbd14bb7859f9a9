import { useInfiniteQuery } from '@tanstack/react-query'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { mailsQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { MoreButton } from '../shell/more-button.tsx'
import { Page } from '../shell/page.tsx'

/** Every mail that the demonstration's mail server received, newest first. */
export function MailboxPage() {
  const { say, count } = useDesk()
  const search = new URLSearchParams(useSearch()).get('search') ?? ''
  const query = useInfiniteQuery(mailsQuery(search))
  const choose = (text: string) =>
    navigate(text === '' ? '/mailbox' : `/mailbox?${new URLSearchParams({ search: text })}`, { replace: true })
  return (
    <Page title={say('mailboxTitle')}>
      <p>{say('mailboxLead')}</p>
      <search className="filters">
        <label className="field field-wide">
          {say('mailboxSearch')}
          <input type="search" value={search} onChange={({ target }) => choose(target.value)} />
        </label>
      </search>
      <Fetched query={query}>
        {({ pages }) => {
          const mails = pages.flatMap((page) => page.mails)
          const total = pages[0]?.total ?? 0
          return (
            <>
              <p className="quiet" role="status">
                {total > 0 ? count('mailCount', total) : search === '' ? say('mailboxEmpty') : say('mailboxNone')}
              </p>
              {total > 0 && <Mails mails={mails} />}
              <MoreButton query={query} />
            </>
          )
        }}
      </Fetched>
    </Page>
  )
}

function Mails({ mails }: { mails: { number: number; at: string; to: string; subject: string }[] }) {
  const { say, moment } = useDesk()
  return (
    <ul className="mails" aria-label={say('mailboxTitle')}>
      {mails.map(({ number, at, to, subject }) => (
        <li key={number}>
          <Link className="mail-row" href={`/mailbox/${number}`}>
            <span className="mail-subject">{subject}</span>
            <span className="mail-to">{to}</span>
            <time className="quiet" dateTime={at}>
              {moment(at)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  )
}

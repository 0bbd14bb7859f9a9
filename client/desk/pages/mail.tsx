import { useQuery } from '@tanstack/react-query'
import { mailAsHtml } from '../api.ts'
import { mailQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'

/** One mail: its text, and the link in it. */
export function MailPage({ number }: { number: string }) {
  const { say, moment } = useDesk()
  const query = useQuery(mailQuery(number))
  return (
    <Page title={query.data?.subject ?? say('mailboxTitle')} back={<Link href="/mailbox">{say('mailBack')}</Link>}>
      <Fetched query={query}>
        {(mail) => (
          <>
            <dl className="facts">
              <div>
                <dt>{say('mailboxTo')}</dt>
                <dd>{mail.to}</dd>
              </div>
              <div>
                <dt>{say('mailFrom')}</dt>
                <dd>{mail.from}</dd>
              </div>
              <div>
                <dt>{say('mailboxAt')}</dt>
                <dd>
                  <time dateTime={mail.at}>{moment(mail.at)}</time>
                </dd>
              </div>
            </dl>
            {mail.link && (
              <p className="buttons">
                <a className="button button-primary" href={mail.link} target="_blank" rel="noopener">
                  {say('mailOpen')}
                </a>
                <span className="quiet">{say('mailOpenNote', { to: mail.to })}</span>
              </p>
            )}
            <section className="card letter" aria-label={say('mailText')}>
              <Letter text={mail.text} />
            </section>
            {mail.hasHtml && (
              <p>
                <a href={mailAsHtml(mail.number)} target="_blank" rel="noopener">
                  {say('mailHtml')} <span className="quiet">{say('newTab')}</span>
                </a>
              </p>
            )}
          </>
        )}
      </Fetched>
    </Page>
  )
}

const address = /(https?:\/\/\S+)/

/** Plain text with its addresses as links. */
function Letter({ text }: { text: string }) {
  return (
    <p className="letter-text">
      {text.split(address).map((part, index) =>
        index % 2 === 1 ? (
          <a key={part} href={part} target="_blank" rel="noopener">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  )
}

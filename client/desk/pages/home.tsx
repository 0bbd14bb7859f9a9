import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Study } from '../api.ts'
import { MoveClock } from '../home/move-clock.tsx'
import { ResponseSoFar } from '../home/response-so-far.tsx'
import { mailsQuery, mailToTryQuery, responseQuery, studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'

/** What the demonstration is, three things to do in it, and how the study stands. */
export function HomePage() {
  const { say } = useDesk()
  const { id } = useStudy()
  const study = useQuery(studyQuery(id))
  const response = useQuery(responseQuery(id))
  return (
    <Page title={say('homeTitle')}>
      <p className="lead">{say('homeLead', { cases: response.data?.cases ?? 70 })}</p>
      <p>{say('homeHow')}</p>
      <Steps />
      <section className="section" aria-labelledby="response">
        <h2 id="response">{say('responseTitle')}</h2>
        <Fetched query={response}>
          {(table) => <Fetched query={study}>{(known) => <ResponseSoFar table={table} study={known} />}</Fetched>}
        </Fetched>
      </section>
      <section className="section" aria-labelledby="study">
        <h2 id="study">{say('studyTitle')}</h2>
        <Fetched query={study}>{(known) => <AboutStudy study={known} />}</Fetched>
      </section>
    </Page>
  )
}

function Steps() {
  const { say } = useDesk()
  const { at } = useStudy()
  const mails = useInfiniteQuery(mailsQuery(''))
  return (
    <section className="section" aria-labelledby="steps">
      <h2 id="steps">{say('stepsTitle')}</h2>
      <ol className="steps">
        <li className="card">
          <h3>{say('step1Title')}</h3>
          <MailToTry />
          <p>
            <Link href="/mailbox">{say('step1All', { count: mails.data?.pages[0]?.total ?? '…' })}</Link>
          </p>
        </li>
        <li className="card">
          <h3>{say('step2Title')}</h3>
          <p>{say('step2')}</p>
          <p>
            <Link href={at('/cases')}>{say('step2Link')}</Link>
          </p>
        </li>
        <li className="card">
          <h3>{say('step3Title')}</h3>
          <MoveClock />
        </li>
      </ol>
    </section>
  )
}

function MailToTry() {
  const { say, moment } = useDesk()
  const query = useQuery(mailToTryQuery)
  return (
    <Fetched query={query}>
      {({ mail }) =>
        mail ? (
          <>
            <p>{say('step1')}</p>
            <p>
              <Link className="mail-to-try" href={`/mailbox/${mail.number}`}>
                <strong>{mail.subject}</strong>
                <span className="quiet">
                  {mail.to}, {moment(mail.at)}
                </span>
              </Link>
            </p>
          </>
        ) : (
          <p>{say('step1None')}</p>
        )
      }
    </Fetched>
  )
}

function AboutStudy({ study }: { study: Study }) {
  const { say } = useDesk()
  return (
    <dl className="facts">
      <div>
        <dt>{say('studyProtocol')}</dt>
        <dd>
          <Text of={study.protocol.title} /> <code>{study.protocol.reference}</code>
        </dd>
      </div>
      <div>
        <dt>{say('studyOrganisation')}</dt>
        <dd lang="nl">{study.organisation}</dd>
      </div>
      <div>
        <dt>{say('studyStandIns')}</dt>
        <dd>
          <p>{say('studyStandInsWhy')}</p>
          <details>
            <summary>{say('studyStandInsAll', { count: study.standIns.length })}</summary>
            <ul>
              {study.standIns.map((reference) => (
                <li key={reference}>
                  <code>{reference}</code>
                </li>
              ))}
            </ul>
          </details>
        </dd>
      </div>
    </dl>
  )
}

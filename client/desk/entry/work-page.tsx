/** What there is to type in: what is not finished, what is open for staff themselves, and the way to any family. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { navigate } from '../../ui/navigation.ts'
import { Fetched } from '../shell/fetched.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'
import { type Work, workQuery } from './api.ts'

export function WorkPage() {
  const { say } = useDesk()
  const { id } = useStudy()
  const query = useQuery({ ...workQuery(id), refetchInterval: 30_000 })
  return (
    <Page title={say('entryTitle')}>
      <p className="lead">{say('entryLead')}</p>
      <FindFamily />
      <Fetched query={query}>
        {(work) => (
          <>
            <Typing lines={work.typing} />
            <Open lines={work.work} />
          </>
        )}
      </Fetched>
    </Page>
  )
}

function FindFamily() {
  const { say } = useDesk()
  const { at } = useStudy()
  const [code, setCode] = useState('')
  return (
    <form
      className="filters entry-find"
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim() !== '') navigate(at(`/cases/${encodeURIComponent(code.trim())}/entry`))
      }}
    >
      <label className="field">
        {say('entryFind')}
        <input type="text" value={code} onChange={({ target }) => setCode(target.value)} autoComplete="off" />
      </label>
      <button type="submit" className="button">
        {say('entryFindGo')}
      </button>
    </form>
  )
}

function Typing({ lines }: { lines: Work['typing'] }) {
  const { say, moment } = useDesk()
  const { at } = useStudy()
  /** Two typings of one list are one line, and the second says where it stands. */
  const byList = [...Map.groupBy(lines, ({ assignment }) => assignment).values()]
  return (
    <section className="section" aria-labelledby="typing-now">
      <h2 id="typing-now">{say('entryUnder')}</h2>
      {lines.length === 0 ? (
        <p className="quiet">{say('entryUnderNone')}</p>
      ) : (
        <ul className="entry-lines">
          {byList.map(
            ([line, other]) =>
              line && (
                <li key={line.assignment}>
                  <Link href={at(`/cases/${line.caseCode}/entry/${line.assignment}`)}>
                    {line.caseCode} {line.wave}: <Text of={line.title} />
                  </Link>{' '}
                  <span className="quiet">
                    {say('entryBy', { name: line.by ?? say('entryBySomebody'), moment: moment(line.savedAt) })}
                    {line.state === 'typed' && other?.state === 'typed' && `, ${say('entryTypedBoth')}`}
                    {line.state === 'typed' && !other && `, ${say('entryWaits')}`}
                    {other?.state === 'typing' &&
                      `; ${say('entryBy', { name: other.by ?? say('entryBySomebody'), moment: moment(other.savedAt) })}`}
                  </span>
                </li>
              ),
          )}
        </ul>
      )}
    </section>
  )
}

function Open({ lines }: { lines: Work['work'] }) {
  const { say, lastDay } = useDesk()
  const { at } = useStudy()
  return (
    <section className="section" aria-labelledby="work-open">
      <h2 id="work-open">{say('entryWork')}</h2>
      {lines.length === 0 ? (
        <p className="quiet">{say('entryWorkNone')}</p>
      ) : (
        <ul className="entry-lines">
          {lines.map((line) => (
            <li key={line.assignment}>
              <Link href={at(`/cases/${line.caseCode}/entry/${line.assignment}`)}>
                {line.caseCode} {line.wave}: <Text of={line.title} />
              </Link>{' '}
              <span className="quiet">
                <Text of={line.roleTitle} />, {say('entryClosesOn', { day: lastDay(line.closesAt) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

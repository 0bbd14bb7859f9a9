/** One list to type in: how the answers came first, then the list itself. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'
import { type Finished, type ListToType, listQuery, type Place } from './api.ts'
import { BeginEntry } from './begin-entry.tsx'
import { DiscardEntry } from './discard-entry.tsx'
import { useWhose } from './labels.ts'

/** With survey-core: only who types a list in fetches it. */
const TypingList = lazy(() => import('./typing-list.tsx').then(({ TypingList }) => ({ default: TypingList })))

export function TypingPage({ code, assignment }: { code: string; assignment: string }) {
  const { say, language } = useDesk()
  const { id, at } = useStudy()
  const client = useQueryClient()
  const place: Place = { study: id, code, assignment }
  const query = useQuery(listQuery(place))
  const whose = useWhose()
  const [finished, setFinished] = useState<Finished | null>(null)
  const title = query.data ? (query.data.title[language] ?? query.data.title.nl ?? '') : say('entryTitle')

  const end = (outcome: Finished) => {
    setFinished(outcome)
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'entry' || queryKey[3] !== assignment })
  }
  return (
    <Page title={title} back={<Link href={at(`/cases/${code}/entry`)}>{say('entryCaseTitle', { code })}</Link>}>
      <Fetched query={query}>
        {(list) => (
          <>
            <p className="lead">
              {code} · {list.wave} · {whose(list)} {list.standIn && <span className="tag">{say('standIn')}</span>}
            </p>
            {finished ? (
              <Done finished={finished} list={list} place={place} />
            ) : list.own ? (
              <>
                <Suspense
                  fallback={
                    <p className="quiet" role="status">
                      {say('loading')}
                    </p>
                  }
                >
                  <TypingList key={list.own.pass} list={list} own={list.own} place={place} onFinished={end} />
                </Suspense>
                <DiscardEntry place={place} pass={list.own.pass} onDiscarded={() => void query.refetch()} />
              </>
            ) : (
              <BeginEntry list={list} place={place} onBegun={(begun) => client.setQueryData(listQuery(place).queryKey, begun)} />
            )}
          </>
        )}
      </Fetched>
    </Page>
  )
}

/** What became of it, and where to go on. */
function Done({ finished, list, place }: { finished: Finished; list: ListToType; place: Place }) {
  const { say, count } = useDesk()
  const { at } = useStudy()
  const here = at(`/cases/${place.code}/entry`)
  const other = list.otherWaves.find(({ answers }) => answers === null)
  return (
    <section className="section" aria-labelledby="finished">
      <h2 id="finished" tabIndex={-1} ref={(heading) => heading?.focus()}>
        {say('entryFinished')}
      </h2>
      <p>
        {finished.outcome === 'completed'
          ? say('entryFinishedLead')
          : finished.outcome === 'waits'
            ? say('entryFinishedWaits')
            : count('entryFinishedDiffers', finished.items)}
      </p>
      <p className="buttons">
        {finished.outcome === 'differs' && (
          <Link className="button button-primary" href={`${here}/${place.assignment}/compare`}>
            {say('entryCompare')}
          </Link>
        )}
        {finished.outcome === 'completed' && other && (
          <Link className="button button-primary" href={`${here}/${other.assignment}`}>
            {say('entryOtherWave', { wave: other.wave })}
          </Link>
        )}
        <Link className="button" href={here}>
          {say('entryLists')}
        </Link>
        <Link className="button" href={at('/entry')}>
          {say('entryTitle')}
        </Link>
      </p>
    </section>
  )
}

/** Questions about values in the whole study, by where they stand. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { MoreButton } from '../shell/more-button.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'
import { type QueryState, queriesQuery, queryStates } from './api.ts'
import { Queries, stateTexts } from './query-thread.tsx'

export function QueriesPage() {
  const { say } = useDesk()
  const { id } = useStudy()
  const chosen = new URLSearchParams(useSearch()).get('state')
  const state: QueryState = queryStates.find((one) => one === chosen) ?? 'open'
  const query = useInfiniteQuery(queriesQuery(id, state))
  return (
    <Page title={say('queriesTitle')}>
      <p className="lead">{say('queriesLead')}</p>
      <div className="filters entry-find">
        <label className="field">
          {say('queriesState')}
          <select value={state} onChange={({ target }) => navigate(`${location.pathname}?state=${target.value}`, { replace: true })}>
            {queryStates.map((one) => (
              <option key={one} value={one}>
                {say(stateTexts[one])}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Fetched query={query}>
        {({ pages }) => {
          const queries = pages.flatMap((page) => page.queries)
          return queries.length === 0 ? <p>{say('queriesNone')}</p> : <Queries queries={queries} isFar />
        }}
      </Fetched>
      <MoreButton query={query} />
    </Page>
  )
}

/** The access log with its filters; the choice is in the address. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { usePath } from '../shell/link.tsx'
import { type Choice, getLog, type LogPart, type Place } from './api.ts'
import { LogLine } from './log-line.tsx'
import { type Action, phrases } from './phrases.ts'

export function AccessLog({ place }: { place: Place }) {
  const { say } = useDesk()
  const parameters = new URLSearchParams(useSearch())
  const of = (name: string) => parameters.get(name) ?? ''
  const choice: Choice = { who: of('who'), action: of('action'), outcome: of('outcome') }
  const query = useInfiniteQuery({
    queryKey: ['access', place, choice],
    queryFn: ({ pageParam }) => getLog(place, choice, pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const isChosen = Object.values(choice).some(Boolean)
  return (
    <>
      <Filters choice={choice} people={query.data?.pages[0]?.people ?? []} />
      <Fetched query={query}>
        {({ pages }) => {
          const rows = pages.flatMap((part) => part.rows)
          if (rows.length === 0) return <p role="status">{say(isChosen ? 'accessNoneChosen' : 'accessNone')}</p>
          return (
            <>
              <ul className="log">
                {rows.map((row) => (
                  <LogLine key={row.id} row={row} study={place.study} />
                ))}
              </ul>
              {query.hasNextPage && (
                <p className="more">
                  <button type="button" className="button" onClick={() => void query.fetchNextPage()}>
                    {query.isFetchingNextPage ? say('loading') : say('accessOlder')}
                  </button>
                </p>
              )}
            </>
          )
        }}
      </Fetched>
    </>
  )
}

function Filters({ choice, people }: { choice: Choice; people: LogPart['people'] }) {
  const { say } = useDesk()
  const path = usePath()
  const choose = (change: Partial<Choice>) => {
    const chosen = Object.entries({ ...choice, ...change }).filter(([, value]) => value !== '')
    navigate(chosen.length === 0 ? path : `${path}?${new URLSearchParams(chosen)}`, { replace: true })
  }
  // Two names of one thing (an action, and below it the permission for it) are one choice: the action.
  const actions = [...new Map((Object.keys(phrases) as Action[]).toReversed().map((action) => [say(phrases[action]), action]))]
  return (
    <search className="filters">
      <label className="field">
        {say('accessWho')}
        <select value={choice.who} onChange={({ target }) => choose({ who: target.value })}>
          <option value="">{say('all')}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say('accessWhat')}
        <select value={choice.action} onChange={({ target }) => choose({ action: target.value })}>
          <option value="">{say('all')}</option>
          {actions
            .toSorted(([a], [b]) => a.localeCompare(b))
            .map(([text, action]) => (
              <option key={action} value={action}>
                {text}
              </option>
            ))}
        </select>
      </label>
      <label className="field">
        {say('accessOutcome')}
        <select value={choice.outcome} onChange={({ target }) => choose({ outcome: target.value })}>
          <option value="">{say('all')}</option>
          <option value="allowed">{say('accessAllowed')}</option>
          <option value="refused">{say('accessRefused')}</option>
        </select>
      </label>
    </search>
  )
}

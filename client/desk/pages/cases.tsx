import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { type CaseChoice, casesQuery, choiceIn, searchOf } from '../cases/api.ts'
import { CaseTable } from '../cases/case-table.tsx'
import { Legend } from '../cases/marks.tsx'
import { stateLabels } from '../cases/state-labels.ts'
import { studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { MoreButton } from '../shell/more-button.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'

/** All families, with a mark for each list; the choice is in the address, so that it can be kept and shared. */
export function CasesPage() {
  const { say, count } = useDesk()
  const choice = choiceIn(useSearch())
  const { id, at } = useStudy()
  const study = useQuery(studyQuery(id))
  const query = useInfiniteQuery(casesQuery(id, choice))
  return (
    <Page title={say('casesTitle')}>
      <Fetched query={study}>
        {(known) => (
          <>
            <Filters choice={choice} study={known} />
            <Fetched query={query}>
              {({ pages }) => {
                const total = pages[0]?.total ?? 0
                return (
                  <>
                    <p className="quiet" role="status">
                      {total === 0 ? say('casesNone') : count('caseCount', total)}
                    </p>
                    {total === 0 ? (
                      <p>
                        <Link href={at('/cases')}>{say('casesClear')}</Link>
                      </p>
                    ) : (
                      <>
                        <Legend />
                        <CaseTable cases={pages.flatMap(({ cases }) => cases)} study={known} />
                      </>
                    )}
                    <MoreButton query={query} />
                  </>
                )
              }}
            </Fetched>
          </>
        )}
      </Fetched>
    </Page>
  )
}

function Filters({ choice, study }: { choice: CaseChoice; study: Study }) {
  const { say, language } = useDesk()
  const address = useStudy().at('/cases')
  const choose = (change: Partial<CaseChoice>) => {
    navigate(`${address}${searchOf({ ...choice, ...change })}`, { replace: true })
  }
  return (
    <search className="filters">
      <label className="field field-wide">
        {say('casesSearch')}
        <input type="search" value={choice.search ?? ''} onChange={({ target }) => choose({ search: target.value })} />
      </label>
      <label className="field">
        {say('casesArm')}
        <select value={choice.arm ?? ''} onChange={({ target }) => choose({ arm: target.value })}>
          <option value="">{say('all')}</option>
          {study.arms.map(({ id, title }) => (
            <option key={id} value={id}>
              {wordsIn(title, language).text}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say('casesState')}
        <select value={choice.state ?? ''} onChange={({ target }) => choose({ state: target.value })}>
          <option value="">{say('all')}</option>
          {Object.entries(stateLabels).map(([state, label]) => (
            <option key={state} value={state}>
              {say(label)}
            </option>
          ))}
        </select>
      </label>
    </search>
  )
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useSearch } from '../../ui/navigation.ts'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { type CaseChoice, casesQuery, choiceIn, searchOf } from '../cases/api.ts'
import { Behind } from '../cases/behind.tsx'
import { CaseTable } from '../cases/case-table.tsx'
import { figureLabels, isFigure } from '../cases/figure-labels.ts'
import { Filters } from '../cases/filters.tsx'
import { FindByContact } from '../cases/find-by-contact.tsx'
import { Legend } from '../cases/marks.tsx'
import { studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { MoreButton } from '../shell/more-button.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { titleOf } from '../shell/title-of.tsx'
import { useSettled } from '../shell/use-settled.ts'

/** All families, with a mark for each list; the choice is in the address, so that it can be kept and shared. */
export function CasesPage() {
  const { say, count } = useDesk()
  const address = useSearch()
  const choice = choiceIn(address)
  const { id, at } = useStudy()
  const study = useQuery(studyQuery(id))
  const query = useInfiniteQuery(casesQuery(id, choiceIn(useSettled(address))))
  const isChosen = Object.keys(choice).some((name) => name !== 'sort' && name !== 'turned')
  return (
    <Page title={say('casesTitle')}>
      <Entrances />
      <FindByContact />
      <Fetched query={study}>
        {(known) => (
          <>
            <Filters choice={choice} study={known} />
            <WhatIsShown choice={choice} study={known} />
            <Fetched query={query}>
              {({ pages }) => {
                const total = pages[0]?.total ?? 0
                if (total === 0 && !isChosen) return <NoCasesYet />
                return (
                  <>
                    <Behind cases={pages[0]?.behind ?? 0} />
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

/** For whoever may register. */
function Entrances() {
  const { say } = useDesk()
  const { id, at } = useStudy()
  if (!useMay(id, 'register cases')) return null
  return (
    <p className="buttons">
      <Link className="button button-primary" href={at('/register')}>
        {say('casesRegister')}
      </Link>
      <Link className="button" href={at('/import')}>
        {say('casesImport')}
      </Link>
    </p>
  )
}

export function NoCasesYet() {
  const { say } = useDesk()
  const { id } = useStudy()
  const mayRegister = useMay(id, 'register cases')
  return (
    <section className="card">
      <h2>{say('casesEmptyTitle')}</h2>
      <p>{mayRegister ? say('casesEmpty') : say('casesEmptyReader')}</p>
    </section>
  )
}

/** Behind a figure of the response, or without a date: the list says what it is a list of. */
function WhatIsShown({ choice, study }: { choice: CaseChoice; study: Study }) {
  const { say, language } = useDesk()
  const { at } = useStudy()
  const { wave, role, list, figure = 'open', reason } = choice
  const name = (of: Parameters<typeof titleOf>[0], id: string) => wordsIn(titleOf(of, id), language).text
  if (!choice.undated && !(wave && (role || list || choice.figure))) return null
  const parts = [
    isFigure(figure) && say(figureLabels[figure]),
    wave,
    role && name(study.roles, role),
    list && (list === '*' ? say('figureAnyList') : name(study.instruments, list)),
    reason && name(study.reasons, reason),
  ]
  const rest = { ...choice, undated: '', wave: '', role: '', list: '', figure: '', reason: '' }
  return (
    <p className="alert">
      {choice.undated ? say('casesUndated') : say('casesOfFigure', { what: parts.filter(Boolean).join(', ') })}{' '}
      <Link href={at(`/cases${searchOf(rest)}`)}>{say('casesClear')}</Link>
    </p>
  )
}

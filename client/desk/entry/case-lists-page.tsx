/** The lists of one family that can be typed in, and why the others cannot. */
import { useQuery } from '@tanstack/react-query'
import { Fetched } from '../shell/fetched.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { caseListsQuery, type ListLine } from './api.ts'
import { useWhose } from './labels.ts'

export function CaseListsPage({ code }: { code: string }) {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const query = useQuery(caseListsQuery(id, code))
  return (
    <Page title={say('entryCaseTitle', { code })} back={<Link href={at('/entry')}>{say('entryTitle')}</Link>}>
      <p className="lead">{say('entryCaseLead')}</p>
      <p>
        <Link href={at(`/cases/${code}`)}>{say('entryToCase')}</Link>
      </p>
      <Fetched query={query}>
        {({ lists }) =>
          lists.length === 0 ? (
            <p>{say('entryCaseNone')}</p>
          ) : (
            [...Map.groupBy(lists, ({ wave }) => wave)].map(([wave, ofWave]) => (
              <section key={wave} className="section" aria-labelledby={`wave-${wave}`}>
                <h2 id={`wave-${wave}`}>{wave}</h2>
                <ul className="entry-lines">
                  {ofWave.map((list) => (
                    <Line key={list.assignment} list={list} code={code} />
                  ))}
                </ul>
              </section>
            ))
          )
        }
      </Fetched>
    </Page>
  )
}

const hindrances = {
  completed: 'hinderedCompleted',
  'called off': 'hinderedCalledOff',
  stopped: 'hinderedStopped',
  consent: 'hinderedConsent',
  role: 'hinderedRole',
} as const

function Line({ list, code }: { list: ListLine; code: string }) {
  const { say, date, lastDay } = useDesk()
  const whose = useWhose()
  const { id, at } = useStudy()
  const maySee = useMay(id, 'see answers')
  const { hindrance, entries, assignment } = list
  const [first, second] = entries.filter(({ state }) => state !== 'used')
  return (
    <li>
      {hindrance === null ? (
        <Link href={at(`/cases/${code}/entry/${assignment}`)}>
          <Text of={list.title} />
        </Link>
      ) : (
        <Text of={list.title} />
      )}{' '}
      <span className="quiet">
        {whose(list)}
        {hindrance === 'ahead' && `: ${say('hinderedAhead', { day: date(list.opensAt) })}`}
        {hindrance !== null && hindrance !== 'ahead' && `: ${say(hindrances[hindrance])}`}
        {hindrance === null && list.isLate && `: ${say('entryLate', { day: lastDay(list.closesAt) })}`}
        {first?.state === 'typed' && second?.state === 'typed' && `: ${say('entryTypedBoth')}`}
        {first && first.state === 'typed' && !second && `: ${say('entryWaits')}`}
        {entries
          .filter(({ state }) => state === 'typing')
          .map(({ by, pass }) => (
            <span key={pass}>
              : {by ?? say('entryBySomebody')} {say('entryTyping')}
            </span>
          ))}
        {hindrance === null && list.begunByThem && `. ${say('entryBegunByThem')}`}
      </span>
      {hindrance === 'completed' && maySee && (
        <>
          {' '}
          <Link href={at(`/cases/${code}/answers/${assignment}`)}>{say('entryAnswers')}</Link>
        </>
      )}
    </li>
  )
}

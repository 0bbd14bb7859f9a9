import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { useStudy } from '../shell/study.tsx'
import type { Kept } from './api.ts'

/** Reports that are kept: of which moment, by whom, how they were made. `shown`: the one that is looked at. */
export function EarlierReports({ reports, shown }: { reports: Kept['reports']; shown: string | null }) {
  const { say, count } = useDesk()
  const done = reports.filter(({ state }) => state === 'done' || state === 'elsewhere')
  if (done.length === 0) return null
  return (
    <section className="section">
      <h2>{say('reportEarlier')}</h2>
      <p>{count('reportKept', done.length)}</p>
      <Scrolling label={say('reportEarlier')}>
        <table className="definitions">
          <thead>
            <tr>
              <th scope="col">{say('reportMoment')}</th>
              <th scope="col">{say('exportWho')}</th>
              <th scope="col">{say('reportManner')}</th>
              <th scope="col">{say('reportProtocol')}</th>
              <th scope="col" className="numeric">
                {say('studyExportCases')}
              </th>
              <th scope="col">{say('reportUntil')}</th>
            </tr>
          </thead>
          <tbody>
            {done.map((one) => (
              <Line key={one.id} one={one} isShown={one.id === shown} />
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}

function Line({ one, isShown }: { one: Kept['reports'][number]; isShown: boolean }) {
  const { say, moment, date, number } = useDesk()
  const { at } = useStudy()
  const manner = [
    say(one.options.percentages === 'plain' ? 'reportPercentagesPlain' : 'reportPercentagesTogether'),
    ...(one.options.maskBelow === null ? [] : [say('reportMasking')]),
    ...(one.state === 'elsewhere' ? [say('reportIsElsewhere')] : []),
    ...(one.casesRemovedAt === null ? [] : [say('reportCasesRemoved', { date: date(one.casesRemovedAt) })]),
  ]
  return (
    <tr>
      <th scope="row">
        <Link href={at(`/report?made=${one.id}`)} {...(isShown && { 'aria-current': 'true' as const })}>
          {moment(one.startedAt)}
        </Link>
      </th>
      <td>{one.by ?? ''}</td>
      <td>{manner.join('; ')}</td>
      <td>
        <code>{one.protocol}</code>
      </td>
      <td className="numeric">{number(one.cases)}</td>
      <td>{one.until === null ? '' : date(one.until)}</td>
    </tr>
  )
}

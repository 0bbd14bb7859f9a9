/** The protocol as its calendar: waves, who fills in what, one family's dates, and going over to another version. */
import { useQuery } from '@tanstack/react-query'
import { wordsIn } from '../../ui/words.ts'
import { studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { useMayEverywhere } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf, titleOf } from '../shell/title-of.tsx'
import { Adopt } from './adopt.tsx'
import { type ProtocolView, protocolQuery } from './api.ts'
import { Assumptions } from './assumptions.tsx'
import { FamilyCalendar } from './family-calendar.tsx'
import { OnlyWhen } from './only-when.tsx'

export function ProtocolPage() {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const query = useQuery(protocolQuery(id))
  const mayManage = useMayEverywhere(id, 'manage study')
  return (
    <Page title={say('protocolTitle')} back={<Link href={at('/definitions')}>{say('defBack')}</Link>}>
      <Fetched query={query}>
        {(protocol) => (
          <>
            <p className="lead">
              <Text of={protocol.title} /> <code className="quiet">{protocol.reference}</code>
            </p>
            <p className="quiet">
              {say('defSource')}: {protocol.source}
            </p>
            <Waves protocol={protocol} />
            <Schedule protocol={protocol} />
            <FamilyCalendar protocol={protocol} />
            {mayManage && <Adopt />}
            {protocol.assumptions.length > 0 && (
              <details className="card">
                <summary>{say('protocolAssumptions')}</summary>
                <Assumptions of={protocol.assumptions} />
              </details>
            )}
          </>
        )}
      </Fetched>
    </Page>
  )
}

function Waves({ protocol }: { protocol: ProtocolView }) {
  const { say, count, language } = useDesk()
  const { hour, reminders } = protocol
  const days = new Intl.ListFormat(language).format(reminders.map((one) => String(one.days)))
  return (
    <section className="section">
      <h2 id="waves">{say('protocolWaves')}</h2>
      <Scrolling label={say('protocolWaves')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('protocolWave')}</th>
              <th scope="col">{say('protocolCounts')}</th>
              <th scope="col">{say('protocolWindow')}</th>
            </tr>
          </thead>
          <tbody>
            {protocol.waves.map(({ id, title, anchors, offset, window }) => (
              <tr key={id}>
                <th scope="row">
                  {id} <Text of={title} />
                </th>
                <td>
                  {anchors.map((anchor, index) => (
                    <span key={anchor}>
                      {index > 0 && ' / '}
                      <TitleOf list={protocol.anchors} id={anchor} />
                    </span>
                  ))}
                  {offset.months !== 0 && ` + ${count('protocolMonths', offset.months)}`}
                  {offset.days !== 0 && ` + ${count('protocolDays', offset.days)}`}
                </td>
                <td>{say('protocolWindowDays', { opens: window.opens, closes: window.closes })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      <p>{say('protocolMails', { hour, days })}</p>
    </section>
  )
}

/** Table 2.1 of a report: a row for each role and list, a column for each wave. */
function Schedule({ protocol }: { protocol: ProtocolView }) {
  const { say, language, number } = useDesk()
  const { id: here, at } = useStudy()
  const { data: study } = useQuery(studyQuery(here))
  const named = (...titled: Parameters<typeof titleOf>): string => wordsIn(titleOf(...titled), language).text
  return (
    <section className="section">
      <h2 id="schedule">{say('protocolSchedule')}</h2>
      <Scrolling label={say('protocolSchedule')}>
        <table className="definitions">
          <thead>
            <tr>
              <th scope="col">{say('defAnsweredBy')}</th>
              <th scope="col">{say('defList')}</th>
              {protocol.waves.map(({ id }) => (
                <th scope="col" key={id}>
                  {id}
                </th>
              ))}
              <th scope="col">{say('protocolOnly')}</th>
            </tr>
          </thead>
          <tbody>
            {protocol.schedule.map((row) => (
              <tr key={JSON.stringify(row)}>
                <th scope="row">
                  <TitleOf list={protocol.roles} id={row.role} />
                  {row.about !== null && (
                    <span className="quiet"> {say('protocolAbout', { role: named(protocol.roles, row.about).toLowerCase() })}</span>
                  )}
                </th>
                <td>
                  <Link href={at(`/definitions/${row.instrument}`)}>
                    <TitleOf list={study?.instruments ?? []} id={row.instrument.split('@')[0] ?? ''} />
                  </Link>{' '}
                  <code className="quiet">{row.instrument}</code>
                  {row.typedTwice !== null && (
                    <span className="quiet said">
                      {row.typedTwice === 1 ? say('protocolTwice') : say('protocolTwicePart', { percent: number(row.typedTwice * 100) })}
                    </span>
                  )}
                </td>
                {protocol.waves.map(({ id }) => (
                  <td key={id}>{row.waves.includes(id) ? <span title={id}>✓</span> : ''}</td>
                ))}
                <td className="quiet">
                  {[row.cohorts, row.arms].flatMap((ids, index) =>
                    ids === null
                      ? []
                      : ids.map((one) => (
                          <span key={one}>
                            <TitleOf list={index === 0 ? protocol.cohorts : protocol.arms} id={one} />.{' '}
                          </span>
                        )),
                  )}
                  <OnlyWhen row={row} protocol={protocol} consents={study?.consents ?? []} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}

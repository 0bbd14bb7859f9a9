/** What one family of a group is asked when, on an example of dates. The choice is in the address. */
import { useQuery } from '@tanstack/react-query'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { wordsIn } from '../../ui/words.ts'
import { studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { inAddress } from '../shell/in-address.ts'
import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf, titleOf } from '../shell/title-of.tsx'
import { calendarQuery, type ProtocolView } from './api.ts'

export function FamilyCalendar({ protocol }: { protocol: ProtocolView }) {
  const { say, language, day: dayOf } = useDesk()
  const { id } = useStudy()
  const parameters = new URLSearchParams(useSearch())
  const { data: study } = useQuery(studyQuery(id))
  const groups = protocol.groups.map(({ cohort, arm }) => `${cohort} ${arm}`)
  const group = groups.find((one) => one === parameters.get('group')) ?? groups[0] ?? ''
  const [cohort = '', arm = ''] = group.split(' ')
  const typed = parameters.get('day') ?? ''
  const day = /^\d{4}-\d\d-\d\d$/.test(typed) ? typed : (study?.today ?? '')
  const query = useQuery({ ...calendarQuery(id, { cohort, arm, day }), enabled: day !== '' })
  const choose = (change: Record<string, string>) => navigate(inAddress({ group, day, ...change }), { replace: true })
  const named = (list: ProtocolView['arms'], one: string) => {
    const title = titleOf(list, one)
    return title[language] ?? title.nl
  }
  /** The part of a list's title before its colon, where there is one. */
  const inShort = (reference: string): string =>
    wordsIn(titleOf(study?.instruments ?? [], reference.split('@')[0] ?? ''), language).text.split(':')[0] ?? reference
  return (
    <section className="section">
      <h2 id="calendar">{say('protocolCalendar')}</h2>
      <div className="filters">
        <label className="field">
          {say('protocolGroup')}
          <select value={group} onChange={({ target }) => choose({ group: target.value })}>
            {protocol.groups.map((one) => (
              <option key={`${one.cohort} ${one.arm}`} value={`${one.cohort} ${one.arm}`}>
                {named(protocol.cohorts, one.cohort)}, {named(protocol.arms, one.arm)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {say('protocolFrom')}
          <input type="date" value={day} onChange={({ target }) => target.value && choose({ day: target.value })} />
        </label>
      </div>
      <Fetched query={query}>
        {({ lines, anchors }) => (
          <>
            <p className="quiet">
              {Object.entries(anchors).map(([anchor, date], index) => (
                <span key={anchor}>
                  {index > 0 && ', '}
                  <TitleOf list={protocol.anchors} id={anchor} /> {dayOf(date)}
                </span>
              ))}
            </p>
            <Scrolling label={say('protocolCalendar')}>
              <table className="definitions">
                <thead>
                  <tr>
                    <th scope="col">{say('protocolDay')}</th>
                    <th scope="col">{say('protocolWave')}</th>
                    <th scope="col">{say('defAnsweredBy')}</th>
                    <th scope="col">{say('protocolWhat')}</th>
                    <th scope="col">{say('defLists')}</th>
                  </tr>
                </thead>
                <tbody>
                  {lines.map((line) => (
                    <tr key={JSON.stringify(line)}>
                      <th scope="row" className="one-line">
                        {dayOf(line.day)} <span className="quiet">{line.time}</span>
                      </th>
                      <td>{line.wave}</td>
                      <td>
                        <TitleOf list={protocol.roles} id={line.role} />
                      </td>
                      <td>{say(whatOf(line.what))}</td>
                      <td>{line.instruments.map(inShort).join(', ')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scrolling>
          </>
        )}
      </Fetched>
    </section>
  )
}

const whats = { opens: 'protocolOpens', closes: 'protocolCloses', invitation: 'protocolInvitation' } as const

const whatOf = (what: string) => whats[what as keyof typeof whats] ?? 'protocolReminder'

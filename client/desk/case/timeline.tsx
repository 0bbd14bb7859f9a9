import { navigate, useSearch } from '../../ui/navigation.ts'
import type { CaseFile, Study } from '../api.ts'
import { justBefore } from '../shell/just-before.ts'
import { useDesk } from '../shell/language.tsx'
import { eventText } from '../texts/events.ts'
import { AttemptTold } from './attempt-told.tsx'
import { CorrectedFacts } from './corrected-facts.tsx'
import { MistakeTold } from './mistake-shown.tsx'
import { useNames } from './names.tsx'
import { aboutIn, isAbout, kindsOfEntry, type TimelineChoice } from './timeline-choice.ts'

type Entry = CaseFile['timeline'][number]

/** What is still to come, soonest first, and what happened, latest first: now lies between the two. Month by month. */
export function Timeline({ file, study }: { file: CaseFile; study: Study }) {
  const { say, count } = useDesk()
  const choice = aboutIn(useSearch())
  const entries = file.timeline.filter((entry) => isAbout(entry, choice)).map(onItsDay)
  const isAll = entries.length === file.timeline.length
  const ahead = entries.filter((entry) => entry.ahead)
  const happened = entries.filter((entry) => !entry.ahead).toReversed()
  return (
    <section className="section" aria-labelledby="timeline">
      <h2 id="timeline">{say('timelineTitle')}</h2>
      <Filters file={file} study={study} choice={choice} />
      <p className="quiet" role="status">
        {isAll ? '' : count('timelineCount', entries.length)}
      </p>
      <div className="timelines">
        <div>
          <h3>{say('timelineAhead')}</h3>
          {ahead.length === 0 ? (
            <p className="quiet">{say(isAll ? 'timelineNothingAhead' : 'timelineNothingHappened')}</p>
          ) : (
            <Months entries={ahead} />
          )}
        </div>
        <div>
          <h3>{say('timelineHappened')}</h3>
          {happened.length === 0 ? <p className="quiet">{say('timelineNothingHappened')}</p> : <Months entries={happened} />}
        </div>
      </div>
    </section>
  )
}

/** What closes is named by its last day, as everywhere: the moment itself is midnight after it. */
const onItsDay = (entry: Entry): Entry => (entry.kind === closes ? { ...entry, at: justBefore(entry.at).toISOString() } : entry)

const closes = 'wave closes'

function Filters({ file, study, choice }: { file: CaseFile; study: Study; choice: TimelineChoice }) {
  const { say } = useDesk()
  const names = useNames()
  const choose = (name: keyof TimelineChoice, value: string): void => {
    const parameters = new URLSearchParams(location.search)
    if (value === '') parameters.delete(name)
    else parameters.set(name, value)
    navigate(`${location.pathname}${parameters.size > 0 ? `?${parameters}` : ''}`, { replace: true })
  }
  const waves = study.waves.filter(({ id }) => file.timeline.some(({ wave }) => wave === id))
  const selects: { name: keyof TimelineChoice; label: string; options: { value: string; label: string }[] }[] = [
    {
      name: 'who',
      label: say('timelineWho'),
      options: file.participants.map(({ id }) => ({ value: id, label: names.person(id) })),
    },
    { name: 'wave', label: say('scoreWave'), options: waves.map(({ id }) => ({ value: id, label: id })) },
    { name: 'what', label: say('timelineWhat'), options: kindsOfEntry.map((value) => ({ value, label: say(kindLabels[value]) })) },
  ]
  return (
    <div className="filters">
      {selects.map(({ name, label, options }) => (
        <label key={name} className="field">
          {label}
          <select value={choice[name]} onChange={({ target }) => choose(name, target.value)}>
            <option value="">{say('all')}</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  )
}

const kindLabels = { mail: 'timelineMail', answers: 'timelineAnswers', staff: 'timelineStaff' } as const

function Months({ entries }: { entries: Entry[] }) {
  const { month, date } = useDesk()
  const byMonth = [...Map.groupBy(entries, ({ at }) => at.slice(0, 7))]
  return byMonth.map(([key, ofMonth]) => (
    <section key={key} className="timeline-month">
      <h4>{month(key)}</h4>
      <ol className="timeline">
        {[...Map.groupBy(ofMonth, ({ at }) => date(at))].map(([day, ofDay]) => (
          <li key={day} className={ofDay[0]?.ahead ? 'timeline-day timeline-ahead' : 'timeline-day'}>
            <span className="timeline-date">{day}</span>
            <ul className="timeline-entries">
              {[...Map.groupBy(ofDay, alike)].map(([same, entries]) => (
                <li key={same}>
                  <Line entries={entries} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  ))
}

/** What happens to several people at the same moment is one line, unless staff said why of each. */
const alike = ({ at, kind, wave, message, staff, why }: Entry): string => JSON.stringify([at, kind, wave, message, staff, why])

/** One moment: what happened, in which wave, to whom, and of one person with which lists; who did it, and why. */
function Line({ entries }: { entries: Entry[] }) {
  const { say, time, month } = useDesk()
  const names = useNames()
  const [first] = entries
  if (!first) return null
  // Who handed over stands before the one to whom they did.
  const people = entries
    .flatMap(({ participant, detail }) => [participant ?? [], detail.successor ?? []].flat())
    .map((id) => names.person(String(id)))
  const lists = entries.length === 1 ? first.lists.map(({ instrument, about }) => names.list(instrument, about)) : []
  // Of whoever was taken away only the place is left.
  const gone = first.kind === 'participant removed' ? `${names.role(String(first.detail.role))} ${first.detail.number}` : null
  const child = first.kind === 'child removed' ? removedChild(first.detail) : null
  const about = [
    first.wave,
    gone,
    child && say(child.number === 1 ? 'childFirst' : 'childNext', { ...child, month: month(child.month) }),
    ...people,
    lists.join(' + '),
  ].filter(Boolean)
  return (
    <>
      {first.kind !== closes && (
        <time className="timeline-time" dateTime={first.at}>
          {time(first.at)}
        </time>
      )}{' '}
      {say(eventText(first.kind, first.message))}
      {about.length > 0 && <span className="quiet"> ({about.join(', ')})</span>}
      <CorrectedFacts detail={first.detail} />
      {first.kind === 'case taken out' && <MistakeTold detail={first.detail} />}
      {first.kind === 'contact attempt' && <AttemptTold detail={first.detail} />}
      {first.staff !== null && (
        <span className="timeline-why">
          {first.staff}
          {first.why ? `: ${first.why}` : ''}
        </span>
      )}
    </>
  )
}

const removedChild = ({ number, birthMonth }: Entry['detail']): { number: number; month: string } | null =>
  typeof birthMonth === 'string' ? { number: Number(number), month: birthMonth } : null

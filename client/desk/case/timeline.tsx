import type { CaseFile } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { eventText } from '../texts/events.ts'
import { useNames } from './names.tsx'

type Entry = CaseFile['timeline'][number]

/** What is still to come, soonest first, and what happened, latest first: now lies between the two. */
export function Timeline({ entries }: { entries: Entry[] }) {
  const { say } = useDesk()
  const ahead = entries.filter((entry) => entry.ahead)
  const happened = entries.filter((entry) => !entry.ahead).toReversed()
  return (
    <section className="section" aria-labelledby="timeline">
      <h2 id="timeline">{say('timelineTitle')}</h2>
      <div className="timelines">
        <div>
          <h3>{say('timelineAhead')}</h3>
          {ahead.length === 0 ? <p className="quiet">{say('timelineNothingAhead')}</p> : <Days entries={ahead} />}
        </div>
        <div>
          <h3>{say('timelineHappened')}</h3>
          <Days entries={happened} />
        </div>
      </div>
    </section>
  )
}

function Days({ entries }: { entries: Entry[] }) {
  const { date } = useDesk()
  const byDay = [...Map.groupBy(entries, ({ at }) => date(at))]
  return (
    <ol className="timeline">
      {byDay.map(([day, ofDay]) => (
        <li key={day} className={ofDay[0]?.ahead ? 'timeline-day timeline-ahead' : 'timeline-day'}>
          <span className="timeline-date">{day}</span>
          <ul className="timeline-entries">
            {[...Map.groupBy(ofDay, alike)].map(([key, entries]) => (
              <li key={key}>
                <Line entries={entries} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

/** What happens to several people at the same moment is one line. */
const alike = ({ at, kind, wave, message }: Entry): string => JSON.stringify([at, kind, wave, message])

/** One moment: what happened, in which wave, to whom, and of one person with which lists. */
function Line({ entries }: { entries: Entry[] }) {
  const { say, time } = useDesk()
  const names = useNames()
  const [first] = entries
  if (!first) return null
  // Who handed over stands before the one to whom they did.
  const people = entries
    .flatMap(({ participant, detail }) => [participant ?? [], detail.successor ?? []].flat())
    .map((id) => names.person(String(id)))
  const lists = entries.length === 1 ? first.lists.map(({ instrument, about }) => names.list(instrument, about)) : []
  const about = [first.wave, ...people, lists.join(' + ')].filter(Boolean)
  return (
    <>
      <time className="timeline-time" dateTime={first.at}>
        {time(first.at)}
      </time>{' '}
      {say(eventText(first.kind, first.message))}
      {about.length > 0 && <span className="quiet"> ({about.join(', ')})</span>}
    </>
  )
}

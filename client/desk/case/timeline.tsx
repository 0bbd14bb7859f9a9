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
            {ofDay.map((entry) => (
              <li key={`${entry.at} ${entry.kind} ${entry.participant} ${entry.wave} ${entry.message} ${entry.instruments}`}>
                <EntryLine entry={entry} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function EntryLine({ entry: { at, kind, participant, wave, instruments, message } }: { entry: Entry }) {
  const { say, time } = useDesk()
  const names = useNames()
  const about = [participant && names.person(participant), wave, ...instruments.map(names.instrumentInShort)].filter(Boolean)
  return (
    <>
      <time className="timeline-time" dateTime={at}>
        {time(at)}
      </time>{' '}
      {say(eventText(kind, message))}
      {about.length > 0 && <span className="quiet"> ({about.join(', ')})</span>}
    </>
  )
}

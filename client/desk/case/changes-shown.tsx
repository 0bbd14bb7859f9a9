import { type ReactNode, useEffect, useRef } from 'react'
import { useDesk } from '../shell/language.tsx'
import { eventText } from '../texts/events.ts'
import type { Changes } from './api.ts'
import { useNames } from './names.tsx'

/** What a change would do: which mails shift, come and go, and what becomes of which lists. */
export function ChangesShown({ changes: { mails, lists } }: { changes: Changes }) {
  const { say, moment } = useDesk()
  const names = useNames()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const named = ({ participant, role }: Whose): string => names.anybody(participant, role)
  if (mails.length + lists.length === 0)
    return (
      <div className="alert" ref={box}>
        {say('changesNone')}
      </div>
    )
  return (
    <div className="alert changes" ref={box}>
      <h3>{say('changesTitle')}</h3>
      {mails.length > 0 && (
        <>
          <h4>{say('changesMails')}</h4>
          <ul className="change-list">
            {alike(mails, ({ wave, kind, from, to }) => [wave, kind, from, to]).map(({ key, first: { wave, kind, from, to }, people }) => (
              <li key={key}>
                <Change from={from && moment(from)} to={to && moment(to)} />
                <span className="quiet">
                  {say(mailKinds[eventText('message sent', kind)] ?? 'mailReminder')}, {wave}, {people.map(named).join(', ')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {lists.length > 0 && (
        <>
          <h4>{say('changesLists')}</h4>
          <ul className="change-list">
            {alike(lists, ({ wave, instruments, from, to }) => [wave, instruments, from, to]).map(
              ({ key, first: { wave, instruments, from, to }, people }) => (
                <li key={key}>
                  <Change from={from && <Span {...from} />} to={to && <Span {...to} />} />
                  <span className="quiet">
                    {people.map(named).join(', ')}, {wave}: {instruments.map((id) => names.instrumentInShort(id)).join(' + ')}
                  </span>
                </li>
              ),
            )}
          </ul>
        </>
      )}
    </div>
  )
}

type Whose = Pick<Changes['mails'][number], 'participant' | 'role'>

/** What happens to several people in the same way is one line. */
function alike<One extends Whose>(all: One[], what: (one: One) => unknown[]): { key: string; first: One; people: One[] }[] {
  return [...Map.groupBy(all, (one) => JSON.stringify(what(one)))].map(([key, people]) => ({ key, first: people[0] as One, people }))
}

const mailKinds: Record<string, 'mailInvitation' | 'mailReminder'> = {
  eventSentInvitation: 'mailInvitation',
  eventSentReminder: 'mailReminder',
}

/** New, gone, or from one to the other: said in words, and seen in the line. */
function Change({ from, to }: { from: ReactNode; to: ReactNode }) {
  const { say } = useDesk()
  if (from && to)
    return (
      <span>
        <span className="visually-hidden">{say('changedFrom')} </span>
        <s>{from}</s> <span aria-hidden="true">→</span> <span className="visually-hidden">{say('changedTo')} </span>
        <strong>{to}</strong>
      </span>
    )
  return (
    <span>
      <span className={`change-${to ? 'new' : 'gone'}`}>{say(to ? 'changeNew' : 'changeGone')}</span>{' '}
      {to ? <strong>{to}</strong> : <s>{from}</s>}
    </span>
  )
}

/** The first and the last day of a window. */
function Span({ opensAt, closesAt }: { opensAt: string; closesAt: string }) {
  const { date, lastDay } = useDesk()
  return (
    <>
      {date(opensAt)} – {lastDay(closesAt)}
    </>
  )
}

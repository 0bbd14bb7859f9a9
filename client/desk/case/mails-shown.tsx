import { useEffect, useRef } from 'react'
import { useDesk } from '../shell/language.tsx'
import { eventText } from '../texts/events.ts'
import type { Correcting } from './api.ts'

const whats = { 'goes now': 'correctNow', 'goes later': 'correctLater', 'is called off': 'correctOff' } as const

/** What becomes of somebody's mails when their address is another. */
export function MailsShown({ mails, again }: { mails: Correcting['mails']; again: string[] }) {
  const { say, moment } = useDesk()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  if (mails.length + again.length === 0)
    return (
      <div className="alert" ref={box}>
        {say('correctNoMails')}
      </div>
    )
  return (
    <div className="alert changes" ref={box}>
      <h3>{say('correctMails')}</h3>
      <ul className="change-list">
        {again.map((wave) => (
          <li key={wave}>
            <strong>{say('correctNow')}</strong>
            <span className="quiet">
              {say('mailInvitation')}, {wave}: {say('correctAgain')}
            </span>
          </li>
        ))}
        {mails.map(({ kind, wave, what, at }) => (
          <li key={`${kind} ${wave}`}>
            <span>
              <strong>{say(whats[what])}</strong> {what !== 'goes now' && moment(at)}
            </span>
            <span className="quiet">
              {eventText('message sent', kind) === 'eventSentInvitation' ? say('mailInvitation') : say('mailReminder')}, {wave}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

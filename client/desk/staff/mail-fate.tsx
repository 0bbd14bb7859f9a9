import { useDesk } from '../shell/language.tsx'
import type { Mail } from './api.ts'

const texts = {
  sent: 'staffMailSent',
  refused: 'staffMailRefused',
  unknown: 'staffMailUnknown',
  'not sent': 'staffMailNotSent',
} as const

/** What became of the mail with a link, and what to do when it did not arrive. `detail`: what the mail server said. */
export function MailFate({ mail, address, detail }: { mail: NonNullable<Mail>; address: string; detail?: string | null }) {
  const { say } = useDesk()
  return (
    <p className={mail === 'sent' ? 'quiet' : 'alert'} role="status">
      {say(texts[mail], { address })}
      {mail !== 'sent' && detail && <span className="quiet"> ({detail})</span>}
    </p>
  )
}

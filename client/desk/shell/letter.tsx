import type { ReactNode } from 'react'
import { directionOf } from '../../ui/words.ts'
import { useDesk } from './language.tsx'

interface Mail {
  fromName: string
  subject: string
  text: string
  language: string
}

/** Who a mail is from and what it is called. Its text stands beneath, see `LetterText`. */
export function LetterHead({ mail }: { mail: Mail }): ReactNode {
  const { say } = useDesk()
  return (
    <dl className="facts facts-small">
      <div>
        <dt>{say('studyMailFrom')}</dt>
        <dd>{mail.fromName}</dd>
      </div>
      <div>
        <dt>{say('studyMailSubject')}</dt>
        <dd lang={mail.language} dir={directionOf(mail.language)}>
          {mail.subject}
        </dd>
      </div>
    </dl>
  )
}

/** The text of a mail in its own language, and in the direction of that. */
export const LetterText = ({ mail }: { mail: Mail }): ReactNode => (
  <p className="letter-text" lang={mail.language} dir={directionOf(mail.language)}>
    {mail.text}
  </p>
)

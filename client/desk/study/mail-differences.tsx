import { directionOf } from '../../ui/words.ts'
import { useDesk } from '../shell/language.tsx'
import { textDifferences } from './text-differences.ts'

interface Words {
  subject: string
  body: string
}

/** Words of the study's own beside those of the protocol: what came and what went is marked, for whoever cannot see it as well. */
export function MailDifferences({ from, to, language }: { from: Words; to: Words; language: string }) {
  const { say } = useDesk()
  return (
    <div className="card letter">
      <p className="quiet">{say('mailDifferencesHow')}</p>
      {(['subject', 'body'] as const).map((field) => (
        <p key={field} className="letter-text" lang={language} dir={directionOf(language)}>
          {textDifferences(from[field], to[field]).map(({ kind, text }, index) => {
            const key = `${index} ${kind}`
            if (kind === 'old') return <del key={key}>{text}</del>
            if (kind === 'new') return <ins key={key}>{text}</ins>
            return <span key={key}>{text}</span>
          })}
        </p>
      ))}
    </div>
  )
}

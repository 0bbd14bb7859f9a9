import { directionOf } from '../../ui/words.ts'
import { useDesk } from '../shell/language.tsx'
import type * as api from './api.ts'

interface MailVersionsProps {
  versions: api.MailText['versions']
  language: string
  /** Begins anew with the words of a version; null while somebody is writing. */
  write: ((words: { subject: string; body: string }) => void) | null
}

/** Who changed a text when, why, and what it said then. */
export function MailVersions({ versions, language, write }: MailVersionsProps) {
  const { say, moment } = useDesk()
  return (
    <details>
      <summary>
        {say('mailVersions')} ({versions.length})
      </summary>
      <ul className="definition-list">
        {versions.map(({ id, at, by, why, words, basis }) => (
          <li key={id} className="card">
            <p>
              <strong>{moment(at)}</strong>, {by ?? say('mailNobody')}: {why}
            </p>
            {words === null ? (
              <p>{say('mailVersionProtocol', { reference: basis })}</p>
            ) : (
              <>
                <p className="letter-text" lang={language} dir={directionOf(language)}>
                  <strong>{words.subject}</strong>
                </p>
                <p className="letter-text" lang={language} dir={directionOf(language)}>
                  {words.body}
                </p>
                {write && (
                  <button
                    type="button"
                    className="button-quiet"
                    aria-label={say('mailVersionUseOf', { date: moment(at) })}
                    onClick={() => write(words)}
                  >
                    {say('mailVersionUse')}
                  </button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

import { useDesk } from '../shell/language.tsx'
import type { Contact } from './api.ts'

/** Who is behind a pseudonym; only as long as the window is open. */
export function ContactShown({ contact }: { contact: Contact }) {
  const { say } = useDesk()
  if (!contact) return <p className="alert">{say('contactGone')}</p>
  return (
    <dl className="facts contact">
      <div>
        <dt>{say('fieldName')}</dt>
        <dd>{contact.name}</dd>
      </div>
      <div>
        <dt>{say('fieldEmail')}</dt>
        <dd>{contact.email === null ? say('contactNoMail') : <a href={`mailto:${contact.email}`}>{contact.email}</a>}</dd>
      </div>
      <div>
        <dt>{say('fieldTelephone')}</dt>
        <dd>{contact.telephone === null ? say('contactNoTelephone') : <a href={`tel:${contact.dial}`}>{contact.telephone}</a>}</dd>
      </div>
      {contact.reaching !== null && (
        <div>
          <dt>{say('contactReaching')}</dt>
          <dd className="note-text">{contact.reaching}</dd>
        </div>
      )}
    </dl>
  )
}

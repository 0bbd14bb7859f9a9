import { useQuery } from '@tanstack/react-query'
import { studyQuery } from '../queries.ts'
import { useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { titleOf } from '../shell/title-of.tsx'
import type * as api from './api.ts'
import { mailKindLabel } from './mail-kind.ts'

interface OwnMailTextsProps {
  settings: api.Settings
  addressOf(choice: Partial<api.MailChoice>): string
}

/** The mails that go out in words of the study's own, and those of which the protocol has changed since. */
export function OwnMailTexts({ settings: { ownMailTexts, mails }, addressOf }: OwnMailTextsProps) {
  const { say, date, language } = useDesk()
  const { id } = useStudy()
  const { data: study } = useQuery(studyQuery(id))
  if (ownMailTexts.length === 0) return <p>{say('mailOwnNone')}</p>
  const named = (role: string): string => {
    const title = titleOf(study?.roles ?? [], role)
    return title[language] ?? title.nl ?? role
  }
  const called = ({ roles, kinds, template }: api.Settings['ownMailTexts'][number]): string => {
    const labels = mails.kinds.filter((kind) => kinds.includes(kind.id)).map((kind) => mailKindLabel(say, kind))
    return labels.length === 0 ? template : `${labels.join(', ')}: ${roles.map(named).join(', ')}`
  }
  return (
    <div className="mail-text">
      <p>{say('mailOwnLead')}</p>
      <ul className="dots">
        {ownMailTexts.map((one) => {
          const [role, kind] = [one.roles[0], one.kinds[0]]
          return (
            <li key={`${one.template} ${one.language}`}>
              {role && kind ? <Link href={addressOf({ role, kind, language: one.language })}>{called(one)}</Link> : called(one)},{' '}
              {languageName(one.language, language)}, {say('mailOwnSince', { date: date(one.since) })}
              {one.hasMoved && <strong>; {say('mailOwnMovedShort')}</strong>}
              {one.roles.length === 0 && <strong>; {say('mailOwnUnused')}</strong>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

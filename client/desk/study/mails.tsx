/** Each mail as its receiver sees it, and the words of the study's own for it. Which one is in the address. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { inAddress } from '../shell/in-address.ts'
import { useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import { LetterHead, LetterText } from '../shell/letter.tsx'
import { useStudy } from '../shell/study.tsx'
import { titleOf } from '../shell/title-of.tsx'
import * as api from './api.ts'
import { mailKindLabel } from './mail-kind.ts'
import { MailText } from './mail-text.tsx'
import { OwnMailTexts } from './own-mail-texts.tsx'
import { TestMail } from './test-mail.tsx'

export function Mails({ settings }: { settings: api.Settings }) {
  const { mails, languages, sendsMail, ownAddress } = settings
  const { say, language } = useDesk()
  const { id } = useStudy()
  const { data: study } = useQuery(studyQuery(id))
  const parameters = new URLSearchParams(useSearch())
  /** While somebody writes, no other mail comes into the place of what they typed. */
  const [isWriting, setWriting] = useState(false)
  const offered = languages.filter(({ isOffered }) => isOffered).map((one) => one.language)
  const among = (name: string, known: string[], otherwise: string): string =>
    known.find((one) => one === parameters.get(name)) ?? known.find((one) => one === otherwise) ?? known[0] ?? ''
  const kinds = mails.kinds.map(({ id: kind }) => kind)
  const choice: api.MailChoice = {
    role: among('role', mails.roles, 'parent'),
    kind: among('kind', kinds, 'invitation'),
    language: among('language', offered, language),
  }
  const addressOf = (change: Partial<api.MailChoice>) => inAddress({ ...choice, ...change })
  const choose = (change: Partial<api.MailChoice>) => navigate(addressOf(change), { replace: true })
  const isFixed = choice.kind.includes(' ')
  return (
    <section className="section" aria-labelledby="mails">
      <h2 id="mails">{say('studyMails')}</h2>
      <p className="quiet">{say('studyMailsLead')}</p>
      <OwnMailTexts settings={settings} addressOf={addressOf} />
      <div className="filters">
        <label className="field">
          {say('studyMailTo')}
          <select value={choice.role} disabled={isWriting} onChange={({ target }) => choose({ role: target.value })}>
            {mails.roles.map((role) => {
              const title = titleOf(study?.roles ?? [], role)
              return (
                <option key={role} value={role}>
                  {title[language] ?? title.nl}
                </option>
              )
            })}
          </select>
        </label>
        <label className="field">
          {say('studyMailKind')}
          <select value={choice.kind} disabled={isWriting} onChange={({ target }) => choose({ kind: target.value })}>
            {mails.kinds.map((kind) => (
              <option key={kind.id} value={kind.id}>
                {mailKindLabel(say, kind)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {say('studyTextIn')}
          <select value={choice.language} disabled={isWriting} onChange={({ target }) => choose({ language: target.value })}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {languageName(one, language)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Preview choice={choice} />
      {sendsMail ? <TestMail key={JSON.stringify(choice)} choice={choice} address={ownAddress} /> : <p>{say('studyMailNoWay')}</p>}
      {isFixed ? (
        <p className="quiet">{say('mailConfirmationFixed')}</p>
      ) : (
        <MailText key={`text ${JSON.stringify(choice)}`} choice={choice} settings={settings} setWriting={setWriting} />
      )}
    </section>
  )
}

function Preview({ choice }: { choice: api.MailChoice }) {
  const { say } = useDesk()
  const { id } = useStudy()
  const query = useQuery(api.mailQuery(id, choice))
  return (
    <Fetched query={query}>
      {(mail) => (
        <article className="card letter">
          <LetterHead mail={mail} />
          <LetterText mail={mail} />
          <p>
            <a href={api.mailAsHtml(id, choice)} target="_blank" rel="noreferrer">
              {say('studyMailHtml')} {say('newTab')}
            </a>
          </p>
        </article>
      )}
    </Fetched>
  )
}

/** Each mail as its receiver sees it. Which one is in the address. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import { LetterHead, LetterText } from '../shell/letter.tsx'
import { usePath } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { titleOf } from '../shell/title-of.tsx'
import { useSubmission } from '../sign-in/submission.ts'
import * as api from './api.ts'
import { Refused } from './refused.tsx'

export function Mails({ settings: { mails, languages, sendsMail, ownAddress } }: { settings: api.Settings }) {
  const { say, language } = useDesk()
  const { id } = useStudy()
  const { data: study } = useQuery(studyQuery(id))
  const path = usePath()
  const parameters = new URLSearchParams(useSearch())
  const offered = languages.filter(({ isOffered }) => isOffered).map((one) => one.language)
  const among = (name: string, known: string[], otherwise: string): string =>
    known.find((one) => one === parameters.get(name)) ?? known.find((one) => one === otherwise) ?? known[0] ?? ''
  const choice: api.MailChoice = {
    role: among('role', mails.roles, 'parent'),
    kind: among(
      'kind',
      mails.kinds.map(({ id: kind }) => kind),
      'invitation',
    ),
    language: among('language', offered, language),
  }
  const choose = (change: Partial<api.MailChoice>) =>
    navigate(`${path}?${new URLSearchParams({ ...choice, ...change })}`, { replace: true })
  const kindLabel = ({ id: kind, days }: (typeof mails.kinds)[number]): string => {
    if (kind === 'stop confirmation') return say('studyMailStop')
    if (kind === 'erasure confirmation') return say('studyMailErase')
    return days ? say('studyMailReminderAfter', { days }) : say('protocolInvitation')
  }
  return (
    <section className="section" aria-labelledby="mails">
      <h2 id="mails">{say('studyMails')}</h2>
      <p className="quiet">{say('studyMailsLead')}</p>
      <div className="filters">
        <label className="field">
          {say('studyMailTo')}
          <select value={choice.role} onChange={({ target }) => choose({ role: target.value })}>
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
          <select value={choice.kind} onChange={({ target }) => choose({ kind: target.value })}>
            {mails.kinds.map((kind) => (
              <option key={kind.id} value={kind.id}>
                {kindLabel(kind)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {say('studyTextIn')}
          <select value={choice.language} onChange={({ target }) => choose({ language: target.value })}>
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

function TestMail({ choice, address }: { choice: api.MailChoice; address: string }) {
  const { say } = useDesk()
  const { id } = useStudy()
  const [fate, setFate] = useState<string | null>(null)
  const { isBusy, failure, submit } = useSubmission(
    () => api.sendTest(id, choice),
    (sent) => setFate(sent.fate),
  )
  return (
    <>
      <p className="buttons">
        <button type="button" className="button" aria-disabled={isBusy} onClick={() => void submit()}>
          {isBusy ? say('loading') : say('studyMailTest')}
        </button>
      </p>
      <Refused failure={failure} />
      <p role="status">
        {fate !== null &&
          (fate === 'accepted'
            ? say('studyMailSent', { address })
            : fate === 'no way out'
              ? say('studyMailNoWay')
              : say('studyMailNotSent', { fate }))}
      </p>
    </>
  )
}

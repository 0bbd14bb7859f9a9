/** Whose words a mail is in, and other ones: written, tried, put into force, taken back. What came before stays to be read. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { studyQuery } from '../queries.ts'
import { ConfirmButton } from '../shell/confirm-button.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { titleOf } from '../shell/title-of.tsx'
import * as api from './api.ts'
import { MailDifferences } from './mail-differences.tsx'
import { MailFaults } from './mail-faults.tsx'
import { MailForm } from './mail-form.tsx'
import { MailVersions } from './mail-versions.tsx'

interface MailTextProps {
  choice: api.MailChoice
  settings: api.Settings
  /** Hears whether words are being written here. */
  setWriting(isWriting: boolean): void
}

export function MailText(props: MailTextProps) {
  const { id } = useStudy()
  return <Fetched query={useQuery(api.mailTextQuery(id, props.choice))}>{(text) => <Text {...props} text={text} />}</Fetched>
}

function Text({ choice, settings, setWriting, text }: MailTextProps & { text: api.MailText }) {
  const { say, date, language } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const { data: study } = useQuery(studyQuery(id))
  const [begin, setBegin] = useState<{ subject: string; body: string } | null>(null)
  const [done, setDone] = useState<'own' | 'protocol' | null>(null)
  const isWriting = begin !== null
  useEffect(() => {
    setWriting(isWriting)
    return () => setWriting(false)
  }, [isWriting, setWriting])
  const [newest] = text.versions
  const own = newest?.words ?? null
  const write = (words: { subject: string; body: string }) => {
    setBegin(words)
    setDone(null)
  }
  const end = (what: 'own' | 'protocol' | null) => {
    setBegin(null)
    setDone(what)
    if (what) void client.invalidateQueries()
  }
  const roles = text.roles.map((role) => {
    const title = titleOf(study?.roles ?? [], role)
    return title[language] ?? title.nl
  })
  return (
    <div className="mail-text">
      <p>
        {own && newest ? say('mailFromStudy', { date: date(newest.at) }) : say('mailFromProtocol', { reference: text.protocol.reference })}{' '}
        {text.roles.length > 1 && say('mailSharedBy', { roles: roles.join(', ') })}
      </p>
      {text.placeholders.body.includes('case') && <p className="quiet">{say('mailSeveralCases')}</p>}
      {text.hasMoved && <p className="alert">{say('mailMoved', { basis: newest?.basis ?? '' })}</p>}
      {text.problems.length > 0 && (
        <div className="alert alert-error">
          <p>{say('mailProblemsNow')}</p>
          <MailFaults faults={text.problems} />
        </div>
      )}
      <p role="status">{done && say(done === 'own' ? 'mailSaved' : 'mailDone')}</p>
      {begin ? (
        <MailForm choice={choice} settings={settings} text={text} begin={begin} end={end} />
      ) : (
        <div className="buttons">
          <button type="button" className="button" onClick={() => write(own ?? text.protocol.words)}>
            {say(own ? 'mailChangeOwn' : 'mailChange')}
          </button>
          {own && (
            <ConfirmButton
              label={say('mailToProtocol')}
              ask={say('mailBackAsk')}
              act={() => api.changeMailText(id, { ...choice, words: null, seen: newest?.id ?? null, reason: say('mailBackWhy') })}
              then={() => end('protocol')}
            />
          )}
        </div>
      )}
      {own && (
        <details>
          <summary>{say('mailDifferences')}</summary>
          <MailDifferences from={text.protocol.words} to={own} language={choice.language} />
        </details>
      )}
      {text.versions.length > 0 && <MailVersions versions={text.versions} language={choice.language} write={isWriting ? null : write} />}
    </div>
  )
}

import { useEffect, useId, useRef, useState } from 'react'
import { checkMailWords, mailLimits } from '../../../protocols/check-mail.ts'
import { directionOf } from '../../ui/words.ts'
import { useDesk } from '../shell/language.tsx'
import { LetterHead, LetterText } from '../shell/letter.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { useUnsaved } from '../unsaved.ts'
import * as api from './api.ts'
import { MailFaults } from './mail-faults.tsx'
import { ReasonField } from './reason-field.tsx'
import { Refused } from './refused.tsx'
import { TestMail } from './test-mail.tsx'

interface MailFormProps {
  choice: api.MailChoice
  settings: api.Settings
  text: api.MailText
  begin: { subject: string; body: string }
  end(what: 'own' | null): void
}

/** Words of the study's own: checked while they are typed as the server does it, looked at and sent to oneself before they hold. */
export function MailForm({ choice, settings: { sendsMail, ownAddress }, text, begin, end }: MailFormProps) {
  const { say } = useDesk()
  const { id } = useStudy()
  const [words, setWords] = useState<api.TriedWords>({ ...begin, readOver: text.versions[0]?.readOver ?? false })
  const [reason, setReason] = useState('')
  /** What was looked at last; other words have to be looked at again. */
  const [tried, setTried] = useState<{ words: api.TriedWords; mail: Awaited<ReturnType<typeof api.tryMail>> } | null>(null)
  // What colleagues put into force meanwhile is not written over unseen.
  const [seen] = useState(text.versions[0]?.id ?? null)
  const seesCase = text.placeholders.body.includes('case')
  const faults = checkMailWords(words, seesCase)
  const looking = useSubmission(
    () => api.tryMail(id, { ...choice, words }),
    (mail) => setTried({ words, mail }),
  )
  const saving = useSubmission(
    () => api.changeMailText(id, { ...choice, words, seen, reason }),
    () => end('own'),
  )
  const first = useRef<HTMLInputElement>(null)
  const hint = useId()
  const isUnsaved = words.subject !== begin.subject || words.body !== begin.body || reason.trim() !== ''
  useUnsaved(isUnsaved, 'with the address')
  useEffect(() => first.current?.focus(), [])
  const set = (change: Partial<api.TriedWords>) => setWords({ ...words, ...change })
  const missing = text.placeholders.body.filter((name) => {
    const written = `{${name}}`
    return name !== 'link' && text.protocol.words.body.includes(written) && !words.body.includes(written)
  })
  const inLanguage = { lang: choice.language, dir: directionOf(choice.language) }
  const isFit = faults.length === 0
  return (
    <form
      className="stack card mail-form"
      aria-label={say('mailChangeTitle')}
      onSubmit={(event) => {
        event.preventDefault()
        if (isFit) void saving.submit()
      }}
    >
      <h3>{say('mailChangeTitle')}</h3>
      <label className="field field-wide">
        {say('studyMailSubject')}
        <input
          ref={first}
          type="text"
          required
          maxLength={mailLimits.subject}
          value={words.subject}
          autoComplete="off"
          {...inLanguage}
          onChange={({ target }) => set({ subject: target.value })}
        />
      </label>
      <label className="field field-wide">
        {say('mailBody')}
        <textarea
          required
          rows={16}
          value={words.body}
          aria-describedby={hint}
          {...inLanguage}
          onChange={({ target }) => set({ body: target.value })}
        />
      </label>
      <div className="quiet" id={hint}>
        <p>{say('mailLineHint')}</p>
        <p>
          {say('mailPlaceholders', { link: '{link}' })}{' '}
          {text.placeholders.body.map((name) => (
            <span key={name}>
              <code>{`{${name}}`}</code>{' '}
            </span>
          ))}
        </p>
        {!seesCase && <p>{say('mailPlaceholdersCase', { case: '{case}', wave: '{wave}' })}</p>}
      </div>
      <div role="status">
        {faults.length > 0 && (
          <div className="alert alert-error">
            <MailFaults faults={faults} />
          </div>
        )}
        {missing.length > 0 && (
          <p className="alert">{say('mailMissing', { placeholders: missing.map((name) => `{${name}}`).join(' ') })}</p>
        )}
      </div>
      {text.isDraft && (
        <label className="choice">
          <input type="checkbox" checked={words.readOver} onChange={({ target }) => set({ readOver: target.checked })} />
          <span>{say('mailReadOver')}</span>
        </label>
      )}
      <p className="buttons">
        <button
          type="button"
          className="button"
          aria-disabled={looking.isBusy || !isFit}
          onClick={() => {
            if (isFit) void looking.submit()
          }}
        >
          {looking.isBusy ? say('loading') : say('mailTry')}
        </button>
      </p>
      <Refused failure={looking.failure} />
      {tried && tried.words === words && (
        <>
          <article className="card letter" aria-label={say('mailTried')}>
            <LetterHead mail={tried.mail} />
            <LetterText mail={tried.mail} />
          </article>
          {sendsMail && <TestMail choice={choice} words={words} address={ownAddress} />}
        </>
      )}
      <ReasonField reason={reason} set={setReason} />
      <Refused failure={saving.failure} />
      <p className="buttons">
        <button type="submit" className="button button-primary" aria-disabled={saving.isBusy || !isFit}>
          {saving.isBusy ? say('loading') : say('mailSave')}
        </button>
        <button type="button" className="button-quiet" onClick={() => (!isUnsaved || confirm(say('unsavedAsk'))) && end(null)}>
          {say('mailStop')}
        </button>
      </p>
    </form>
  )
}

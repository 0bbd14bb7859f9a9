/** Consent, purpose by purpose, before anything is asked. Nothing is ticked beforehand, and no is as easy as yes. */
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { SaidParagraphs } from '../../ui/said.tsx'
import { wordsIn } from '../../ui/words.ts'
import { giveConsents } from '../api.ts'
import { packetPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import { ConsentQuestion } from './consent-question.tsx'
import type { PacketProps } from './packet-pages.tsx'

interface ConsentPageProps extends PacketProps {
  /** It came without a script, and not each purpose was answered. */
  isIncomplete: boolean
  /** What was chosen before our script was there. */
  early: Record<string, boolean> | undefined
}

export function ConsentPage({ packet, show, reload, isIncomplete, early }: ConsentPageProps) {
  const { say, language } = useSpeaking()
  const [given, setGiven] = useState<Record<string, boolean>>({})
  const [showsOpen, setShowsOpen] = useState(isIncomplete)
  const [hasFailed, setFailed] = useState(false)
  const [isSending, setSending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // First the page as it was drawn, then what was chosen in it meanwhile: at once, or who goes on right away is told to choose.
  useLayoutEffect(() => setGiven((known) => ({ ...early, ...known })), [early])
  const open = packet.consents.filter(({ purpose }) => !(purpose in given))
  const active = packet.cases.filter(({ state }) => state === 'active').map(({ code }) => code)
  const isRefusal = packet.consents.some(({ purpose, required }) => required && given[purpose] === false)

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending) return
    setFailed(false)
    const first = open[0]
    if (first) {
      setShowsOpen(true)
      form.current?.querySelector<HTMLInputElement>(`[name="consent-${first.purpose}"]`)?.focus()
      return
    }
    setSending(true)
    try {
      await show(await giveConsents(given, language))
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      // The study may have changed its statements, or the participant stopped elsewhere: show what holds now.
      if (['no-session', 'participant-stopped', 'consent-unknown'].includes(error.code)) await reload()
      else setFailed(true)
    } finally {
      setSending(false)
    }
  }

  return (
    <form ref={form} method="post" action={packetPath} onSubmit={(event) => void send(event)} noValidate>
      <PageHeading level={1} page="consent" title={`${say('consentTitle')} – ${say('site')}`}>
        {say('consentTitle')}
      </PageHeading>
      <div className="introduction">
        <SaidParagraphs words={wordsIn(packet.introduction, language)} within={language} />
      </div>
      <p>{say('consentLead')}</p>
      {active.length > 1 && <p>{say('consentCases', { codes: active.join(', ') })}</p>}
      {packet.consents.map((consent, index) => (
        <ConsentQuestion
          key={consent.purpose}
          consent={consent}
          place={{ number: index + 1, total: packet.consents.length }}
          given={given[consent.purpose]}
          isOpen={showsOpen && !(consent.purpose in given)}
          choose={(choice) => setGiven({ ...given, [consent.purpose]: choice })}
        />
      ))}
      <div role="status">{isRefusal && <p className="notice notice-info">{say('consentRefused')}</p>}</div>
      {hasFailed && (
        <p className="notice notice-error" role="alert">
          {say('away')}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button button-primary" aria-disabled={isSending}>
          {say('consentNext')}
        </button>
      </div>
    </form>
  )
}

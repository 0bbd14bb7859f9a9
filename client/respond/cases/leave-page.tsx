/** Somebody does not know a family, or not any more: why, so that staff can look for somebody else. */
import { type FormEvent, useRef, useState } from 'react'
import { ChoiceLabel } from '../../survey/elements/choice-label.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { type LeavingReason, leaveCase } from '../api.ts'
import { useSpeaking } from '../speaking.tsx'
import type { CaseProps } from './case-page.tsx'
import { useCaseWords } from './case-words.ts'
import { useTelling } from './telling.ts'

const reasons = {
  'no-longer-involved': 'noLongerInvolved',
  'left-work': 'leftWork',
  'never-involved': 'neverInvolved',
  'family-gone': 'familyGone',
} as const satisfies Record<LeavingReason, string>

export function LeavePage({ code, show, reload, goBack }: CaseProps & { goBack(): void }) {
  const speaking = useSpeaking()
  const { say, lang, language } = useCaseWords()
  const [reason, setReason] = useState<LeavingReason | null>(null)
  const [isMissing, setMissing] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { tell, isSending, hasFailed } = useTelling(show, reload)

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (reason !== null) return void (await tell(() => leaveCase(code, reason)))
    setMissing(true)
    form.current?.querySelector('input')?.focus()
  }

  const heading = say('leaveTitle', { code })
  return (
    <form ref={form} onSubmit={(event) => void send(event)} noValidate lang={lang}>
      <PageHeading level={1} page={`leave ${code}`} title={`${heading} – ${speaking.say('site')}`}>
        {heading}
      </PageHeading>
      <p>{say('leaveLead')}</p>
      <div className={isMissing ? 'item item-with-problem' : 'item'}>
        <fieldset aria-describedby={isMissing ? 'reason-problem' : undefined}>
          <legend className="item-title">{say('leaveQuestion')}</legend>
          {isMissing && (
            <p className="item-problem" id="reason-problem">
              {say('leaveMissing')}
            </p>
          )}
          <div className="choices choices-sentences">
            {(Object.keys(reasons) as LeavingReason[]).map((value, place) => (
              <ChoiceLabel
                key={value}
                choice={{ value: place, text: { text: say(reasons[value]), language } }}
                checked={reason === value}
                language={language}
              >
                <input
                  type="radio"
                  name="reason"
                  value={value}
                  checked={reason === value}
                  autoComplete="off"
                  onChange={() => {
                    setReason(value)
                    setMissing(false)
                  }}
                />
              </ChoiceLabel>
            ))}
          </div>
        </fieldset>
      </div>
      {hasFailed && (
        <p className="notice notice-error" role="alert">
          {say('failed')}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button button-primary" aria-disabled={isSending}>
          {say('leaveYes')}
        </button>
        <button type="button" className="button" onClick={goBack}>
          {say('backToCase')}
        </button>
      </div>
    </form>
  )
}

/** Somebody does not know a family, or not any more: why, so that staff can look for somebody else. */
import { type FormEvent, useRef, useState } from 'react'
import { ChoiceLabel } from '../../survey/elements/choice-label.tsx'
import { follow, navigate } from '../../ui/navigation.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { type LeavingReason, leaveCase } from '../api.ts'
import { casePath } from '../route.ts'
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

export function LeavePage({ code, show, reload, isIncomplete }: CaseProps) {
  const speaking = useSpeaking()
  const { say, lang, language } = useCaseWords()
  const [reason, setReason] = useState<LeavingReason | null>(null)
  const [isMissing, setMissing] = useState(isIncomplete)
  const form = useRef<HTMLFormElement>(null)
  const { tell, isSending, hasFailed } = useTelling(show, reload, () => navigate(casePath(code), { replace: true }))

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (reason !== null) return void (await tell(() => leaveCase(code, reason)))
    setMissing(true)
    form.current?.querySelector('input')?.focus()
  }

  const heading = say('leaveTitle', { code })
  return (
    <form ref={form} method="post" onSubmit={(event) => void send(event)} noValidate lang={lang}>
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
        <a className="button" {...follow(casePath(code))}>
          {say('backToCase')}
        </a>
      </div>
    </form>
  )
}

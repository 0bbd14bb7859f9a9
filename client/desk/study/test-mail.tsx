import { useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import * as api from './api.ts'
import { Refused } from './refused.tsx'

/** Sends a mail to whoever looks at it: in the words that hold, or in those that they are typing. */
export function TestMail({ choice, words, address }: { choice: api.MailChoice; words?: api.TriedWords; address: string }) {
  const { say } = useDesk()
  const { id } = useStudy()
  const [fate, setFate] = useState<string | null>(null)
  const { isBusy, failure, submit } = useSubmission(
    () => api.sendTest(id, { ...choice, ...(words && { words }) }),
    (sent) => setFate(sent.fate),
  )
  return (
    <>
      <p className="buttons">
        <button type="button" className="button" aria-disabled={isBusy} onClick={() => void submit()}>
          {isBusy ? say('loading') : say(words ? 'mailTryTest' : 'studyMailTest')}
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

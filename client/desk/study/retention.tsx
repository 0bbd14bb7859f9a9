import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import * as api from './api.ts'
import { ReasonField } from './reason-field.tsx'
import { Refused } from './refused.tsx'

type Looked = Awaited<ReturnType<typeof api.lookAtRetention>>

/** How long names and addresses are kept: what would go is shown before anything is set. */
export function Retention({ settings: { data } }: { settings: api.Settings }) {
  const { say, count } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const [typed, setTyped] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [looked, setLooked] = useState<Looked | null>(null)
  const [isSaved, setSaved] = useState(false)
  const months = typed ?? (data.contactMonths === null ? '' : String(data.contactMonths))
  const isForEver = months.trim() === ''
  const isShown = isForEver || looked !== null
  const looking = useSubmission(() => api.lookAtRetention(id, Number(months)), setLooked)
  const saving = useSubmission(
    () => api.change(id, { contactMonths: isForEver ? null : Number(months), reason }),
    () => {
      setSaved(true)
      setTyped(null)
      setReason('')
      setLooked(null)
      void client.invalidateQueries()
    },
  )
  return (
    <section className="section" aria-labelledby="retention">
      <h2 id="retention">{say('studyRetention')}</h2>
      <p>{say('studyRetentionLead')}</p>
      <form className="stack card" onSubmit={isShown ? saving.submit : looking.submit}>
        <label className="field">
          {say('studyRetentionMonths')}
          <input
            type="number"
            min={1}
            max={240}
            step={1}
            value={months}
            onChange={({ target }) => {
              setTyped(target.value)
              setLooked(null)
              setSaved(false)
            }}
          />
        </label>
        {looked && (
          <div className="alert" role="status">
            <p>{say('studyRetentionNow', looked.now)}</p>
            {looked.codes.length > 0 && <p>{say('studyRetentionCodes', { codes: looked.codes.join(', ') })}</p>}
            <p>{say('studyRetentionSoon', looked.soon)}</p>
            {looked.removed > 0 && <p>{count('studyRetentionGone', looked.removed)}</p>}
          </div>
        )}
        {isShown && typed !== null && <ReasonField reason={reason} set={setReason} />}
        <Refused failure={looking.failure ?? saving.failure} />
        <p className="buttons">
          {(!isShown || typed !== null) && (
            <button type="submit" className="button" aria-disabled={looking.isBusy || saving.isBusy}>
              {looking.isBusy || saving.isBusy ? say('loading') : say(isShown ? 'studySave' : 'studyRetentionLook')}
            </button>
          )}
        </p>
        <p role="status">{isSaved && say('studySaved')}</p>
      </form>
    </section>
  )
}

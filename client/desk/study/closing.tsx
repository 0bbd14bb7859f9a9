import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import * as api from './api.ts'
import { ReasonField } from './reason-field.tsx'
import { Refused } from './refused.tsx'

/** The end of a study, shown before it comes; and the way back. */
export function Closing({ settings: { closedAt, toReplan } }: { settings: api.Settings }) {
  const { say, count, moment, number } = useDesk()
  // The server counts no further than ten thousand lists, and as many mails.
  const many = (counted: number, of = counted): string => `${number(counted)}${of >= 10_000 ? '+' : ''}`
  const { id } = useStudy()
  const client = useQueryClient()
  const preview = useQuery({ ...api.closingQuery(id), enabled: closedAt === null })
  const [reason, setReason] = useState('')
  const [isAsking, setAsking] = useState(false)
  const { isBusy, failure, submit } = useSubmission(
    () => (closedAt === null ? api.close(id, reason) : api.reopen(id, reason)),
    () => {
      setReason('')
      setAsking(false)
      void client.invalidateQueries()
    },
  )
  return (
    <section className="section" aria-labelledby="closing">
      <h2 id="closing">{say('studyClosing')}</h2>
      {closedAt === null ? (
        <>
          <p>{say('studyClosingLead')}</p>
          <Fetched query={preview}>
            {(would) => (
              <p className="alert">
                {say('studyClosingWould', {
                  open: many(would.open, would.open + would.ahead),
                  begun: many(would.begun, would.open + would.ahead),
                  ahead: many(would.ahead, would.open + would.ahead),
                  messages: many(would.messages),
                })}
              </p>
            )}
          </Fetched>
        </>
      ) : (
        <>
          <p className="alert" role="status">
            {say('studyClosedSince', { date: moment(closedAt) })}
          </p>
          <p>{say('studyReopenLead')}</p>
        </>
      )}
      {toReplan > 0 && <p role="status">{count('studyToReplan', toReplan)}</p>}
      {isAsking ? (
        <form className="stack card" onSubmit={submit}>
          <p>
            <strong>{say(closedAt === null ? 'studyCloseAsk' : 'studyReopenAsk')}</strong>
          </p>
          <ReasonField reason={reason} set={setReason} />
          <Refused failure={failure} />
          <p className="buttons">
            <button type="submit" className="button button-primary" aria-disabled={isBusy}>
              {isBusy ? say('loading') : say(closedAt === null ? 'studyClose' : 'studyReopen')}
            </button>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {say('staffNo')}
            </button>
          </p>
        </form>
      ) : (
        <p className="buttons">
          <button type="button" className="button" onClick={() => setAsking(true)}>
            {say(closedAt === null ? 'studyClose' : 'studyReopen')}…
          </button>
        </p>
      )}
    </section>
  )
}

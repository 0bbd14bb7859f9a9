import { type ReactNode, useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useSubmission } from '../shell/submission.ts'
import { ReasonField } from '../study/reason-field.tsx'
import { Refused } from '../study/refused.tsx'

interface ActProps {
  title: string
  children: ReactNode
  act(reason: string): Promise<unknown>
  then(): void
  /** Asked once more, of what cannot be undone. */
  confirm?: string
}

/** One thing that can be done, for a reason. What cannot be undone is asked about once more. */
export function Act({ title, children, act, then, confirm }: ActProps) {
  const { say } = useDesk()
  const [reason, setReason] = useState('')
  const [isAsking, setAsking] = useState(false)
  const { isBusy, failure, submit } = useSubmission(
    () => act(reason),
    () => {
      setReason('')
      then()
    },
  )
  const isLast = confirm === undefined || isAsking
  return (
    <details className="card">
      <summary>{title}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isLast) void submit()
          else setAsking(true)
        }}
      >
        {children}
        <ReasonField reason={reason} set={setReason} />
        <Refused failure={failure} />
        <div aria-live="polite">{isAsking && <p className="alert alert-error">{confirm}</p>}</div>
        <p className="buttons">
          <button type="submit" className="button button-primary" aria-disabled={isBusy}>
            {isBusy ? say('loading') : isAsking ? say('staffYes') : title}
          </button>
          {isAsking && (
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {say('staffNo')}
            </button>
          )}
        </p>
      </form>
    </details>
  )
}

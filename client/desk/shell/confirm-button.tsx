/** A button for what cannot simply be undone: it says first what will happen. */
import { useRef, useState } from 'react'
import { Failed } from '../sign-in/failed.tsx'
import { useDesk } from './language.tsx'
import { useSubmission } from './submission.ts'

interface ConfirmButtonProps<Result> {
  label: string
  /** Read out in the place of `label`, where several buttons say the same. */
  about?: string
  /** What will happen. */
  ask: string
  act(): Promise<Result>
  then(result: Result): void
}

export function ConfirmButton<Result>({ label, about, ask, act, then }: ConfirmButtonProps<Result>) {
  const { say } = useDesk()
  const [isAsking, setAsking] = useState(false)
  const { isBusy, failure, submit } = useSubmission(act, (result) => {
    setAsking(false)
    then(result)
  })
  /** Whoever said no goes on where they were. */
  const isBack = useRef(false)
  if (!isAsking)
    return (
      <button
        type="button"
        className="button-quiet"
        aria-label={about}
        ref={(button) => {
          if (isBack.current) button?.focus()
          isBack.current = false
        }}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
    )
  return (
    <fieldset className="confirm">
      <legend>{ask}</legend>
      <Failed failure={failure} />
      <p className="buttons">
        {/* biome-ignore lint/a11y/noAutofocus: the button that had the focus is gone; whoever pressed it goes on here */}
        <button type="button" className="button" autoFocus aria-disabled={isBusy} onClick={() => void submit()}>
          {isBusy ? say('loading') : say('staffYes')}
        </button>
        <button
          type="button"
          className="button-quiet"
          onClick={() => {
            isBack.current = true
            setAsking(false)
          }}
        >
          {say('staffNo')}
        </button>
      </p>
    </fieldset>
  )
}

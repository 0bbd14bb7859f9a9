import { useRef, useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import * as api from './api.ts'

interface DiscardEntryProps {
  place: api.Place
  pass: number
  onDiscarded(): void
}

/** Throws away what was typed, with a reason: asked in a dialog, so that no slip does it. */
export function DiscardEntry({ place, pass, onDiscarded }: DiscardEntryProps) {
  const { say } = useDesk()
  const dialog = useRef<HTMLDialogElement>(null)
  const [reason, setReason] = useState('')
  const [hasFailed, setFailed] = useState(false)
  const discard = async () => {
    try {
      await api.discard(place, { pass, reason: reason.trim() })
      dialog.current?.close()
      onDiscarded()
    } catch {
      setFailed(true)
    }
  }
  return (
    <>
      <p className="discard">
        <button type="button" className="button-quiet" onClick={() => dialog.current?.showModal()}>
          {say('entryDiscard')}
        </button>
      </p>
      <dialog ref={dialog} className="dialog" aria-labelledby="discard-title">
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void discard()
          }}
        >
          <h2 id="discard-title">{say('entryDiscardTitle')}</h2>
          <label className="field">
            {say('entryDiscardReason')}
            <input type="text" required minLength={3} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
          </label>
          {hasFailed && (
            <p className="alert alert-error" role="alert">
              {say('entryFailed')}
            </p>
          )}
          <p className="buttons">
            <button type="submit" className="button">
              {say('entryDiscardYes')}
            </button>
            <button type="button" className="button" onClick={() => dialog.current?.close()}>
              {say('entryDiscardNo')}
            </button>
          </p>
        </form>
      </dialog>
    </>
  )
}

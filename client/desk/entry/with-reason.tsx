import { useRef, useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useUnsaved } from '../unsaved.ts'

interface WithReasonProps {
  label: string
  title: string
  lead?: string
  yes: string
  no: string
  act(reason: string): Promise<void>
}

/** A button for what is done to somebody's typing, with a reason: asked in a dialog, so that no slip does it. */
export function WithReason({ label, title, lead, yes, no, act }: WithReasonProps) {
  const { say } = useDesk()
  const dialog = useRef<HTMLDialogElement>(null)
  const [reason, setReason] = useState('')
  const [hasFailed, setFailed] = useState(false)
  const [isBusy, setBusy] = useState(false)
  useUnsaved(reason.trim() !== '' && !isBusy)
  const send = async () => {
    setBusy(true)
    try {
      await act(reason.trim())
      dialog.current?.close()
      setReason('')
    } catch {
      setFailed(true)
    }
    setBusy(false)
  }
  return (
    <>
      <p className="discard">
        <button type="button" className="button-quiet" onClick={() => dialog.current?.showModal()}>
          {label}
        </button>
      </p>
      <dialog ref={dialog} className="dialog" aria-label={title}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <h2>{title}</h2>
          {lead && <p>{lead}</p>}
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
              {yes}
            </button>
            <button type="button" className="button" onClick={() => dialog.current?.close()}>
              {no}
            </button>
          </p>
        </form>
      </dialog>
    </>
  )
}

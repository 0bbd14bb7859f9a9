import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../shell/dialog.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { useUnsaved } from '../unsaved.ts'
import * as api from './api.ts'

interface AskDialogProps {
  place: api.Place
  assignment: string
  /** Null: about the list as a whole. */
  value: api.ListValue | null
  onEnd(): void
  /** It was asked. */
  onDone(): void
}

/** Asks the data manager about a value. What was written stays when it could not be sent. */
export function AskDialog({ place, assignment, value, onEnd, onDone }: AskDialogProps) {
  const { say } = useDesk()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [hasFailed, setFailed] = useState(false)
  useUnsaved(text.trim() !== '', 'with the address')

  const ask = async () => {
    try {
      await api.ask(place, { assignment, item: value?.item ?? null, text: text.trim() })
      await client.invalidateQueries()
      onDone()
    } catch {
      setFailed(true)
    }
  }
  return (
    <Dialog title={say('askTitle', { item: value?.item ?? say('askWhole') })} close={onEnd}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        {value && (
          <p className="quiet">
            <Text of={value.title} />
          </p>
        )}
        <label className="field">
          {say('askText')}
          <span className="quiet">{say('askHint')}</span>
          <textarea rows={3} required minLength={3} maxLength={2000} value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        {hasFailed && (
          <p className="alert alert-error" role="alert">
            {say('entryFailed')}
          </p>
        )}
        <p className="buttons">
          <button type="submit" className="button button-primary">
            {say('askSend')}
          </button>
          <button type="button" className="button" onClick={onEnd}>
            {say('cancel')}
          </button>
        </p>
      </form>
    </Dialog>
  )
}

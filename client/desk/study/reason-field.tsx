import { useId } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useUnsaved } from '../unsaved.ts'

/** Why staff do something; needed for all that changes a study or a family. */
export function ReasonField({ reason, set }: { reason: string; set(reason: string): void }) {
  const { say } = useDesk()
  const hint = useId()
  useUnsaved(reason.trim() !== '')
  return (
    <div className="field field-wide">
      <label>
        {say('studyReason')}
        <input
          type="text"
          required
          maxLength={500}
          value={reason}
          aria-describedby={hint}
          autoComplete="off"
          onChange={({ target }) => set(target.value)}
        />
      </label>
      <span className="quiet" id={hint}>
        {say('studyReasonHint')}
      </span>
    </div>
  )
}

import { type ReactNode, useId } from 'react'
import { useDesk } from '../shell/language.tsx'
import type { Problem } from './api.ts'
import { faultText } from './fault-texts.ts'

interface FieldProps {
  label: string
  hint?: string
  /** What the server said against this field. */
  problems: Problem[]
  /** Renders the control, which carries these attributes. */
  children(attributes: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }): ReactNode
}

/** A control with its label, and what is wrong with it. */
export function Field({ label, hint, problems, children }: FieldProps) {
  const { say } = useDesk()
  const id = useId()
  const described = [hint && `${id}-hint`, problems.length > 0 && `${id}-wrong`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': problems.length > 0 || undefined })}
      {problems.length > 0 && (
        <span className="error" id={`${id}-wrong`}>
          {problems.map(({ fault, reason }) => (
            <span key={reason}>{say(faultText(fault))}</span>
          ))}
        </span>
      )}
    </div>
  )
}

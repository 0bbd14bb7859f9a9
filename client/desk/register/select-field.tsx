import { useDesk } from '../shell/language.tsx'
import type { Problem } from './api.ts'
import { Field } from './field.tsx'

interface SelectFieldProps {
  label: string
  hint?: string
  value: string
  problems: Problem[]
  options: readonly { id: string; label: string }[]
  /** What the empty choice says. */
  empty?: string
  choose(value: string): void
}

/** One of a few. */
export function SelectField({ label, hint, value, problems, options, empty, choose }: SelectFieldProps) {
  const { say } = useDesk()
  return (
    <Field label={label} problems={problems} {...(hint !== undefined && { hint })}>
      {(attributes) => (
        <select {...attributes} value={value} onChange={({ target }) => choose(target.value)}>
          <option value="">{empty ?? say('choose')}</option>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

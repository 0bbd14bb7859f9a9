import { useDesk } from '../shell/language.tsx'
import type { Field, Values } from './actions/action.ts'

interface ActionFieldsProps {
  /** That of a field is this with its name: `ID-name`. */
  id: string
  fields: readonly Field[]
  values: Values
  /** What is wrong, by field. */
  faults: Readonly<Record<string, string>>
  change(name: string, value: string): void
}

/** The fields of an action, one beneath the other. */
export function ActionFields({ id, fields, values, faults, change }: ActionFieldsProps) {
  return fields.map((field) => (
    <ActionField
      key={field.name}
      id={`${id}-${field.name}`}
      field={field}
      value={values[field.name] ?? ''}
      fault={faults[field.name] || null}
      change={(value) => change(field.name, value)}
    />
  ))
}

interface ActionFieldProps {
  id: string
  field: Field
  value: string
  /** What is wrong with it. */
  fault: string | null
  change(value: string): void
}

/** One field with its label, what helps to fill it in, and what is wrong with it. */
function ActionField({ id, field: { name, kind, label, hint, choices = [], optional }, value, fault, change }: ActionFieldProps) {
  const { say } = useDesk()
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined
  const shared = { id, name, 'aria-describedby': described, 'aria-invalid': fault ? true : undefined } as const
  const about = (
    <>
      {hint && (
        <span className="quiet" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {fault && (
        <span className="error" id={`${id}-fault`} role="alert">
          {fault}
        </span>
      )}
    </>
  )
  if (kind === 'tick')
    return (
      <div className="tick-field">
        <input {...shared} type="checkbox" checked={value === 'yes'} onChange={({ target }) => change(target.checked ? 'yes' : '')} />
        <label htmlFor={id}>{label}</label>
        {about}
      </div>
    )
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {optional && <span className="quiet">{say('optional')}</span>}
      </label>
      {about}
      {kind === 'choice' ? (
        <select {...shared} aria-required={!optional} value={value} onChange={({ target }) => change(target.value)}>
          <option value="">{say(optional ? 'chooseNone' : 'chooseOne')}</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : kind === 'area' ? (
        <textarea {...shared} aria-required={!optional} rows={2} value={value} onChange={({ target }) => change(target.value)} />
      ) : (
        <input
          {...shared}
          aria-required={!optional}
          type={kind}
          autoComplete="off"
          value={value}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </div>
  )
}

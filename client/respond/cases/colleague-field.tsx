interface ColleagueFieldProps {
  field: 'name' | 'email'
  label: string
  value: string
  problem: string | null
  onChange(value: string): void
}

/** Name or address of a colleague; nothing of it is remembered by the browser. */
export function ColleagueField({ field, label, value, problem, onChange }: ColleagueFieldProps) {
  const id = `colleague-${field}`
  return (
    <div className={problem === null ? 'item' : 'item item-with-problem'}>
      <label className="item-title" htmlFor={id}>
        {label}
      </label>
      {problem !== null && (
        <p className="item-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      <input
        id={id}
        name={field}
        className="control"
        type={field === 'email' ? 'email' : 'text'}
        maxLength={field === 'email' ? 254 : 100}
        value={value}
        autoComplete="off"
        autoCapitalize={field === 'email' ? 'none' : 'words'}
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}

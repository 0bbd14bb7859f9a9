/** The password of now, or a new one. */
interface PasswordFieldProps {
  label: string
  password: string
  set(password: string): void
  isNew?: boolean
}

export function PasswordField({ label, password, set, isNew = false }: PasswordFieldProps) {
  return (
    <label className="field">
      {label}
      <input
        type="password"
        name="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required
        value={password}
        onChange={({ target }) => set(target.value)}
      />
    </label>
  )
}

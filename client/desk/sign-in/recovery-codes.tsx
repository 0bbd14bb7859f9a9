import { useDesk } from '../shell/language.tsx'

/** Shown once: whoever loses the phone comes in with one of them. */
export function RecoveryCodes({ codes, then }: { codes: string[]; then(): void }) {
  const { say } = useDesk()
  return (
    <section aria-labelledby="recovery">
      <h2 id="recovery">{say('recoveryTitle')}</h2>
      <p>{say('recoveryLead')}</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <button type="button" className="button button-primary" onClick={then}>
          {say('recoveryDone')}
        </button>
      </p>
    </section>
  )
}

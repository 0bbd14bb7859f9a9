/** The languages that a site offers, each by the name it has for itself. */
export interface OfferedLanguage {
  language: string
  name: string
}

interface LanguageSwitchProps {
  label: string
  offered: readonly OfferedLanguage[]
  /** The language of the page. */
  language: string
  choose(language: string): void
}

export function LanguageSwitch({ label, offered, language, choose }: LanguageSwitchProps) {
  if (offered.length < 2) return null
  return (
    <nav className="languages" aria-label={label}>
      <ul className="languages-list">
        {offered.map((other) => (
          <li key={other.language}>
            <button
              type="button"
              className="button-quiet"
              lang={other.language}
              aria-current={other.language === language ? 'true' : undefined}
              onClick={() => choose(other.language)}
            >
              {other.name}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

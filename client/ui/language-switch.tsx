import { PostButton } from './post-button.tsx'

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
  /** Where the choice is posted without scripts, as `language`; a site that needs them has no such address. */
  action?: string
}

export function LanguageSwitch({ label, offered, language, choose, action }: LanguageSwitchProps) {
  if (offered.length < 2) return null
  return (
    <nav className="languages" aria-label={label}>
      <ul className="languages-list">
        {offered.map(({ language: other, name }) => {
          const shared = {
            className: 'button-quiet',
            lang: other,
            'aria-current': other === language ? ('true' as const) : undefined,
            onClick: () => choose(other),
            children: name,
          }
          return (
            <li key={other}>
              {action === undefined ? (
                <button type="button" {...shared} />
              ) : (
                <PostButton action={action} field={['language', other]} step={`language ${other}`} {...shared} />
              )}
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

import { useDesk } from './language.tsx'
import { languageName } from './language-name.ts'

interface LanguageFieldProps {
  label: string
  languages: readonly { language: string; isDraft: boolean }[]
  chosen: string
  choose(language: string): void
}

/** In which language people's words are shown here. It says of a translation that it is a draft. */
export function LanguageField({ label, languages, chosen, choose }: LanguageFieldProps) {
  const { say, language } = useDesk()
  return (
    <label className="field">
      {label}
      <select value={chosen} onChange={({ target }) => choose(target.value)}>
        {languages.map((one) => (
          <option key={one.language} value={one.language}>
            {languageName(one.language, language)}
            {one.isDraft ? ` (${say('defDraft')})` : ''}
          </option>
        ))}
      </select>
    </label>
  )
}

import { useQuery } from '@tanstack/react-query'
import { SaidParagraphs } from '../../ui/said.tsx'
import { directionOf, wordsIn } from '../../ui/words.ts'
import { studyQuery } from '../queries.ts'
import { useInAddress } from '../shell/in-address.ts'
import { useDesk } from '../shell/language.tsx'
import { LanguageField } from '../shell/language-field.tsx'
import { Link } from '../shell/link.tsx'
import { purposeName } from '../shell/purpose-name.ts'
import { useStudy } from '../shell/study.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import type { Settings } from './api.ts'

/** What people are asked to agree to, with the version of each statement, in each language. */
export function Consents({ settings: { consents, languages } }: { settings: Settings }) {
  const { say, language } = useDesk()
  const { id, at } = useStudy()
  const { data: study } = useQuery(studyQuery(id))
  const [wanted, setChosen] = useInAddress('statement')
  const chosen = languages.find((one) => one.language === wanted)?.language ?? language
  return (
    <section className="section" aria-labelledby="consents">
      <h2 id="consents">{say('studyConsents')}</h2>
      <p>{say('consentFixed')}</p>
      <p>
        {say('consentHow')} <Link href={at('/definitions/protocol')}>{say('consentAdopt')}</Link>.
      </p>
      <div className="filters">
        <LanguageField label={say('studyTextIn')} languages={languages} chosen={chosen} choose={setChosen} />
      </div>
      <ul className="definition-cards">
        {consents.map(({ purpose, version, roles, required, statement }) => {
          const words = wordsIn(statement, chosen)
          return (
            <li className="card" key={`${purpose} ${roles.join()}`}>
              <h3>
                <span className="initial">{purposeName({ say, language }, consents, purpose)}</span>{' '}
                <code className="quiet">{version}</code>{' '}
                <span className="tag">{say(required ? 'studyConsentRequired' : 'studyConsentFree')}</span>
              </h3>
              <p className="quiet">
                {roles.map((role, index) => (
                  <span key={role}>
                    {index > 0 && ', '}
                    <TitleOf list={study?.roles ?? []} id={role} />
                  </span>
                ))}
              </p>
              <div lang={words.language} dir={directionOf(words.language)}>
                <SaidParagraphs words={words} within={words.language} />
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

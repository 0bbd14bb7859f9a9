import { useId } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import { purposeName } from '../shell/purpose-name.ts'
import type { Problem } from './api.ts'
import type { PersonDraft } from './draft.ts'
import { Field } from './field.tsx'
import { SelectField } from './select-field.tsx'

interface PersonFieldsProps {
  person: PersonDraft
  number: number
  study: Study
  problems: Problem[]
  change(person: PersonDraft): void
  /** Not there for the only one. */
  remove?: (() => void) | undefined
}

/** Whether mail goes to a role; to others nobody says that they have no address. */
const hasMail = ({ roles }: Study, role: string): boolean => roles.find(({ id }) => id === role)?.mail ?? true

/** Somebody in the family, or around it. */
export function PersonFields({ person, number, study, problems, change, remove }: PersonFieldsProps) {
  const { say, language } = useDesk()
  const of = (field: string) => problems.filter((problem) => problem.field === field)
  const needsMail = hasMail(study, person.role)
  const withoutMail = useId()
  const asked = study.consents.filter(({ roles }) => roles.includes(person.role))
  return (
    <fieldset className="card fields">
      <legend>{say('registerPerson', { number })}</legend>
      <SelectField
        label={say('registerRole')}
        value={person.role}
        problems={of('role')}
        options={study.roles.map(({ id, title }) => ({ id, label: wordsIn(title, language).text }))}
        choose={(chosen) => change({ ...person, role: chosen, withoutMail: person.withoutMail && hasMail(study, chosen), consents: {} })}
      />
      <Field label={say('registerName')} problems={of('name')}>
        {(attributes) => (
          <input
            {...attributes}
            autoComplete="off"
            value={person.name}
            onChange={({ target }) => change({ ...person, name: target.value })}
          />
        )}
      </Field>
      <Field label={needsMail ? say('registerEmail') : say('registerEmailNone')} problems={of('email')}>
        {(attributes) => (
          <input
            {...attributes}
            type="email"
            autoComplete="off"
            disabled={person.withoutMail}
            value={person.withoutMail ? '' : person.email}
            onChange={({ target }) => change({ ...person, email: target.value })}
          />
        )}
      </Field>
      {needsMail && (
        <div className="tick-field">
          <input
            id={withoutMail}
            type="checkbox"
            checked={person.withoutMail}
            aria-describedby={`${withoutMail}-hint`}
            onChange={({ target }) => change({ ...person, withoutMail: target.checked })}
          />
          <label htmlFor={withoutMail}>{say('registerWithoutMail')}</label>
          <span className="quiet" id={`${withoutMail}-hint`}>
            {say('registerWithoutMailHint')}
          </span>
        </div>
      )}
      <Field label={say('registerTelephone')} hint={say('registerTelephoneHint')} problems={of('telephone')}>
        {(attributes) => (
          <input
            {...attributes}
            type="tel"
            autoComplete="off"
            value={person.telephone}
            onChange={({ target }) => change({ ...person, telephone: target.value })}
          />
        )}
      </Field>
      <SelectField
        label={say('registerLanguage')}
        value={person.language}
        problems={of('language')}
        options={study.languages.map((id) => ({ id, label: languageName(id, language) }))}
        choose={(chosen) => change({ ...person, language: chosen })}
      />
      <SelectField
        label={say('registerSex')}
        value={person.sex}
        problems={of('sex')}
        empty={say('registerSexUnknown')}
        options={[
          { id: 'female', label: say('registerSexFemale') },
          { id: 'male', label: say('registerSexMale') },
          { id: 'other', label: say('registerSexOther') },
        ]}
        choose={(sex) => change({ ...person, sex })}
      />
      {asked.length > 0 && (
        <details className="consents">
          <summary>{say('registerConsents')}</summary>
          {asked.map(({ purpose, statement }) => (
            <div key={purpose}>
              <p lang="nl">
                <Text of={statement} />
              </p>
              <SelectField
                label={purposeName({ say, language }, asked, purpose)}
                value={person.consents[purpose] ?? ''}
                problems={of(`consents.${purpose}`)}
                empty={say('registerConsentUnasked')}
                options={[
                  { id: 'yes', label: say('registerConsentYes') },
                  { id: 'no', label: say('registerConsentNo') },
                ]}
                choose={(answer) => change({ ...person, consents: { ...person.consents, [purpose]: answer } })}
              />
            </div>
          ))}
        </details>
      )}
      {remove && (
        <button type="button" className="button-quiet" onClick={remove}>
          {say('registerRemovePerson', { number })}
        </button>
      )}
    </fieldset>
  )
}

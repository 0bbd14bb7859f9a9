import type { Problem } from '../register/api.ts'
import { Field } from '../register/field.tsx'
import { useDesk } from '../shell/language.tsx'
import { idOf, type StudyDraft } from './draft.ts'

interface FactsFieldsProps {
  draft: StudyDraft
  /** The address from which mail goes out. */
  sender: string | null
  of(field: string): Problem[]
  change(changed: Partial<StudyDraft>): void
}

type Line = 'title' | 'organisation' | 'contact' | 'helpLine'

/** What participants see of the study, and what it is called in addresses and commands. */
export function FactsFields({ draft, sender, of, change }: FactsFieldsProps) {
  const { say } = useDesk()
  const line = (name: Line, label: string, hint: string, most = 200) => (
    <Field label={label} hint={hint} problems={of(name)}>
      {(attributes) => (
        <input
          {...attributes}
          type="text"
          required={name !== 'helpLine'}
          maxLength={most}
          value={draft[name]}
          autoComplete="off"
          onChange={({ target }) => change({ [name]: target.value })}
        />
      )}
    </Field>
  )
  return (
    <section className="card" aria-labelledby="open-facts">
      <h2 id="open-facts">{say('openFacts')}</h2>
      {line('title', say('studyName'), say('openNameHint'))}
      <Field label={say('openId')} hint={say('openIdHint')} problems={of('id')}>
        {(attributes) => (
          <input
            {...attributes}
            type="text"
            required
            maxLength={40}
            value={idOf(draft)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => change({ id: target.value })}
          />
        )}
      </Field>
      {line('organisation', say('openAsks'), sender === null ? say('openAsksHint') : say('openAsksFrom', { address: sender }))}
      {line('contact', say('studyContact'), say('openContactHint'))}
      {line('helpLine', say('openHelpLine'), say('openHelpLineHint'), 500)}
      <Field label={say('studyRegions')} hint={say('openRegionsHint')} problems={of('regions')}>
        {(attributes) => (
          <textarea {...attributes} rows={3} value={draft.regions} onChange={({ target }) => change({ regions: target.value })} />
        )}
      </Field>
    </section>
  )
}

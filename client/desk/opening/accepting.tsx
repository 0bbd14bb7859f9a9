import type { Problem } from '../register/api.ts'
import { Field } from '../register/field.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import type { ProtocolChoice } from './api.ts'
import type { StudyDraft } from './draft.ts'

interface AcceptingProps {
  draft: StudyDraft
  protocol: ProtocolChoice
  isDemonstration: boolean
  of(field: string): Problem[]
  change(changed: Partial<StudyDraft>): void
}

/** Whether it is a real study, and then what somebody has to answer for: stand-ins, and translations that nobody has read over. */
export function Accepting({ draft, protocol, isDemonstration, of, change }: AcceptingProps) {
  const { say } = useDesk()
  const kind = (isPractice: boolean, label: string) => (
    <label className="choice">
      <input type="radio" name="kind" checked={draft.isPractice === isPractice} onChange={() => change({ isPractice })} />
      {label}
    </label>
  )
  return (
    <section className="card" aria-labelledby="open-kind">
      <h2 id="open-kind">{say('openKind')}</h2>
      {isDemonstration ? (
        <p>{say('openKindHere')}</p>
      ) : (
        <fieldset>
          <legend className="visually-hidden">{say('openKind')}</legend>
          {kind(false, say('openReal'))}
          {kind(true, say('openPractice'))}
        </fieldset>
      )}
      {protocol.standIns.length > 0 && !draft.isPractice && (
        <StandIns protocol={protocol} draft={draft} problems={of('standInsAcceptedBy')} change={change} />
      )}
      {protocol.drafts.length > 0 && !draft.isPractice && <Drafts protocol={protocol} draft={draft} change={change} />}
      {protocol.byLot && (
        <>
          <h3>{say('openLots')}</h3>
          <p>{say('openLotsLead')}</p>
          <Field label={say('openSeed')} hint={say('openSeedHint')} problems={of('allocationSeed')}>
            {(attributes) => (
              <input
                {...attributes}
                type="text"
                maxLength={64}
                value={draft.seed}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={({ target }) => change({ seed: target.value })}
              />
            )}
          </Field>
        </>
      )}
    </section>
  )
}

type Part = Pick<AcceptingProps, 'draft' | 'protocol' | 'change'>

function StandIns({ draft, protocol: { standIns }, problems, change }: Part & { problems: Problem[] }) {
  const { say, count } = useDesk()
  return (
    <>
      <h3>{say('studyStandIns')}</h3>
      <p>{say('openStandIns')}</p>
      <details>
        <summary>{count('openStandInsOf', standIns.length)}</summary>
        <ul>
          {standIns.map(({ reference, title }) => (
            <li key={reference}>
              <Text of={title} /> <code className="quiet">{reference}</code>
            </li>
          ))}
        </ul>
      </details>
      <Field label={say('openAcceptedBy')} hint={say('openAcceptedByHint')} problems={problems}>
        {(attributes) => (
          <input
            {...attributes}
            type="text"
            maxLength={200}
            value={draft.acceptedBy}
            autoComplete="off"
            onChange={({ target }) => change({ acceptedBy: target.value })}
          />
        )}
      </Field>
    </>
  )
}

function Drafts({ draft, protocol: { languages, drafts }, change }: Part) {
  const { say, language } = useDesk()
  const named = languages.map((one) => languageName(one, language)).join(', ')
  return (
    <fieldset>
      <legend>
        <h3>{say('openDrafts')}</h3>
      </legend>
      <p>{say('openDraftsLead', { languages: named })}</p>
      {drafts.map((one) => (
        <label className="choice" key={one}>
          <input
            type="checkbox"
            checked={draft.drafts.includes(one)}
            onChange={({ target }) =>
              change({ drafts: target.checked ? [...draft.drafts, one] : draft.drafts.filter((other) => other !== one) })
            }
          />
          {say('openDraft', { language: languageName(one, language) })}
        </label>
      ))}
    </fieldset>
  )
}

import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import type { Problem } from './api.ts'
import type { CaseDraft } from './draft.ts'
import { Field } from './field.tsx'
import { SelectField } from './select-field.tsx'

interface CaseFieldsProps {
  draft: CaseDraft
  study: Study
  problems: Problem[]
  change(draft: Partial<CaseDraft>): void
}

/** What is known of the family itself. */
export function CaseFields({ draft, study, problems, change }: CaseFieldsProps) {
  const { say, language } = useDesk()
  const of = (field: string) => problems.filter((problem) => problem.field === field && problem.participant === undefined)
  const cohort = study.cohorts.find(({ id }) => id === draft.cohort)
  const arms = study.arms.filter(({ id }) => cohort?.arms.includes(id) ?? true)
  return (
    <fieldset className="card fields">
      <legend>{say('registerCase')}</legend>
      <Field label={say('registerCode')} hint={say('registerCodeHint')} problems={of('code')}>
        {(attributes) => (
          <input
            {...attributes}
            autoComplete="off"
            maxLength={40}
            value={draft.code}
            onChange={({ target }) => change({ code: target.value })}
          />
        )}
      </Field>
      <SelectField
        label={say('registerCohort')}
        value={draft.cohort}
        problems={of('cohort')}
        options={study.cohorts.map(({ id, title }) => ({ id, label: wordsIn(title, language).text }))}
        choose={(chosen) => change({ cohort: chosen, arm: '' })}
      />
      {cohort?.byLot ? (
        <p className="quiet">{say('registerByLot')}</p>
      ) : (
        <SelectField
          label={say('registerArm')}
          value={draft.arm}
          problems={of('arm')}
          options={arms.map(({ id, title }) => ({ id, label: wordsIn(title, language).text }))}
          choose={(arm) => change({ arm })}
        />
      )}
      <Field label={say('registerRegion')} problems={of('region')}>
        {(attributes) => (
          <>
            <input {...attributes} list="regions" value={draft.region} onChange={({ target }) => change({ region: target.value })} />
            <datalist id="regions">
              {study.regions.map((region) => (
                <option key={region}>{region}</option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={say('registerChild')} hint={say('registerMonthHint')} problems={of('childBirthMonth')}>
        {(attributes) => (
          <input {...attributes} inputMode="numeric" value={draft.child} onChange={({ target }) => change({ child: target.value })} />
        )}
      </Field>
      <Field label={say('registerOthers')} hint={say('registerOthersHint')} problems={of('otherChildBirthMonths')}>
        {(attributes) => <input {...attributes} value={draft.others} onChange={({ target }) => change({ others: target.value })} />}
      </Field>
    </fieldset>
  )
}

/** The dates from which waves count. */
export function DateFields({ draft, study, problems, change }: CaseFieldsProps) {
  const { say, language } = useDesk()
  return (
    <fieldset className="card fields">
      <legend>{say('registerDates')}</legend>
      <p className="quiet">{say('registerDatesLead')}</p>
      {study.anchors.map(({ id, title }, index) => (
        <Field
          key={id}
          label={wordsIn(title, language).text}
          problems={problems.filter(({ field }) => field === `anchors.${id}` || (index === 0 && field === 'anchor'))}
        >
          {(attributes) => (
            <input
              {...attributes}
              type="date"
              min="1990-01-01"
              max="2099-12-31"
              value={draft.anchors[id] ?? ''}
              onChange={({ target }) => change({ anchors: { ...draft.anchors, [id]: target.value } })}
            />
          )}
        </Field>
      ))}
    </fieldset>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useId, useState } from 'react'
import { ActionFields } from '../case/action-fields.tsx'
import { attemptFields, attemptOf } from '../case/actions/attempt.ts'
import { recordAttempt } from '../case/api.ts'
import { fieldFault, refusalText } from '../case/fault-texts.ts'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { useUnsaved } from '../unsaved.ts'
import type { ByHandRowOf } from './api.ts'

/** What somebody did to reach this person, written down where they found the number. */
export function AttemptForm({ row: { code, person, wave }, done, cancel }: { row: ByHandRowOf; done(): void; cancel(): void }) {
  const { say } = useDesk()
  const { id: study } = useStudy()
  const client = useQueryClient()
  const formId = useId()
  const [values, setValues] = useState<Record<string, string>>({})
  const [missing, setMissing] = useState<string[]>([])
  useUnsaved(Object.values(values).some((value) => value !== ''))
  const fields = attemptFields(say, values)
  const { isBusy, failure, submit } = useSubmission(
    () => recordAttempt({ study, case: code, person }, { ...attemptOf(values), wave }),
    () => {
      done()
      void client.invalidateQueries()
    },
  )
  const faults = failure ? fieldFault(failure, say) : {}
  const isNamed = Object.keys(faults).some((name) => fields.some((field) => field.name === name))
  const send = (event: SyntheticEvent): void => {
    event.preventDefault()
    const empty = fields.filter(({ name, optional }) => !optional && !values[name]?.trim()).map(({ name }) => name)
    setMissing(empty)
    if (empty[0] === undefined) void submit()
    else document.getElementById(`${formId}-${empty[0]}`)?.focus()
  }
  return (
    <form className="action-fields" noValidate onSubmit={send} aria-label={`${say('attemptRecord')}: ${code}`}>
      <ActionFields
        id={formId}
        fields={fields}
        values={values}
        faults={{ ...faults, ...Object.fromEntries(missing.map((name) => [name, say('faultEmpty')])) }}
        change={(name, value) => {
          setMissing(missing.filter((one) => one !== name))
          setValues({ ...values, [name]: value })
        }}
      />
      {failure && !isNamed && (
        <p className="alert alert-error" role="alert">
          {refusalText(failure, say)}
        </p>
      )}
      <p className="buttons">
        <button type="submit" className="button button-primary" aria-disabled={isBusy}>
          {say('attemptSave')}
        </button>
        <button type="button" className="button-quiet" onClick={cancel}>
          {say('attemptCancel')}
        </button>
      </p>
    </form>
  )
}

/** The window of one action: its fields, why it is done, what it would change, and then it is done. */
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { Dialog } from '../shell/dialog.tsx'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { ActionFields } from './action-fields.tsx'
import type { CaseAction, Field, Outcome, Scene, Values } from './actions/action.ts'
import { ChangesShown } from './changes-shown.tsx'
import { ContactShown } from './contact-shown.tsx'
import { fieldFault, refusalText } from './fault-texts.ts'
import { MailsShown } from './mails-shown.tsx'
import { MistakeNotes } from './mistake-notes.tsx'
import { ScoresRenewed } from './scores-renewed.tsx'

interface ActionDialogProps {
  action: CaseAction
  scene: Scene
  /** What it begins with: what was typed before, or what the address says. */
  given: Values
  keep(values: Values): void
  close(): void
  /** True while it is being done, until all of the page is as it is then. */
  setBusy(busy: boolean): void
  done(): void
}

interface State {
  values: Values
  /** What is wrong, by field. */
  faults: Record<string, string>
  /** What is wrong with the whole. */
  refusal: string | null
  /** What it would change, for exactly these values. */
  shown: Outcome | null
  busy: boolean
}

const untouched = { faults: {}, refusal: null, shown: null }

export function ActionDialog({ action, scene, given, keep, close, setBusy, done }: ActionDialogProps) {
  const { say } = useDesk()
  const { id: study } = useStudy()
  const client = useQueryClient()
  const formId = useId()
  const [state, setState] = useState<State>({ values: given, ...untouched, busy: false })
  const reason: Field = { name: 'reason', kind: 'area', label: say('fieldReason'), hint: say('hintNoNames') }
  const fields = [...withValues(action, scene, state.values), ...(action.withoutReason ? [] : [reason])]
  const values = { ...state.values, ...Object.fromEntries(fields.map((field) => [field.name, filledIn(field, state.values)])) }

  const isGone = state.values.person ? scene.file.participants.every(({ id }) => id !== state.values.person) : false
  const wrong = isGone && !state.faults.person ? { ...state.faults, person: say('personGone') } : state.faults

  const change = (name: string, value: string): void => {
    const next = { ...state.values, [name]: value }
    keep(next)
    // Why it is done changes nothing about what it does.
    const shown = name === 'reason' ? state.shown : null
    setState({ ...state, ...untouched, shown, faults: { ...state.faults, [name]: '' }, values: next })
  }

  const send = async (preview: boolean): Promise<void> => {
    const missing = fields.filter((field) => !field.optional && values[field.name]?.trim() === '' && !(preview && field.name === 'reason'))
    if (missing.length > 0) {
      const [first] = missing
      setState({ ...state, faults: Object.fromEntries(missing.map(({ name }) => [name, say('faultEmpty')])), refusal: null })
      if (first) document.getElementById(`${formId}-${first.name}`)?.focus()
      return
    }
    setState({ ...state, ...untouched, shown: preview ? null : state.shown, busy: true })
    try {
      setBusy(!preview)
      const shown = await action.send({ study, case: scene.file.code }, values, preview, scene.file)
      setState({ ...state, ...untouched, shown, busy: false })
      if (preview) return
      await client.invalidateQueries()
      done()
      if (!shown.contact && shown.contact !== null) close()
      setBusy(false)
    } catch (failure) {
      setBusy(false)
      const refused = failure instanceof ApiFailure ? failure : new ApiFailure('unexpected')
      const faults = fieldFault(refused, say)
      const isKnown = Object.keys(faults).some((name) => fields.some((field) => field.name === name))
      setState({ ...state, ...untouched, faults, refusal: isKnown ? null : refusalText(refused, say), busy: false })
    }
  }

  const isReady = !action.previews || state.shown !== null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!state.busy) void send(!isReady)
  }
  return (
    <Dialog title={say(action.title)} close={close}>
      <form className="action-fields" id={formId} noValidate onSubmit={submit}>
        <ActionFields id={formId} fields={fields} values={values} faults={wrong} change={change} />
        <div aria-live="polite">
          {state.shown?.scores && <ScoresRenewed scores={state.shown.scores} />}
          {state.shown?.changes && <ChangesShown changes={state.shown.changes} />}
          {state.shown?.notes && <MistakeNotes notes={state.shown.notes} arms={scene.study.arms} />}
          {state.shown?.mails && (!state.shown.changes || state.shown.mails.length > 0) && (
            <MailsShown mails={state.shown.mails} again={state.shown.again ?? []} />
          )}
          {state.shown && 'contact' in state.shown && <ContactShown contact={state.shown.contact ?? null} />}
          {state.refusal && (
            <p className="alert alert-error" role="alert">
              {state.refusal}
            </p>
          )}
        </div>
        <div className="buttons">
          <button type="submit" className="button button-primary" aria-disabled={state.busy}>
            {state.busy ? say('loading') : say(isReady ? (action.id === 'contact' ? 'actionShow' : 'actionDo') : 'actionPreview')}
          </button>
          <button type="button" className="button" onClick={close}>
            {say('close')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** Fields may depend on each other: a choice that is the only one is made. */
function withValues(action: CaseAction, scene: Scene, values: Values): Field[] {
  const first = action.fields(scene, values)
  return action.fields(scene, { ...values, ...Object.fromEntries(first.map((field) => [field.name, filledIn(field, values)])) })
}

function filledIn({ name, kind, choices = [], initial, optional }: Field, values: Values): string {
  const typed = values[name]
  if (kind !== 'choice') return typed ?? initial ?? ''
  const wanted = typed ?? initial ?? ''
  if (choices.some(({ value }) => value === wanted)) return wanted
  return choices.length === 1 && !optional ? (choices[0]?.value ?? '') : ''
}

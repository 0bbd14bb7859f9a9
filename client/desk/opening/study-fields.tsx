import { useEffect, useRef, useState } from 'react'
import type { Problem } from '../register/api.ts'
import { useDesk } from '../shell/language.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Refused } from '../study/refused.tsx'
import { useUnsaved } from '../unsaved.ts'
import { Accepting } from './accepting.tsx'
import { type Choices, type Opened, openStudy, previewStudy, type StudyPreview } from './api.ts'
import { ChooseProtocol } from './choose-protocol.tsx'
import { emptyStudy, enteredStudy, type StudyDraft } from './draft.ts'
import { FactsFields } from './facts-fields.tsx'
import { Preview } from './preview.tsx'

interface StudyFieldsProps {
  choices: Choices
  then(opened: Opened): void
}

/** All that opening a study takes: it is looked at first, and only what was looked at can be opened. */
export function StudyFields({ choices, then }: StudyFieldsProps) {
  const { say } = useDesk()
  const [empty] = useState<StudyDraft>(() => ({ ...emptyStudy, isPractice: choices.isDemonstration }))
  const [draft, setDraft] = useState(empty)
  useUnsaved(draft !== empty)
  const [preview, setPreview] = useState<StudyPreview | null>(null)
  const chosen = choices.protocols.find(({ reference }) => reference === draft.protocol)
  const entered = enteredStudy(draft, chosen ?? { drafts: [], byLot: false })
  const looking = useSubmission(() => previewStudy(entered), setPreview)
  const opening = useSubmission(() => openStudy(entered), then)
  /** The preview from which opening was tried: what was said against it says nothing of a later one. */
  const [tried, setTried] = useState<StudyPreview | null>(null)
  const failure = preview === null ? looking.failure : tried === preview ? opening.failure : null
  const problems = failure?.code === 'entry-invalid' ? (failure.details.problems as Problem[]) : []
  const change = (changed: Partial<StudyDraft>) => {
    setDraft((before) => ({ ...before, ...changed }))
    setPreview(null)
  }
  const fields = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (failure) fields.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [failure])
  const of = (field: string) => problems.filter((problem) => problem.field === field)
  return (
    <form
      className="entry"
      ref={fields}
      onSubmit={(event) => {
        setPreview(null)
        void looking.submit(event)
      }}
    >
      <ChooseProtocol protocols={choices.protocols} chosen={chosen} problems={of('protocol')} choose={(protocol) => change({ protocol })} />
      {chosen && (
        <>
          <FactsFields draft={draft} sender={choices.sender} of={of} change={change} />
          <Accepting draft={draft} protocol={chosen} isDemonstration={choices.isDemonstration} of={of} change={change} />
          {preview && <Preview preview={preview} protocol={chosen} />}
          {problems.length > 0 ? (
            <p className="alert alert-error" role="alert">
              {say('openWrong')}
            </p>
          ) : (
            <Refused failure={failure} />
          )}
          <p className="buttons">
            {/* Enter in a field looks, and looks again: only this button opens. */}
            {preview ? (
              <button
                key="open"
                type="button"
                className="button button-primary"
                aria-disabled={opening.isBusy}
                onClick={() => {
                  setTried(preview)
                  void opening.submit()
                }}
              >
                {opening.isBusy ? say('loading') : say('openDo')}
              </button>
            ) : (
              <button key="look" type="submit" className="button button-primary" aria-disabled={looking.isBusy}>
                {looking.isBusy ? say('loading') : say('openLook')}
              </button>
            )}
          </p>
        </>
      )}
    </form>
  )
}

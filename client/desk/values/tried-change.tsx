/** A dialog for a change: what follows from it is shown first, then it is done. Why, and which question led to it, is asked in each. */
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { useUnsaved } from '../unsaved.ts'
import * as api from './api.ts'
import { Outcome } from './outcome.tsx'

interface TriedChangeProps {
  place: api.Place
  answers: api.ListAnswers
  /** What is changed, with what it asks. */
  item: string
  about: Record<string, string>
  title: string
  /** What is to be done; undefined for what cannot be read. */
  read(): api.WhatChanges | undefined
  /** Changes with whatever is typed: another value has to be looked at anew. */
  typed: string
  onEnd(): void
  /** It was changed. */
  onDone(): void
  children?: ReactNode
}

const problems = {
  'value-same': 'changeSame',
  'answers-invalid': 'changeInvalid',
  'answers-missing': 'changeRequired',
} as const
type Problem = (typeof problems)[keyof typeof problems] | 'entryFailed'

export function TriedChange({ place, answers, item, about, title, read, typed, onEnd, onDone, children }: TriedChangeProps) {
  const { say } = useDesk()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [query, setQuery] = useState<number | null>(answers.queries.find((one) => one.item === item && one.state !== 'closed')?.id ?? null)
  const [tried, setTried] = useState<api.Changed | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [first] = useState(typed)
  useUnsaved(typed !== first || reason.trim() !== '', 'with the address')
  const open = answers.queries.filter(({ state }) => state !== 'closed')
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was looked at was another value, or for another question.
  useEffect(() => {
    setTried(null)
    setProblem(null)
  }, [typed, query])

  const go = async () => {
    const what = read()
    if (what === undefined) return setProblem('changeInvalid')
    const change = { assignment: answers.assignment, item, ...what, reason: reason.trim(), ...(query !== null && { query }) }
    try {
      setProblem(null)
      if (!tried) return setTried(await api.preview(place, change))
      await api.change(place, change)
      await client.invalidateQueries()
      onDone()
    } catch (error) {
      setTried(null)
      const known = error instanceof ApiFailure && Object.hasOwn(problems, error.code)
      setProblem(known ? problems[error.code as keyof typeof problems] : 'entryFailed')
    }
  }
  return (
    <Dialog title={title} close={onEnd}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <p className="quiet">
          <Text of={about} />
        </p>
        {children}
        <label className="field">
          {say('changeReason')}
          <span className="quiet">{say('askHint')}</span>
          <input type="text" required minLength={3} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
        </label>
        {open.length > 0 && (
          <label className="field">
            {say('changeQuery')}
            <select value={query ?? ''} onChange={({ target }) => setQuery(target.value === '' ? null : Number(target.value))}>
              <option value="">{say('changeQueryNone')}</option>
              {open.map(({ id, item: asked, notes }) => (
                <option key={id} value={id}>
                  {`${asked ?? say('askWhole')}: ${(notes[0]?.text ?? '').slice(0, 60)}`}
                </option>
              ))}
            </select>
          </label>
        )}
        {problem && (
          <p className="alert alert-error" role="alert">
            {say(problem)}
          </p>
        )}
        {tried && <Outcome tried={tried} answers={answers} />}
        <p className="buttons">
          <button type="submit" className="button button-primary">
            {say(tried ? 'changeDo' : 'changePreview')}
          </button>
          <button type="button" className="button" onClick={onEnd}>
            {say('cancel')}
          </button>
        </p>
      </form>
    </Dialog>
  )
}

/** Changes a value: what follows from it is shown first, then it is done. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { Text, useDesk } from '../shell/language.tsx'
import * as api from './api.ts'
import { readValue, shownValue } from './read-value.ts'

interface ChangeDialogProps {
  place: api.Place
  answers: api.ListAnswers
  value: api.ListValue
  onEnd(): void
}

const problems: Partial<Record<string, 'changeSame' | 'changeInvalid' | 'changeRequired'>> = {
  'value-same': 'changeSame',
  'answers-invalid': 'changeInvalid',
  'answers-missing': 'changeRequired',
}

export function ChangeDialog({ place, answers, value, onEnd }: ChangeDialogProps) {
  const { say, language } = useDesk()
  const client = useQueryClient()
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState(Array.isArray(value.value) ? value.value.join(' ') : String(value.value ?? ''))
  const [reason, setReason] = useState('')
  const [query, setQuery] = useState<number | null>(
    answers.queries.find(({ item, state }) => item === value.item && state !== 'closed')?.id ?? null,
  )
  const [tried, setTried] = useState<api.Changed | null>(null)
  const [problem, setProblem] = useState<'changeSame' | 'changeInvalid' | 'changeRequired' | 'entryFailed' | null>(null)
  const open = answers.queries.filter(({ state }) => state !== 'closed')
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
  }, [])

  const go = async () => {
    const read = readValue(value.input, typed)
    if (read === undefined) return setProblem('changeInvalid')
    const change = {
      assignment: answers.assignment,
      item: value.item,
      value: read,
      reason: reason.trim(),
      ...(query !== null && { query }),
    }
    try {
      setProblem(null)
      if (!tried) return setTried(await api.preview(place, change))
      await api.change(place, change)
      await client.invalidateQueries()
      onEnd()
    } catch (error) {
      setTried(null)
      setProblem((error instanceof ApiFailure && problems[error.code]) || 'entryFailed')
    }
  }
  /** Another value has to be looked at anew. */
  const edit = (change: () => void) => {
    change()
    setTried(null)
    setProblem(null)
  }
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="change-title" onClose={onEnd}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <h2 id="change-title">{say('changeTitle', { item: value.item })}</h2>
        <p className="quiet">
          <Text of={value.title} />
        </p>
        <div className="field">
          <label htmlFor="change-to">{say('changeTo')}</label>
          <span className="quiet" id="change-codes">
            {value.choices.length > 0 &&
              say('changeCodes', { codes: value.choices.map((choice) => shownValue(value, choice.value, language)).join(' · ') })}{' '}
            {value.input === 'codes' && say('changeManyCodes')} {say('changeEmpty')}
          </span>
          {value.input === 'text' ? (
            <textarea
              id="change-to"
              rows={3}
              value={typed}
              aria-describedby="change-codes"
              onChange={({ target }) => edit(() => setTyped(target.value))}
            />
          ) : (
            <input
              id="change-to"
              type={value.input === 'date' ? 'date' : 'text'}
              value={typed}
              autoComplete="off"
              aria-describedby="change-codes"
              onChange={({ target }) => edit(() => setTyped(target.value))}
            />
          )}
        </div>
        <label className="field">
          {say('changeReason')}
          <span className="quiet">{say('askHint')}</span>
          <input type="text" required minLength={3} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
        </label>
        {open.length > 0 && (
          <label className="field">
            {say('changeQuery')}
            <select value={query ?? ''} onChange={({ target }) => edit(() => setQuery(target.value === '' ? null : Number(target.value)))}>
              <option value="">{say('changeQueryNone')}</option>
              {open.map(({ id, item, notes }) => (
                <option key={id} value={id}>
                  {`${item ?? say('askWhole')}: ${(notes[0]?.text ?? '').slice(0, 60)}`}
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
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {say('cancel')}
          </button>
        </p>
      </form>
    </dialog>
  )
}

function Outcome({ tried, answers }: { tried: api.Changed; answers: api.ListAnswers }) {
  const { say, language, number } = useDesk()
  const { items, scores, plan } = tried
  const value = (item: string) => answers.values.find((one) => one.item === item) ?? { choices: [] }
  const score = (one: { raw: number | null; z: number | null } | null) =>
    one?.raw === null || one === null ? '–' : `${number(one.raw)}${one.z === null ? '' : ` (${say('scoreZ')} ${number(one.z, 2)})`}`
  const all = plan ? [plan.add, plan.move, plan.cancel] : []
  const [lists, mails] = [all.reduce((sum, one) => sum + one.assignments, 0), all.reduce((sum, one) => sum + one.messages, 0)]
  return (
    <div className="alert" role="status">
      <p>
        <strong>{say('changeValues')}</strong>
      </p>
      <ul className="dots">
        {items.map(({ item, before, after }) => (
          <li key={item}>
            <code>{item}</code>{' '}
            {say('fromTo', {
              before: shownValue(value(item), before, language) || say('valueNone'),
              after: shownValue(value(item), after, language) || say('valueNone'),
            })}
          </li>
        ))}
      </ul>
      {scores.length === 0 ? (
        <p>{say('changeScoresNone')}</p>
      ) : (
        <>
          <p>
            <strong>{say('changeScores')}</strong>
          </p>
          <ul className="dots">
            {scores.map(({ scale, before, after }) => (
              <li key={scale}>
                <code>{scale}</code> {say('fromTo', { before: score(before), after: score(after) })}
              </li>
            ))}
          </ul>
        </>
      )}
      {lists + mails > 0 && <p>{say('changePlan', { lists, mails })}</p>}
    </div>
  )
}

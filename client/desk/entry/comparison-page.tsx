/** Two typings of the same list beside each other; somebody decides what the paper says. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../../instruments/schema.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'
import { useUnsaved } from '../unsaved.ts'
import * as api from './api.ts'

export function ComparisonPage({ code, assignment }: { code: string; assignment: string }) {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const place = { study: id, code, assignment }
  const query = useQuery({ ...api.comparisonQuery(place), retry: false })
  const [isDone, setDone] = useState(false)
  return (
    <Page title={say('compareTitle')} back={<Link href={at(`/cases/${code}/entry`)}>{say('entryCaseTitle', { code })}</Link>}>
      {isDone ? (
        <>
          <p role="status">{say('entryFinishedLead')}</p>
          <p>
            <Link className="button" href={at(`/cases/${code}/entry`)}>
              {say('entryLists')}
            </Link>
          </p>
        </>
      ) : query.isError ? (
        <p className="alert">{say('compareNothing')}</p>
      ) : (
        <Fetched query={query}>{(comparison) => <Deciding comparison={comparison} place={place} onDone={() => setDone(true)} />}</Fetched>
      )}
    </Page>
  )
}

type Side = 'first' | 'second'

function Deciding({ comparison, place, onDone }: { comparison: api.Comparison; place: api.Place; onDone(): void }) {
  const { say, count, language } = useDesk()
  const client = useQueryClient()
  const [choices, setChoices] = useState<Record<string, Side>>({})
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<'compareUndecided' | 'entryFailed' | null>(null)
  const { differences, firstBy, secondBy, total } = comparison
  useUnsaved(Object.keys(choices).length > 0 || reason.trim() !== '')
  const names = { first: firstBy ?? say('entryBySomebody'), second: secondBy ?? say('entryBySomebody') }

  const decide = async () => {
    if (differences.some(({ item }) => choices[item] === undefined)) return setProblem('compareUndecided')
    try {
      await api.decide(place, { choices, reason: reason.trim() })
      void client.invalidateQueries()
      onDone()
    } catch {
      setProblem('entryFailed')
    }
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void decide()
      }}
    >
      <p>{count('compareLead', differences.length, { total })}</p>
      {differences.map((one) => (
        <fieldset key={one.item} className="compare">
          <legend>
            {one.title[language] ?? one.title.nl} <code>{one.item}</code>
          </legend>
          {(['first', 'second'] as const).map((side) => (
            <label key={side} className="check">
              <input
                type="radio"
                name={one.item}
                checked={choices[one.item] === side}
                onChange={() => {
                  setChoices((before) => ({ ...before, [one.item]: side }))
                  setProblem(null)
                }}
              />
              <span>
                <strong>{shown(one[side], one.choices, language) || say('valueNone')}</strong>{' '}
                <span className="quiet">{say(side === 'first' ? 'compareFirst' : 'compareSecond', { name: names[side] })}</span>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <label className="field">
        {say('compareReason')}
        <span className="quiet">{say('compareReasonHint')}</span>
        <input type="text" required minLength={3} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      {problem && (
        <p className="alert alert-error" role="alert">
          {say(problem)}
        </p>
      )}
      <p className="buttons">
        <button type="submit" className="button button-primary">
          {say('compareDecide')}
        </button>
      </p>
    </form>
  )
}

/** An answer with its code and what that means; records as they are kept. */
function shown(answer: Answer | null, choices: api.Comparison['differences'][number]['choices'], language: string): string {
  if (answer === null) return ''
  if (Array.isArray(answer) && typeof answer[0] === 'object') return JSON.stringify(answer)
  return (Array.isArray(answer) ? answer : [answer])
    .map((code) => {
      const text = choices.find(({ value }) => value === code)?.text
      return text ? `${code} ${text[language] ?? text.nl}` : String(code)
    })
    .join(', ')
}

/** Questions about values, each with what was said about it and what can be said now. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { useUnsaved } from '../unsaved.ts'
import * as api from './api.ts'

const notes = {
  asked: 'noteAsked',
  answered: 'noteAnswered',
  'asked again': 'noteAskedAgain',
  'value changed': 'noteChanged',
  closed: 'noteClosed',
} as const

export const stateTexts = { open: 'queryOpen', answered: 'queryAnswered', closed: 'queryClosed' } as const

/** `isFar`: away from the answers, so that each says where it belongs. */
export function Queries({ queries, isFar = false }: { queries: readonly api.Query[]; isFar?: boolean }) {
  return (
    <ul className="queries">
      {queries.map((query) => (
        <Thread key={query.id} query={query} isFar={isFar} />
      ))}
    </ul>
  )
}

function Thread({ query, isFar }: { query: api.Query; isFar: boolean }) {
  const { say, moment, language } = useDesk()
  const { id, at } = useStudy()
  const title = (of: Record<string, string>) => of[language] ?? of.nl ?? ''
  const answers = at(`/cases/${query.caseCode}/answers/${query.assignment}`)
  return (
    <li className="query" id={`query-${query.id}`}>
      {isFar && (
        <h2>
          <Link href={answers}>
            {say('queryOf', { code: query.caseCode, wave: query.wave, who: title(query.roleTitle), list: title(query.title) })}
          </Link>
        </h2>
      )}
      <p>
        {query.item === null ? say('askWhole') : <code>{query.item}</code>} {query.itemTitle && title(query.itemTitle)}{' '}
        <span className="tag">{say(stateTexts[query.state])}</span>
      </p>
      <ol className="query-notes">
        {query.notes.map((note) => (
          <li key={`${note.at} ${note.kind}`}>
            <strong>{say(notes[note.kind], { name: note.by ?? say('entryBySomebody') })}</strong>{' '}
            <span className="quiet">{moment(note.at)}</span>
            {note.text && <p>{note.text}</p>}
          </li>
        ))}
      </ol>
      {query.state !== 'closed' && <Reply query={query} study={id} />}
      {query.state !== 'closed' && isFar && query.item !== null && (
        <p>
          <Link href={`${answers}?item=${encodeURIComponent(query.item)}`}>{say('queryToAnswers')}</Link>
        </p>
      )}
    </li>
  )
}

function Reply({ query, study }: { query: api.Query; study: string }) {
  const { say } = useDesk()
  const client = useQueryClient()
  const mayAnswer = useMay(study, 'answer queries')
  const mayAsk = useMay(study, 'ask queries')
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<'textTooShort' | 'entryFailed' | null>(null)
  const place = { study, code: query.caseCode }
  useUnsaved(text.trim() !== '')

  const send = async (how: 'answer' | 'again' | 'close') => {
    const said = text.trim()
    if (said.length < 3 && !(how === 'close' && said === '')) return setProblem('textTooShort')
    try {
      if (how === 'answer') await api.answer(place, query.id, said)
      else if (how === 'again') await api.askAgain(place, query.id, said)
      else await api.close(place, query.id, said === '' ? null : said)
      setText('')
      setProblem(null)
      await client.invalidateQueries()
    } catch {
      setProblem('entryFailed')
    }
  }
  if (!mayAnswer && !mayAsk) return null
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send(mayAnswer ? 'answer' : 'again')
      }}
    >
      <label className="field">
        {say(mayAnswer ? 'queryReply' : 'queryAgain')}
        <textarea
          rows={2}
          maxLength={2000}
          value={text}
          aria-invalid={problem === 'textTooShort' || undefined}
          onChange={({ target }) => {
            setText(target.value)
            setProblem(null)
          }}
        />
      </label>
      {problem && (
        <p className="error" role="alert">
          {say(problem)}
        </p>
      )}
      <p className="buttons">
        <button type="submit" className="button">
          {say(mayAnswer ? 'queryReplySend' : 'queryAgain')}
        </button>
        {mayAnswer && (
          <button type="button" className="button" onClick={() => void send('close')}>
            {say('queryClose')}
          </button>
        )}
      </p>
    </form>
  )
}

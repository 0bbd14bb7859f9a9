/** A list that is being typed in: by codes, or as its respondent sees it. What is typed is kept after each answer. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import '../../survey/survey.css'
import '../../survey/runs.css'
import { Elements } from '../../survey/elements.tsx'
import { openSurvey } from '../../survey/engine.ts'
import { itemsIn } from '../../survey/view.ts'
import { ApiFailure } from '../../ui/api.ts'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { noticeEnd } from '../queries.ts'
import { useDesk } from '../shell/language.tsx'
import { useUnsaved } from '../unsaved.ts'
import * as api from './api.ts'
import { CodeTable } from './code-table.tsx'
import { createEntrySaver } from './entry-saver.ts'
import { Missing, type MissingItem } from './missing.tsx'
import { SaveLine } from './save-line.tsx'
import { useSurveyWords } from './survey-words.ts'

interface TypingListProps {
  list: api.ListToType
  own: NonNullable<api.ListToType['own']>
  place: api.Place
  onFinished(finished: api.Finished): void
}

type Survey = Parameters<typeof openSurvey>[0]

function openSession(client: QueryClient, list: api.ListToType, own: TypingListProps['own'], place: api.Place) {
  const engine = openSurvey(list.survey as Survey, { answers: own.answers, page: own.page, language: list.language })
  const read = () => ({ answers: engine.answers(), page: engine.page().name })
  /** Whoever's session is over, or who finds a colleague signed in here, hears of it: it is tried again until they are back. */
  const send = (content: api.Typed) =>
    api.keep(place, content).catch((reason: unknown) => {
      noticeEnd(client, reason)
      throw reason
    })
  const saver = createEntrySaver({ ...own, read, send, onRefused: (items) => engine.refuse(items) })
  let before = JSON.stringify(engine.answers())
  engine.subscribe(() => {
    const now = JSON.stringify(engine.answers())
    if (now !== before) saver.changed()
    before = now
  })
  return { engine, saver, read }
}

export function TypingList({ list, own, place, onFinished }: TypingListProps) {
  const { say, count } = useDesk()
  const client = useQueryClient()
  const [{ engine, saver, read }] = useState(() => openSession(client, list, own, place))
  const view = useSyncExternalStore(engine.subscribe, engine.page)
  const words = useSurveyWords(list.language)
  const search = useSearch()
  const [missing, setMissing] = useState<MissingItem[] | null>(null)
  const [wrongCodes, setWrongCodes] = useState<ReadonlySet<string>>(new Set())
  const [isBusy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ApiFailure | null>(null)
  const chosen = new URLSearchParams(search).get('view')
  const isCodes = chosen === null ? list.usualMeans !== 'interview' : chosen === 'codes'
  const pages = useMemo(() => (list.survey as Survey).pages.map(({ name }) => name), [list])

  useUnsaved(useSyncExternalStore(saver.subscribe, saver.state).is !== 'saved')
  useEffect(() => () => saver.stop(), [saver])

  /** Brings an item into sight, and the keyboard to its answer. */
  const show = (name: string) => {
    setMissing(null)
    const found = engine.find(name)
    if (found && found.page !== engine.page().name) engine.go(found.page)
    setTimeout(() => {
      const item = document.getElementById(`item-${name}`) ?? document.getElementById(`answer-${name}`)
      const control = item?.matches('input, textarea, select') ? item : item?.querySelector<HTMLElement>('input, textarea, select')
      item?.scrollIntoView({ block: 'center' })
      ;(control ?? item)?.focus({ preventScroll: true })
    })
  }

  /** Nothing here is wrong: on the page, or where all pages lie under each other on any of them. */
  const isSound = (): boolean => {
    const here = (isCodes ? engine.pages() : [engine.page()]).flatMap(({ elements }) => itemsIn(elements))
    const isPageSound = engine.isSound()
    const first = here.find(({ name }) => isCodes && wrongCodes.has(name)) ?? here.find(({ problem }) => problem)
    if (first) show(first.name)
    return isPageSound && !first
  }

  const turn = (to: 'next' | 'previous') => {
    if (to === 'next' && !isSound()) return
    if (to === 'next') engine.next()
    else engine.previous()
    setTimeout(() => {
      scrollTo(0, 0)
      document.getElementById('typing')?.focus({ preventScroll: true })
    })
  }

  const finish = async (skipped: string[]) => {
    if (isBusy || !isSound()) return
    setBusy(true)
    setFailed(null)
    try {
      if (!(await saver.settled())) return
      onFinished(await api.finish(place, { ...read(), revision: saver.revision(), skipped }))
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : new ApiFailure('unexpected')
      if (failure.code === 'answers-missing') setMissing(failure.details.missing as MissingItem[])
      else setFailed(failure)
    } finally {
      setBusy(false)
    }
  }

  /** Codes are typed on all pages under each other. */
  const isLast = isCodes || view.isLast
  const chooseView = (to: string) => navigate(`?view=${to}`, { replace: true })
  return (
    <>
      <div className="typing-bar">
        <fieldset className="segments">
          <legend className="visually-hidden">{say('entryView')}</legend>
          {(['codes', 'list'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="view" checked={isCodes === (one === 'codes')} onChange={() => chooseView(one)} />
              <span>{say(one === 'codes' ? 'entryViewCodes' : 'entryViewList')}</span>
            </label>
          ))}
        </fieldset>
        <p>
          {say('entryProgress', { answered: view.progress.answered, total: view.progress.total })}
          {!isCodes && pages.length > 1 && ` · ${say('entryPage', { page: `${pages.indexOf(view.name) + 1}/${pages.length}` })}`}
        </p>
        <SaveLine saver={saver} />
      </div>
      {missing ? (
        <Missing
          missing={missing}
          survey={list.survey as Survey}
          language={list.language}
          isBusy={isBusy}
          show={show}
          finish={() => void finish(missing.map(({ item }) => item))}
        />
      ) : (
        <form
          id="typing"
          tabIndex={-1}
          className={isCodes ? 'typing' : 'typing typing-list'}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (isLast) void finish([])
            else turn('next')
          }}
        >
          {!isCodes && view.title && <h2 lang={view.title.language}>{view.title.text}</h2>}
          {isCodes ? (
            <CodeTable
              pages={engine.pages()}
              engine={engine}
              words={words}
              otherWaves={list.otherWaves}
              wave={list.wave}
              onWrong={(name, isWrong) =>
                setWrongCodes((before) => (isWrong ? new Set([...before, name]) : new Set([...before].filter((one) => one !== name))))
              }
            />
          ) : (
            <Elements elements={view.elements} shown={[]} actions={engine} words={words} />
          )}
          {failed && (
            <p className="alert alert-error" role="alert">
              {failed.code === 'assignment-closed' && failed.details.state === 'completed' ? say('entryDone') : say('entryFailed')}
            </p>
          )}
          <div className="buttons">
            <button type="submit" className="button button-primary" data-way-on aria-disabled={isBusy}>
              {say(isBusy ? 'entryFinishing' : isLast ? 'entryFinish' : 'entryNext')}
            </button>
            {!isCodes && !view.isFirst && (
              <button type="button" className="button" onClick={() => turn('previous')}>
                {say('entryPrevious')}
              </button>
            )}
          </div>
        </form>
      )}
      <span className="visually-hidden" role="status">
        {missing ? count('entryMissingTitle', missing.length) : ''}
      </span>
    </>
  )
}

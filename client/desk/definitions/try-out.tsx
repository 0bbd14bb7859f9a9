/** A list as its respondent sees it, to walk through. Nothing that is filled in leaves the page. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import '../../survey/survey.css'
import '../../survey/runs.css'
import { Elements } from '../../survey/elements.tsx'
import { openSurvey } from '../../survey/engine.ts'
import { itemsIn } from '../../survey/view.ts'
import { Said, SaidParagraphs, UntranslatedWords } from '../../ui/said.tsx'
import { directionOf } from '../../ui/words.ts'
import { useSurveyWords } from '../entry/survey-words.ts'
import { useDesk } from '../shell/language.tsx'
import type { InstrumentView } from './api.ts'

type Survey = Parameters<typeof openSurvey>[0]

export function TryOut({ instrument, language }: { instrument: InstrumentView; language: string }) {
  const { say, language: own } = useDesk()
  const survey = instrument.survey as Survey
  const [engine] = useState(() => openSurvey(survey, { answers: {}, page: null, language }))
  const view = useSyncExternalStore(engine.subscribe, engine.page)
  const words = useSurveyWords(language)
  const [isOver, setOver] = useState(false)
  useEffect(() => engine.speak(language), [engine, language])
  // Whoever reads a list over wants all of a page in sight, also on a phone: see survey.css.
  useEffect(() => {
    document.documentElement.classList.add('live')
    return () => document.documentElement.classList.remove('live')
  }, [])
  const pages = survey.pages.map(({ name }) => name)

  const turn = (step: () => unknown) => {
    step()
    setTimeout(() => document.getElementById('try-out')?.focus({ preventScroll: false }))
  }
  const next = () => {
    if (!engine.isSound()) {
      const wrong = itemsIn(engine.page().elements).find(({ problem }) => problem)
      document.getElementById(`item-${wrong?.name}`)?.scrollIntoView({ block: 'center' })
    } else if (view.isLast) turn(() => setOver(true))
    else turn(() => engine.next())
  }
  const again = () =>
    turn(() => {
      engine.replace({}, null)
      setOver(false)
    })
  return (
    <UntranslatedWords value={say('defNotTranslated')}>
      <form
        id="try-out"
        tabIndex={-1}
        className="typing typing-list try-out"
        lang={language}
        dir={directionOf(language)}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          next()
        }}
      >
        {isOver ? (
          <p role="status" lang={own} dir="auto">
            {say('defEnd')}
          </p>
        ) : (
          <>
            {view.isFirst && view.list.description && <SaidParagraphs words={view.list.description} within={language} />}
            {view.title && (
              <h2>
                <Said words={view.title} within={language} />
              </h2>
            )}
            {view.description && <SaidParagraphs words={view.description} within={language} />}
            <Elements elements={view.elements} shown={[]} actions={engine} words={words} />
          </>
        )}
        <div className="buttons" lang={own}>
          {!isOver && (
            <button type="submit" className="button button-primary">
              {say('defNext')}
            </button>
          )}
          {!isOver && !view.isFirst && (
            <button type="button" className="button" onClick={() => turn(() => engine.previous())}>
              {say('defPrevious')}
            </button>
          )}
          <button type="button" className="button" onClick={again}>
            {say('defAgain')}
          </button>
          {pages.length > 1 && !isOver && (
            <span className="quiet">{say('defPage', { page: pages.indexOf(view.name) + 1, total: pages.length })}</span>
          )}
        </div>
      </form>
    </UntranslatedWords>
  )
}

/** A page of questions with where one is, whether it is saved, and the way on. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Elements } from '../../survey/elements.tsx'
import { listForm, pageField, revisionField } from '../../survey/posting.ts'
import { itemsIn } from '../../survey/view.ts'
import type { ApiFailure } from '../../ui/api.ts'
import { navigate } from '../../ui/navigation.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { stepField } from '../../ui/post-button.tsx'
import { Said, SaidParagraphs } from '../../ui/said.tsx'
import { AboutWhom, whomIn } from '../about-whom.tsx'
import { packetPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import { TimerBar } from '../timer/timer-bar.tsx'
import { EnterKey } from './enter-key.tsx'
import { ListBar } from './list-bar.tsx'
import type { ListSession } from './list-session.ts'
import { SendFailed } from './send-failed.tsx'
import { useSurveyWords } from './survey-words.ts'
import { useSteps } from './use-steps.ts'
import { ViewChoice } from './view-choice.tsx'

interface AnsweringPageProps {
  session: ListSession
  /** For roles that see it. */
  caseCode: string | null
  /** The form came without a script, and what was filled in on this page brought a question along. */
  hasMore?: boolean
  /** An item to go to at once; `onTarget` says that it was done. */
  target: string | null
  onTarget(): void
  failed: ApiFailure | null
  send(): Promise<void>
}

export function AnsweringPage({ session, caseCode, hasMore = false, target, onTarget, failed, send }: AnsweringPageProps) {
  const { say, language } = useSpeaking()
  const { engine, saver } = session
  const { about } = session.assignment
  const view = useSyncExternalStore(engine.subscribe, engine.page)
  const words = useSurveyWords()
  const steps = useSteps(engine, view)
  const [isSending, setSending] = useState(false)
  const [isAway, setAway] = useState(false)
  const { from, to, total } = view.progress
  const place = from === to ? say('questionOf', { from, total }) : say('questionsOf', { from, to, total })

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each item that is asked for.
  useEffect(() => {
    if (target === null) return
    steps.show(target)
    onTarget()
  }, [target, onTarget])

  const goOn = async () => {
    if (isSending || steps.next()) return
    if (!engine.isSound()) return showProblem()
    setSending(true)
    if (await isReady()) {
      if (engine.page().isLast) await send()
      else if (engine.next()) steps.enter('forward')
    }
    setSending(false)
  }

  const goBack = async () => {
    if (steps.previous() || !(await isReady())) return
    engine.previous()
    steps.enter('back')
  }

  const showProblem = () => {
    const found = itemsIn(engine.page().elements).find(({ problem }) => problem)
    if (found) steps.show(found.name)
  }

  /** What comes next may be for survey-core to say, which may still be on its way. */
  const isReady = async (): Promise<boolean> => {
    const isThere = await engine.ready().then(
      () => true,
      () => false,
    )
    setAway(!isThere)
    return isThere
  }

  return (
    <>
      <ListBar progress={view.progress} statement={steps.number} saver={saver} />
      {session.timer && <TimerBar timer={session.timer} />}
      <form
        className={['list', !steps.isAtEnd && 'list-underway', steps.isGuarded && 'list-guarded'].filter(Boolean).join(' ')}
        id={listForm}
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void goOn()
        }}
        {...steps.handlers}
      >
        <EnterKey isLast={view.isLast} />
        <input type="hidden" name={pageField} value={view.name} />
        <input type="hidden" name={revisionField} value={session.assignment.draft?.revision ?? 0} autoComplete="off" />
        <h1 className="list-title">
          <Said words={view.list.title} within={language} />
          <AboutWhom whom={about} />
        </h1>
        {caseCode !== null && <p className="case-code">{say('caseCode', { code: caseCode })}</p>}
        {view.isFirst && view.list.description && (
          <div className="lead">
            <SaidParagraphs words={view.list.description} within={language} />
          </div>
        )}
        <PageHeading
          level={2}
          page={view.name}
          title={[place, ...(about ? [whomIn(about, language).text] : []), say('site')].join(' – ')}
          className={view.title ? '' : 'visually-hidden'}
        >
          {view.title && <Said words={view.title} within={language} />}
          <span className="visually-hidden"> {place}</span>
        </PageHeading>
        {view.description && (
          <div className="page-description">
            <SaidParagraphs words={view.description} within={language} />
          </div>
        )}
        <SealedNote session={session} page={view.name} />
        {hasMore && <p className="notice">{say('moreHere')}</p>}
        <Elements elements={view.elements} shown={steps.shown} actions={engine} words={words} />
        {failed && <SendFailed failure={failed} />}
        {isAway && (
          <p className="notice notice-error" role="alert">
            {say('away')}
          </p>
        )}
        <div className="actions actions-list">
          <button
            type="submit"
            name={stepField}
            value={view.isLast ? 'send' : 'next'}
            className="button button-primary"
            aria-disabled={isSending}
          >
            {isSending ? (
              say(view.isLast ? 'sending' : 'loading')
            ) : view.isLast && !steps.isAtEnd ? (
              <>
                <span className="for-steps">{say('next')}</span>
                <span className="for-page">{say('send')}</span>
              </>
            ) : (
              say(view.isLast ? 'send' : 'next')
            )}
          </button>
          {!(view.isFirst && steps.isAtStart) && (
            <button
              type="submit"
              name={stepField}
              value="previous"
              className={view.isFirst ? 'button for-steps' : 'button'}
              onClick={(event) => {
                event.preventDefault()
                void goBack()
              }}
            >
              {say('previous')}
            </button>
          )}
          <button
            type="submit"
            name={stepField}
            value="later"
            className="button-quiet"
            onClick={(event) => {
              event.preventDefault()
              navigate(packetPath)
            }}
          >
            {say('later')}
          </button>
          {steps.shown.length > 0 && <ViewChoice />}
        </div>
      </form>
    </>
  )
}

/** Where one goes on after another device: what was answered there is kept, and why it is not here. */
function SealedNote({ session, page }: { session: ListSession; page: string }) {
  const { count } = useSpeaking()
  const { draft } = session.assignment
  if (!draft || draft.sealed.length === 0 || draft.page !== page) return null
  return <p className="notice">{count('sealedNote', draft.sealed.length)}</p>
}

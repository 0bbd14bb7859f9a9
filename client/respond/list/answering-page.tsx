/** A page of questions with where one is, whether it is saved, and the way on. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { idsOf } from '../../survey/element-props.ts'
import { Elements } from '../../survey/elements.tsx'
import { itemsIn } from '../../survey/view.ts'
import type { ApiFailure } from '../../ui/api.ts'
import { follow } from '../../ui/navigation.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Said, SaidParagraphs } from '../../ui/said.tsx'
import { AboutWhom, whomIn } from '../about-whom.tsx'
import { packetPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import { ListBar } from './list-bar.tsx'
import type { ListSession } from './list-session.ts'
import { pageField, stepField } from './posted-page.ts'
import { SendFailed } from './send-failed.tsx'
import { useSurveyWords } from './survey-words.ts'

interface AnsweringPageProps {
  session: ListSession
  /** For roles that see it. */
  caseCode: string | null
  /** An item to go to at once; `onTarget` says that it was done. */
  target: string | null
  onTarget(): void
  failed: ApiFailure | null
  send(): Promise<void>
}

export function AnsweringPage({ session, caseCode, target, onTarget, failed, send }: AnsweringPageProps) {
  const { say, language } = useSpeaking()
  const { engine, saver } = session
  const { about } = session.assignment
  const view = useSyncExternalStore(engine.subscribe, engine.page)
  const words = useSurveyWords()
  const [isSending, setSending] = useState(false)
  const [isAway, setAway] = useState(false)
  const { from, to, total } = view.progress
  const place = from === to ? say('questionOf', { from, total }) : say('questionsOf', { from, to, total })

  useEffect(() => {
    if (target === null) return
    focusItem(target)
    onTarget()
  }, [target, onTarget])

  const goOn = async () => {
    if (isSending) return
    if (!engine.isSound()) return focusItem(itemsIn(engine.page().elements).find(({ problem }) => problem)?.name)
    setSending(true)
    if (await isReady()) {
      if (engine.page().isLast) await send()
      else engine.next()
    }
    setSending(false)
  }

  const goBack = async () => {
    if (await isReady()) engine.previous()
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
      <ListBar progress={view.progress} saver={saver} />
      <form
        className="list"
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void goOn()
        }}
      >
        <input type="hidden" name={pageField} value={view.name} />
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
        <Elements elements={view.elements} actions={engine} words={words} />
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
            {view.isLast ? (isSending ? say('sending') : say('send')) : isSending ? say('loading') : say('next')}
          </button>
          {!view.isFirst && (
            <button
              type="submit"
              name={stepField}
              value="previous"
              className="button"
              onClick={(event) => {
                event.preventDefault()
                void goBack()
              }}
            >
              {say('previous')}
            </button>
          )}
          <a className="button-quiet" {...follow(packetPath)}>
            {say('later')}
          </a>
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

/** Puts the keyboard at the answer of an item, in the middle of the screen. */
function focusItem(name: string | undefined): void {
  const item = name === undefined ? null : document.getElementById(idsOf({ name }).item)
  const control = item?.querySelector<HTMLElement>('input:checked, input, select, textarea') ?? item
  item?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}

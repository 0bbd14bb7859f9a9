/** The questions that were left open, each a way back to it; what may stay open may also be sent so. */
import { type MouseEvent, useEffect, useRef, useState } from 'react'
import type { Instrument } from '../../../instruments/schema.ts'
import { revisionField } from '../../survey/posting.ts'
import type { ApiFailure } from '../../ui/api.ts'
import { stepField } from '../../ui/post-button.tsx'
import { Said } from '../../ui/said.tsx'
import { wordsIn } from '../../ui/words.ts'
import { useSpeaking } from '../speaking.tsx'
import { itemTitle } from './item-title.ts'
import type { ListSession } from './list-session.ts'
import { SendFailed } from './send-failed.tsx'
import type { MissingItem } from './send-list.ts'

interface OpenQuestionsPageProps {
  missing: MissingItem[]
  session: ListSession
  failed: ApiFailure | null
  goTo(item: string, page: string): void
  send(skipped: string[]): Promise<void>
}

export function OpenQuestionsPage({ missing, session, failed, goTo, send }: OpenQuestionsPageProps) {
  const { say, count, language } = useSpeaking()
  const [isSending, setSending] = useState(false)
  const summary = useRef<HTMLDivElement>(null)
  const mustFillIn = missing.some(({ required }) => required)
  const title = count('openQuestions', missing.length)
  const { survey } = session.assignment.instrument

  useEffect(() => {
    window.scrollTo(0, 0)
    summary.current?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    document.title = `${title} – ${say('site')}`
  }, [title, say])

  const sendOpen = async () => {
    if (isSending) return
    setSending(true)
    await send(missing.map(({ item }) => item))
    setSending(false)
  }
  /** A link that leads there without a script, too. */
  const toQuestion = ({ item, page }: Pick<MissingItem, 'item' | 'page'>) => ({
    href: `?page=${page}#item-${item}`,
    onClick: (event: MouseEvent) => {
      event.preventDefault()
      goTo(item, page)
    },
  })
  const first = missing.find(({ required }) => required) ?? missing[0]
  return (
    <div className="calm">
      <div className={mustFillIn ? 'notice notice-warning' : 'notice'} role="alert" tabIndex={-1} ref={summary}>
        <h1>{title}</h1>
        <p>{mustFillIn ? say('openLeadRequired') : say('openLeadSkip')}</p>
      </div>
      {failed && <SendFailed failure={failed} />}
      <form
        method="post"
        className="actions"
        onSubmit={(event) => {
          event.preventDefault()
          void sendOpen()
        }}
      >
        <input type="hidden" name={revisionField} value={session.assignment.draft?.revision ?? 0} autoComplete="off" />
        {first && (
          <a className="button button-primary" {...toQuestion(first)}>
            {say('fillIn')}
          </a>
        )}
        {!mustFillIn && (
          <button type="submit" name={stepField} value="send-open" className="button" aria-disabled={isSending}>
            {isSending ? say('sending') : say('sendOpen')}
          </button>
        )}
      </form>
      <ol className="open-questions">
        {missing.map(({ item, page, required }) => {
          const words = wordsIn(itemTitle(survey as Instrument['survey'], item), language)
          const number = session.engine.find(item)?.number
          return (
            <li key={item}>
              <a {...toQuestion({ item, page })}>
                {number !== undefined && `${number}. `}
                <Said words={words} within={language} />
              </a>
              {required && <strong> ({say('openRequired')})</strong>}
            </li>
          )
        })}
      </ol>
    </div>
  )
}

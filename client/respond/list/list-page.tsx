/** One list: opens it, and shows whichever of its pages is due. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { navigate } from '../../ui/navigation.ts'
import type { Packet } from '../api.ts'
import { noteSent } from '../break/visit.ts'
import { Failed } from '../calm/calm-pages.tsx'
import { Loading } from '../calm/loading.tsx'
import { packetPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import { useTimer } from '../timer/use-timer.ts'
import { AnsweringPage } from './answering-page.tsx'
import { type Held, HeldPage } from './held-page.tsx'
import { closeList, type ListSession, openAgain, openList, openWithOther } from './list-session.ts'
import { OpenQuestionsPage } from './open-questions-page.tsx'
import { OtherAnswersPage } from './other-answers-page.tsx'
import { type MissingItem, sendList } from './send-list.ts'
import { SentPage } from './sent-page.tsx'

/** Of a list that came, or was asked for, without scripts. */
export interface ListTold {
  /** Why it cannot be filled in. */
  failure: ApiFailure | null
  /** Its questions that were left open when it was sent. */
  missing: MissingItem[] | null
  /** Answers that may not take the place of newer ones unasked. */
  held: Held | null
  hasMore: boolean
}

interface ListPageProps {
  id: string
  packet: Packet
  /** The list, where it is open already. */
  opened?: ListSession | null
  /** What the server had to say about it when it drew the page. */
  told?: ListTold | null
  /** Fetches the packet anew: lists were done, or consent is asked again. */
  reload(): Promise<void>
}

export function ListPage({ id, packet, opened = null, told = null, reload }: ListPageProps) {
  const { language } = useSpeaking()
  const [session, setSession] = useState<ListSession | null>(opened)
  const [failure, setFailure] = useState<ApiFailure | null>(told?.failure ?? null)

  const open = useCallback(async () => {
    try {
      setSession(await openList(id, language))
      setFailure(null)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      if (error.code === 'consent-missing' || error.code === 'participant-stopped') await reload()
      else setFailure(error)
    }
  }, [id, language, reload])

  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once; a change of language does not open it anew.
  useEffect(() => {
    if (!opened && !told?.failure) void open()
  }, [])
  useEffect(() => {
    if (session && session.engine.language() !== language) session.engine.speak(language)
  }, [session, language])

  if (failure) return <Failed failure={failure} retry={open} />
  if (!session) return <Loading />
  if (told?.held && session === opened) return <HeldPage held={told.held} />
  return <OpenList session={session} replaceSession={setSession} packet={packet} told={session === opened ? told : null} reload={reload} />
}

interface OpenListProps extends Omit<ListPageProps, 'id' | 'opened'> {
  session: ListSession
  /** The list was opened anew. */
  replaceSession(session: ListSession): void
}

/** What is shown of an open list: answering, unless something has to be decided first. */
function OpenList({ session, replaceSession, packet, told = null, reload }: OpenListProps) {
  const { language } = useSpeaking()
  const { engine, saver } = session
  useSyncExternalStore(saver.subscribe, saver.state)
  useTimer(session)
  const [sent, setSent] = useState<string | null>(null)
  const [missing, setMissing] = useState<MissingItem[] | null>(told?.missing ?? null)
  const [failed, setFailed] = useState<ApiFailure | null>(null)
  /** An item that was asked for by name: it takes focus once its page is there. */
  const [target, setTarget] = useState<string | null>(null)

  const send = async (skipped: string[]) => {
    setFailed(null)
    const outcome = await sendList(session, { skipped, language })
    if (outcome.type === 'sent') {
      closeList(session.id)
      noteSent(session.assignment)
      if (outcome.next !== null) setSent(outcome.next)
      await reload()
      if (outcome.next === null) navigate(packetPath, { replace: true })
    } else if (outcome.type === 'missing') {
      setMissing(outcome.missing)
    } else if (outcome.type === 'invalid') {
      setMissing(null)
      setTarget(outcome.item)
    } else if (outcome.type === 'failed') {
      setFailed(outcome.failure)
    }
  }

  const goTo = (item: string, page: string) => {
    setMissing(null)
    engine.go(page)
    setTarget(item)
  }

  const keepMine = async () => {
    saver.keepMine()
    // What is asked may hang on answers that were given elsewhere. Without a network it is asked as before, for now.
    if (await saver.settled()) await openAgain(session, language).then(replaceSession, () => {})
  }
  const takeOther = async () => replaceSession(await openWithOther(session.id, language))

  const other = saver.state().halt?.reason === 'outdated'
  if (sent) return <SentPage next={sent} packet={packet} />
  if (other) return <OtherAnswersPage session={session} keepMine={keepMine} takeOther={takeOther} />
  if (missing) return <OpenQuestionsPage missing={missing} session={session} failed={failed} goTo={goTo} send={send} />
  return (
    <AnsweringPage
      session={session}
      caseCode={packet.assignments.find(({ id }) => id === session.id)?.caseCode ?? packet.caseCode}
      hasMore={told?.hasMore ?? false}
      target={target}
      onTarget={() => setTarget(null)}
      failed={failed}
      send={() => send([])}
    />
  )
}

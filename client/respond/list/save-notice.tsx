/** Why saving stopped, when it takes the person to go on; and that nothing is lost while there is no connection. */
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { DraftSaver } from '../saving/draft-saver.ts'
import { saveStatus } from '../saving/save-queue.ts'
import { useSpeaking } from '../speaking.tsx'

type NoticeKey = 'haltSession' | 'haltClosed' | 'haltInvalid' | 'haltOther'

/** By the server's code. */
const noticeKeys: Record<string, NoticeKey> = {
  'no-session': 'haltSession',
  'assignment-closed': 'haltClosed',
  'assignment-unknown': 'haltClosed',
  'participant-stopped': 'haltClosed',
  'answers-invalid': 'haltInvalid',
}

export function SaveNotice({ saver }: { saver: DraftSaver }) {
  const { say } = useSpeaking()
  const state = useSyncExternalStore(saver.subscribe, saver.state)
  const { halt } = state
  const notice = useRef<HTMLDivElement>(null)
  const isRefused = halt?.reason === 'refused'
  // On a low screen the bar does not stay in sight with this in it (see respond.css); it has to be seen once all the same.
  useEffect(() => {
    if (isRefused && (notice.current?.getBoundingClientRect().bottom ?? 0) < 0) notice.current?.scrollIntoView({ block: 'center' })
  }, [isRefused])
  // Not an alert: the status beside it is spoken, and this is for whoever reads on.
  if (saveStatus(state) === 'offline') return <p className="notice">{say('offline')}</p>
  if (halt?.reason !== 'refused') return null
  const key = noticeKeys[halt.code] ?? 'haltOther'
  const mayHelp = key === 'haltSession' || key === 'haltOther'
  return (
    <div className="notice notice-error" role="alert" ref={notice}>
      <p>{say(key)}</p>
      {mayHelp && (
        <button type="button" className="button" onClick={() => saver.flush()}>
          {say('tryAgain')}
        </button>
      )}
    </div>
  )
}

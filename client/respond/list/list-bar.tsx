/** Where one is and whether it is saved: always in sight, never said twice. */
import { useSyncExternalStore } from 'react'
import type { Progress } from '../../survey/view.ts'
import type { DraftSaver } from '../saving/draft-saver.ts'
import { type SaveStatus, saveStatus } from '../saving/save-queue.ts'
import { useSpeaking } from '../speaking.tsx'
import { SaveNotice } from './save-notice.tsx'
import { useSpokenStatus } from './spoken-status.ts'

const statusKeys = {
  untouched: 'saveUntouched',
  saving: 'saveSaving',
  saved: 'saveSaved',
  offline: 'saveOffline',
  failing: 'saveFailing',
  halted: 'saveHalted',
} as const satisfies Record<SaveStatus, string>

interface ListBarProps {
  progress: Progress
  /** The number of the statement in sight, where statements come one at a time and there is nothing else on the page. */
  statement: number | null
  saver: DraftSaver
}

export function ListBar({ progress, statement, saver }: ListBarProps) {
  const { say } = useSpeaking()
  const status = saveStatus(useSyncExternalStore(saver.subscribe, saver.state))
  const { from, to, answered, total } = progress
  const place = from === to ? say('questionOf', { from, total }) : say('placeOf', { from, to, total })
  return (
    <div className="list-bar">
      <p className="list-place">
        {statement === null ? (
          from > 0 && place
        ) : (
          <>
            <span className="for-steps">{say('questionOf', { from: statement, total })}</span>
            <span className="for-page">{place}</span>
          </>
        )}
      </p>
      <p className={`save-status save-${status}`}>{say(statusKeys[status])}</p>
      <progress className="progress" max={total} value={answered} aria-label={say('answeredBar', { answered, total })} />
      <SaveNotice saver={saver} />
      <p role="status" className="visually-hidden">
        {useSpokenStatus(status)}
      </p>
    </div>
  )
}

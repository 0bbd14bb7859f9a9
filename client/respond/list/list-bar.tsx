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

export function ListBar({ progress, saver }: { progress: Progress; saver: DraftSaver }) {
  const { say } = useSpeaking()
  const status = saveStatus(useSyncExternalStore(saver.subscribe, saver.state))
  const { from, to, answered, total } = progress
  const place = from === to ? say('questionOf', { from, total }) : say('placeOf', { from, to, total })
  return (
    <div className="list-bar">
      <p className="list-place">{from > 0 && place}</p>
      <p className={`save-status save-${status}`}>{say(statusKeys[status])}</p>
      <progress className="progress" max={total} value={answered} aria-label={say('answeredBar', { answered, total })} />
      <SaveNotice saver={saver} />
      <p role="status" className="visually-hidden">
        {useSpokenStatus(status)}
      </p>
    </div>
  )
}

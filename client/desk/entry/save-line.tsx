import { useSyncExternalStore } from 'react'
import { useDesk } from '../shell/language.tsx'
import type { EntrySaver } from './entry-saver.ts'

/** Whether what was typed is on the server. Only what is wrong is said aloud: a line that speaks after each answer is in the way. */
export function SaveLine({ saver }: { saver: EntrySaver }) {
  const { say, time } = useDesk()
  const state = useSyncExternalStore(saver.subscribe, saver.state)
  if (state.is === 'saved') return <p className="quiet">{say('entrySaved', { time: time(state.at) })}</p>
  if (state.is === 'saving') return <p className="quiet">{say('entrySaving')}</p>
  return (
    <div className="alert alert-error" role="alert">
      <p>{say(state.is === 'unsaved' ? 'entryUnsaved' : state.is === 'refused' ? 'entryRefused' : 'entryOutdated')}</p>
      {state.is === 'outdated' && (
        <button type="button" className="button" onClick={() => location.reload()}>
          {say('entryReload')}
        </button>
      )}
    </div>
  )
}

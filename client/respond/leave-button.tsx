/** Logs out: first saves, then ends the session, then forgets everything that stood here by loading a fresh page. */
import { useState } from 'react'
import { PostButton } from '../ui/post-button.tsx'
import { leave } from './api.ts'
import { leavePage, tellOtherTabs } from './other-tabs.ts'
import { leavingPath } from './route.ts'
import { saveEverything } from './saving/savers.ts'
import { useSpeaking } from './speaking.tsx'

/** `label`: what the button says, instead of the usual. */
export function LeaveButton({ primary = false, label }: { primary?: boolean; label?: string }) {
  const { say, language } = useSpeaking()
  const [trouble, setTrouble] = useState<'unsaved' | 'failed' | null>(null)

  const quit = async (anyway: boolean) => {
    if (!(await saveEverything()) && !anyway) return setTrouble('unsaved')
    try {
      await leave()
    } catch {
      return setTrouble('failed')
    }
    tellOtherTabs()
    leavePage(language)
  }

  if (trouble === 'unsaved')
    return (
      <div className="notice notice-warning" role="alert">
        <h2>{say('leaveUnsavedTitle')}</h2>
        <p>{say('leaveUnsaved')}</p>
        <div className="actions">
          <button type="button" className="button button-primary" onClick={() => setTrouble(null)}>
            {say('stay')}
          </button>
          <button type="button" className="button" onClick={() => void quit(true)}>
            {say('leaveAnyway')}
          </button>
        </div>
      </div>
    )
  return (
    <>
      <PostButton
        className={primary ? 'button button-primary' : label ? 'button' : 'button-quiet'}
        action={leavingPath}
        step="leave"
        onClick={() => void quit(false)}
      >
        {label ?? say(primary ? 'closeNow' : 'leave')}
      </PostButton>
      {trouble === 'failed' && <p role="alert">{say('leaveFailed')}</p>}
    </>
  )
}

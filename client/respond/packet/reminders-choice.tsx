import { useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { PostButton } from '../../ui/post-button.tsx'
import { wantReminders } from '../api.ts'
import { remindersPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import type { PacketProps } from './packet-pages.tsx'

/** No more reminders, or again: a choice of its own, which is no withdrawal. */
export function RemindersChoice({ packet, show, reload }: PacketProps) {
  const { say } = useSpeaking()
  const [state, setState] = useState<'untouched' | 'done' | 'failed'>('untouched')
  const { wantsReminders } = packet.participant
  const choose = async () => {
    try {
      await show(await wantReminders(!wantsReminders))
      setState('done')
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      if (error.code === 'no-session' || error.code === 'participant-stopped') await reload()
      else setState('failed')
    }
  }
  return (
    <section aria-labelledby="reminders">
      <h2 id="reminders">{say('remindersTitle')}</h2>
      <p role="status">
        {state === 'done' || !wantsReminders ? say(wantsReminders ? 'remindersOn' : 'remindersOff') : say('remindersLead')}
      </p>
      {state === 'failed' && (
        <p className="notice notice-error" role="alert">
          {say('remindersFailed')}
        </p>
      )}
      <div>
        <PostButton
          className="button-quiet"
          action={remindersPath}
          field={['reminders', wantsReminders ? 'none' : 'again']}
          onClick={() => void choose()}
        >
          {say(wantsReminders ? 'remindersStop' : 'remindersAgain')}
        </PostButton>
      </div>
    </section>
  )
}

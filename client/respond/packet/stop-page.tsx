import { useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { withdraw } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { forgetEverything } from '../saving/savers.ts'
import { useSpeaking } from '../speaking.tsx'
import type { PacketProps } from './packet-pages.tsx'

/** Asks once whether somebody really wants to stop, and says what that means. */
export function StopPage({ show, reload, goBack }: Pick<PacketProps, 'show' | 'reload'> & { goBack(): void }) {
  const { say } = useSpeaking()
  const [hasFailed, setFailed] = useState(false)
  const stop = async () => {
    setFailed(false)
    try {
      const packet = await withdraw()
      forgetEverything()
      await show(packet)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      if (error.code === 'no-session' || error.code === 'participant-stopped') await reload()
      else setFailed(true)
    }
  }
  return (
    <CalmPage title={say('stopTitle')} text={[say('stopLead'), say('stopOtherwise')]}>
      {hasFailed && (
        <p className="notice notice-error" role="alert">
          {say('stopFailed')}
        </p>
      )}
      <button type="button" className="button button-primary" onClick={goBack}>
        {say('stopNo')}
      </button>
      <button type="button" className="button" onClick={() => void stop()}>
        {say('stopYes')}
      </button>
    </CalmPage>
  )
}

import { useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { withdraw } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { forgetEverything } from '../saving/savers.ts'
import { useSpeaking } from '../speaking.tsx'
import { ErasePage } from './erase-page.tsx'
import type { PacketProps } from './packet-pages.tsx'

/** Asks once whether somebody really wants to stop, and what is to become of their answers. */
export function StopPage({ packet, show, reload, goBack }: PacketProps & { goBack(): void }) {
  const { say } = useSpeaking()
  const [asksToErase, setAsksToErase] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const stop = async () => {
    setFailed(false)
    try {
      const after = await withdraw({ erase: false })
      forgetEverything()
      await show(after)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      if (error.code === 'no-session' || error.code === 'participant-stopped') await reload()
      else setFailed(true)
    }
  }
  if (asksToErase) return <ErasePage packet={packet} show={show} goBack={() => setAsksToErase(false)} />
  return (
    <CalmPage title={say('stopTitle')} text={[say('stopLead'), say('stopAnswers'), say('stopOtherwise')]}>
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
      <button type="button" className="button" onClick={() => setAsksToErase(true)}>
        {say('stopAndErase')}
      </button>
    </CalmPage>
  )
}

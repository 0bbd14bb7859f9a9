import { useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { follow, navigate } from '../../ui/navigation.ts'
import { PostButton } from '../../ui/post-button.tsx'
import { withdraw } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { erasePath, packetPath, stopPath } from '../route.ts'
import { forgetEverything } from '../saving/savers.ts'
import { useSpeaking } from '../speaking.tsx'
import type { PacketProps } from './packet-pages.tsx'

/** Asks once whether somebody really wants to stop, and what is to become of their answers. */
export function StopPage({ show, reload }: PacketProps) {
  const { say } = useSpeaking()
  const [hasFailed, setFailed] = useState(false)
  const stop = async () => {
    setFailed(false)
    try {
      const after = await withdraw({ erase: false })
      forgetEverything()
      navigate(packetPath, { replace: true })
      await show(after)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      if (error.code === 'no-session' || error.code === 'participant-stopped') await reload()
      else setFailed(true)
    }
  }
  return (
    <CalmPage title={say('stopTitle')} text={[say('stopLead'), say('stopAnswers'), say('stopOtherwise')]}>
      {hasFailed && (
        <p className="notice notice-error" role="alert">
          {say('stopFailed')}
        </p>
      )}
      <a className="button button-primary" {...follow(packetPath)}>
        {say('stopNo')}
      </a>
      <PostButton className="button" action={stopPath} onClick={() => void stop()}>
        {say('stopYes')}
      </PostButton>
      <a className="button" {...follow(erasePath)}>
        {say('stopAndErase')}
      </a>
    </CalmPage>
  )
}

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

/** Asks once whether answers really are to be erased, for that cannot be undone. */
export function ErasePage({ packet, show }: Pick<PacketProps, 'packet' | 'show'>) {
  const { say } = useSpeaking()
  const [state, setState] = useState<'asks' | 'sending' | 'failed'>('asks')
  const erase = async () => {
    if (state === 'sending') return
    setState('sending')
    try {
      const after = await withdraw({ erase: true })
      forgetEverything()
      navigate(packetPath, { replace: true })
      await show(after)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setState('failed')
    }
  }
  const hasStopped = packet.participant.state !== 'active'
  return (
    <CalmPage title={say('eraseTitle')} text={[...(hasStopped ? [] : [say('eraseStops')]), say('erase'), say('eraseKeeps')]}>
      {state === 'failed' && (
        <p className="notice notice-error" role="alert">
          {say('eraseFailed')}
        </p>
      )}
      <a className="button button-primary" {...follow(hasStopped ? packetPath : stopPath)}>
        {say('eraseNo')}
      </a>
      <PostButton className="button" action={erasePath} aria-disabled={state === 'sending'} onClick={() => void erase()}>
        {say(hasStopped ? 'eraseYes' : 'stopAndEraseYes')}
      </PostButton>
    </CalmPage>
  )
}

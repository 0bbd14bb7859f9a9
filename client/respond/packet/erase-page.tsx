import { useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { withdraw } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { forgetEverything } from '../saving/savers.ts'
import { useSpeaking } from '../speaking.tsx'
import type { PacketProps } from './packet-pages.tsx'

/** Asks once whether answers really are to be erased, for that cannot be undone. */
export function ErasePage({ packet, show, goBack }: Pick<PacketProps, 'packet' | 'show'> & { goBack(): void }) {
  const { say } = useSpeaking()
  const [state, setState] = useState<'asks' | 'sending' | 'failed'>('asks')
  const erase = async () => {
    if (state === 'sending') return
    setState('sending')
    try {
      const after = await withdraw({ erase: true })
      forgetEverything()
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
      <button type="button" className="button button-primary" onClick={goBack}>
        {say('eraseNo')}
      </button>
      <button type="button" className="button" aria-disabled={state === 'sending'} onClick={() => void erase()}>
        {say(hasStopped ? 'eraseYes' : 'stopAndEraseYes')}
      </button>
    </CalmPage>
  )
}

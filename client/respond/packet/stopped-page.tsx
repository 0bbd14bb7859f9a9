import { useState } from 'react'
import type { Packet } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { useSpeaking } from '../speaking.tsx'
import { ErasePage } from './erase-page.tsx'
import type { PacketProps } from './packet-pages.tsx'

type Stopped = Exclude<Packet['participant']['state'], 'active'>

const pages = {
  declined: ['declinedTitle', 'declined', 'declinedBack'],
  withdrawn: ['withdrawnTitle', 'withdrawn', 'withdrawnBack'],
  'handed over': ['handedOverTitle', 'handedOver', 'handedOverBack'],
} as const

/** Not taking part, or no longer: that is fine, and this is the way back. Answers that were sent can be erased. */
export function StoppedPage({ state, packet, show }: Pick<PacketProps, 'packet' | 'show'> & { state: Stopped }) {
  const { say } = useSpeaking()
  const [asksToErase, setAsksToErase] = useState(false)
  const { answers } = packet.participant
  const [title, text, back] = pages[state]
  if (asksToErase && answers === 'kept') return <ErasePage packet={packet} show={show} goBack={() => setAsksToErase(false)} />
  const what = answers === 'erased' ? [say('erased')] : answers === 'kept' ? [say('answersKept')] : []
  return (
    <CalmPage title={say(title)} text={[say(text), ...what, say(back, { contact: packet.study.contact })]}>
      {answers === 'kept' && (
        <button type="button" className="button" onClick={() => setAsksToErase(true)}>
          {say('eraseAnswers')}
        </button>
      )}
    </CalmPage>
  )
}

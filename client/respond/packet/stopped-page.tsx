import { follow } from '../../ui/navigation.ts'
import type { Packet } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { erasePath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'

type Stopped = Exclude<Packet['participant']['state'], 'active'>

const pages = {
  declined: ['declinedTitle', 'declined', 'declinedBack'],
  withdrawn: ['withdrawnTitle', 'withdrawn', 'withdrawnBack'],
  'handed over': ['handedOverTitle', 'handedOver', 'handedOverBack'],
} as const

/** Not taking part, or no longer: that is fine, and this is the way back. Answers that were sent can be erased. */
export function StoppedPage({ state, packet }: { state: Stopped; packet: Packet }) {
  const { say } = useSpeaking()
  const { answers } = packet.participant
  const [title, text, back] = pages[state]
  const what = answers === 'erased' ? [say('erased')] : answers === 'kept' ? [say('answersKept')] : []
  return (
    <CalmPage title={say(title)} text={[say(text), ...what, say(back, { contact: packet.study.contact })]}>
      {answers === 'kept' && (
        <a className="button" {...follow(erasePath)}>
          {say('eraseAnswers')}
        </a>
      )}
    </CalmPage>
  )
}

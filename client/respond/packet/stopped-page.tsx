import type { Packet } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { useSpeaking } from '../speaking.tsx'

const pages = {
  declined: ['declinedTitle', 'declined', 'declinedBack'],
  withdrawn: ['withdrawnTitle', 'withdrawn', 'withdrawnBack'],
  'handed over': ['handedOverTitle', 'handedOver', 'handedOverBack'],
} as const

/** Not taking part, or no longer: that is fine, and this is the way back. */
export function StoppedPage({ state, contact }: { state: Exclude<Packet['participant']['state'], 'active'>; contact: string }) {
  const { say } = useSpeaking()
  const [title, text, back] = pages[state]
  return <CalmPage title={say(title)} text={[say(text), say(back, { contact })]} />
}

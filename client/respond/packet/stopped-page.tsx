import { CalmPage } from '../calm/calm-page.tsx'
import { useSpeaking } from '../speaking.tsx'
import type { PacketProps } from './packet-pages.tsx'

/** Not taking part, or no longer: that is fine, and this is the way back. */
export function StoppedPage({ packet: { participant, study } }: PacketProps) {
  const { say } = useSpeaking()
  const { contact } = study
  return participant.state === 'declined' ? (
    <CalmPage title={say('declinedTitle')} text={[say('declined'), say('declinedBack', { contact })]} />
  ) : (
    <CalmPage title={say('withdrawnTitle')} text={[say('withdrawn'), say('withdrawnBack', { contact })]} />
  )
}

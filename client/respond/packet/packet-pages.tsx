/** Which page of the packet is due: the word that one stopped, consent, or the overview. */
import type { Packet } from '../api.ts'
import { ConsentPage } from './consent-page.tsx'
import { OverviewPage } from './overview-page.tsx'
import { StoppedPage } from './stopped-page.tsx'

export interface PacketProps {
  packet: Packet
  /** Goes on with what the server answered. */
  show(packet: Packet): Promise<void>
  reload(): Promise<void>
}

export function PacketPages(props: PacketProps) {
  const { participant, consents, study } = props.packet
  if (participant.state !== 'active') return <StoppedPage state={participant.state} contact={study.contact} />
  if (consents.some(({ given }) => given === null)) return <ConsentPage {...props} />
  return <OverviewPage {...props} />
}

/** In a long packet, after a list was sent: that a break is fine, and that nothing is lost by it. */
import { follow } from '../../ui/navigation.ts'
import type { Packet } from '../api.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { lasting } from '../lasting.ts'
import { LeaveButton } from '../leave-button.tsx'
import { listPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'

export function BreakPage({ next, packet }: { next: string; packet: Packet }) {
  const speaking = useSpeaking()
  const { say, count } = speaking
  const open = packet.assignments.filter(({ state }) => state !== 'completed')
  const minutes = lasting(
    speaking,
    open.reduce((sum, list) => sum + list.minutes, 0),
  )
  return (
    <CalmPage title={say('breakTitle')} text={[say('sent'), count('breakLeft', open.length, { minutes }), say('breakKept')]}>
      <a className="button button-primary" {...follow(listPath(next))}>
        {say('breakGoOn')}
      </a>
      <LeaveButton label={say('breakStop')} />
    </CalmPage>
  )
}

/** Which page of the packet is due: the word that one stopped, consent, one case, all cases, stopping, or the overview. */
import type { Packet } from '../api.ts'
import type { AppStart } from '../app.tsx'
import { Case, Cases } from '../cases/case-pages.tsx'
import { type Route, routeOf } from '../route.ts'
import { ConsentPage } from './consent-page.tsx'
import { ErasePage } from './erase-page.tsx'
import { OverviewPage } from './overview-page.tsx'
import { StopPage } from './stop-page.tsx'
import { StoppedPage } from './stopped-page.tsx'

export interface PacketProps {
  packet: Packet
  /** Goes on with what the server answered. */
  show(packet: Packet): Promise<void>
  reload(): Promise<void>
}

interface PacketPagesProps extends PacketProps {
  route: Route
  /** What the page was drawn with, for what came as a form. */
  start: Pick<AppStart, 'path' | 'colleague' | 'isIncomplete' | 'consents'> | null
}

export function PacketPages({ route, start, ...props }: PacketPagesProps) {
  const { participant, consents, cases } = props.packet
  const isActive = participant.state === 'active'
  if (route.page === 'erase' && (isActive || participant.answers === 'kept')) return <ErasePage {...props} />
  if (participant.state !== 'active') return <StoppedPage state={participant.state} packet={props.packet} />
  if (route.page === 'stop') return <StopPage {...props} />
  if (consents.some(({ given }) => given === null))
    return <ConsentPage {...props} isIncomplete={start?.isIncomplete === true} early={start?.consents} />
  // What came as a form belongs to the page that was drawn, and to no other.
  const isStart = start !== null && JSON.stringify(routeOf(start.path)) === JSON.stringify(route)
  if (route.page === 'case')
    return (
      <Case
        key={`${route.code} ${route.doing}`}
        {...route}
        {...props}
        colleague={isStart ? start.colleague : null}
        isIncomplete={isStart && start.isIncomplete}
      />
    )
  if (cases.length > 1) return <Cases {...props} />
  return <OverviewPage {...props} />
}

/** Which page of the packet is due: the word that one stopped, consent, one case, all cases, or the overview. */
import { type ComponentType, lazy, Suspense } from 'react'
import type { Packet } from '../api.ts'
import { Loading } from '../calm/loading.tsx'
import { ConsentPage } from './consent-page.tsx'
import { OverviewPage } from './overview-page.tsx'
import { StoppedPage } from './stopped-page.tsx'

export interface PacketProps {
  packet: Packet
  /** Goes on with what the server answered. */
  show(packet: Packet): Promise<void>
  reload(): Promise<void>
}

// Only staff and referrers have these: parents do not fetch them.
const CasesPage: ComponentType<PacketProps> = lazy(async () => ({ default: (await import('../cases/cases-page.tsx')).CasesPage }))
const CasePage: ComponentType<PacketProps & { code: string }> = lazy(async () => ({
  default: (await import('../cases/case-page.tsx')).CasePage,
}))

/** `caseCode`: of the case whose page was asked for. */
export function PacketPages({ caseCode, ...props }: PacketProps & { caseCode: string | null }) {
  const { participant, consents, cases } = props.packet
  if (participant.state !== 'active') return <StoppedPage state={participant.state} packet={props.packet} show={props.show} />
  if (consents.some(({ given }) => given === null)) return <ConsentPage {...props} />
  if (caseCode !== null)
    return (
      <Suspense fallback={<Loading />}>
        <CasePage key={caseCode} code={caseCode} {...props} />
      </Suspense>
    )
  if (cases.length > 1)
    return (
      <Suspense fallback={<Loading />}>
        <CasesPage {...props} />
      </Suspense>
    )
  return <OverviewPage {...props} />
}

/** One case: its lists, and what to do when it is somebody else's by now. */
import { follow } from '../../ui/navigation.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import type { Packet } from '../api.ts'
import { NotThere } from '../calm/calm-pages.tsx'
import { AssignmentCard } from '../packet/assignment-card.tsx'
import { handOverPath, leaveCasePath, packetPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import { sortCases } from './case-lists.ts'
import { useCaseWords } from './case-words.ts'
import type { Colleague } from './colleague.ts'
import { GonePage } from './gone-page.tsx'
import { HandOverPage } from './hand-over-page.tsx'
import { LeavePage } from './leave-page.tsx'

export interface CaseProps {
  code: string
  /** What is to be done about it; null for its lists. */
  doing: 'hand-over' | 'leave' | null
  packet: Packet
  /** Goes on with what the server answered. */
  show(packet: Packet): Promise<void>
  reload(): Promise<void>
  /** To whom it is to go, as it came without a script. */
  colleague: Colleague | null
  /** Nothing was chosen on what came without a script. */
  isIncomplete: boolean
}

export function CasePage(props: CaseProps) {
  const { code, doing, packet } = props
  const speaking = useSpeaking()
  const { say, lang } = useCaseWords()
  const { open, others } = sortCases(packet)
  const one = [...open, ...others].find((other) => other.code === code)
  if (!one) return <NotThere />
  if (one.state !== 'active') return <GonePage one={one} packet={packet} />
  if (doing === 'hand-over') return <HandOverPage {...props} />
  if (doing === 'leave') return <LeavePage {...props} />
  const heading = say('case', { code })
  return (
    <div className="cases" lang={lang}>
      <PageHeading level={1} page={`case ${code}`} title={`${heading} – ${speaking.say('site')}`}>
        {heading}
      </PageHeading>
      {one.open.length + one.done.length > 0 ? (
        <ul className="cards">
          {[...one.open, ...one.done].map((assignment, index) => (
            <AssignmentCard key={assignment.id} assignment={assignment} isFirst={index === 0} level={2} />
          ))}
        </ul>
      ) : (
        <p>{say('caseNothing')}</p>
      )}
      <section aria-labelledby="not-mine">
        <h2 id="not-mine">{say('notMineTitle')}</h2>
        <p>{say('notMineLead')}</p>
        <div className="actions">
          <a className="button" {...follow(handOverPath(code))}>
            {say('handOver')}
          </a>
          <a className="button" {...follow(leaveCasePath(code))}>
            {say('leave')}
          </a>
        </div>
      </section>
      <p>
        <a className="case-back" {...follow(packetPath)}>
          {packet.cases.length > 1 ? say('back') : speaking.say('toPacket')}
        </a>
      </p>
    </div>
  )
}

/** One case: its lists, and what to do when it is somebody else's by now. */
import { useState } from 'react'
import { follow } from '../../ui/navigation.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import type { Packet } from '../api.ts'
import { NotThere } from '../calm/calm-pages.tsx'
import { AssignmentCard } from '../packet/assignment-card.tsx'
import { packetPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import { sortCases } from './case-lists.ts'
import { useCaseWords } from './case-words.ts'
import './cases.css'
import { GonePage } from './gone-page.tsx'
import { HandOverPage } from './hand-over-page.tsx'
import { LeavePage } from './leave-page.tsx'

export interface CaseProps {
  code: string
  packet: Packet
  /** Goes on with what the server answered. */
  show(packet: Packet): Promise<void>
  reload(): Promise<void>
}

export function CasePage(props: CaseProps) {
  const { code, packet } = props
  const speaking = useSpeaking()
  const { say, lang } = useCaseWords()
  const [doing, setDoing] = useState<'handing over' | 'leaving' | null>(null)
  const { open, others } = sortCases(packet)
  const one = [...open, ...others].find((other) => other.code === code)
  const goBack = () => setDoing(null)
  if (!one) return <NotThere />
  if (one.state !== 'active') return <GonePage one={one} packet={packet} />
  if (doing === 'handing over') return <HandOverPage {...props} goBack={goBack} />
  if (doing === 'leaving') return <LeavePage {...props} goBack={goBack} />
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
          <button type="button" className="button" onClick={() => setDoing('handing over')}>
            {say('handOver')}
          </button>
          <button type="button" className="button" onClick={() => setDoing('leaving')}>
            {say('leave')}
          </button>
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

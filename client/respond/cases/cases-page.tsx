/** All cases of somebody who answers because it is their work: what is to be done in each, and until when. */
import { follow } from '../../ui/navigation.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { SaidParagraphs } from '../../ui/said.tsx'
import { wordsIn } from '../../ui/words.ts'
import { lasting } from '../lasting.ts'
import { LeaveButton } from '../leave-button.tsx'
import type { PacketProps } from '../packet/packet-pages.tsx'
import { RemindersChoice } from '../packet/reminders-choice.tsx'
import { stopPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import { sortCases } from './case-lists.ts'
import { CaseRow, QuietCaseRow } from './case-row.tsx'
import { useCaseWords } from './case-words.ts'

export function CasesPage({ packet, show, reload }: PacketProps) {
  const speaking = useSpeaking()
  const { say, count, lang } = useCaseWords()
  const { open, others } = sortCases(packet)
  const minutes = open.flatMap((one) => one.open).reduce((sum, list) => sum + list.minutes, 0)
  const heading = say(open.length > 0 ? 'casesTitle' : 'casesDoneTitle')
  return (
    <div className="cases" lang={lang}>
      <PageHeading level={1} page={open.length > 0 ? 'cases' : 'cases-done'} title={`${heading} – ${speaking.say('site')}`}>
        {heading}
      </PageHeading>
      {open.length > 0 ? (
        <p className="lead">{count('casesLead', open.length, { minutes: lasting(speaking, minutes) })}</p>
      ) : (
        <div className="lead">
          <p>{say('casesDone')}</p>
          <div className="actions">
            <LeaveButton primary />
          </div>
        </div>
      )}
      {open.length > 0 && (
        <>
          {open.length > 1 && <p className="quiet">{say('sorted')}</p>}
          <ul className="case-rows">
            {open.map((one, index) => (
              <CaseRow key={one.code} one={one} isFirst={index === 0} />
            ))}
          </ul>
        </>
      )}
      {others.length > 0 && (
        <details className="case-others">
          <summary>{count('folded', others.length)}</summary>
          <ul className="case-rows">
            {others.map((one) => (
              <QuietCaseRow key={one.code} one={one} />
            ))}
          </ul>
        </details>
      )}
      <section aria-labelledby="what-about">
        <h2 id="what-about">{speaking.say('whatAbout')}</h2>
        <p>{speaking.say('packetFromStaff', { organisation: packet.study.organisation })}</p>
        <SaidParagraphs words={wordsIn(packet.introduction, speaking.language)} within={speaking.language} />
        <ul>
          <li>{speaking.say('knowUnknown')}</li>
          <li>{speaking.say('knowNoNames')}</li>
          <li>{speaking.say('knowPause')}</li>
        </ul>
        {packet.consents.length > 0 && (
          <p>
            <a className="button-quiet" {...follow(stopPath)}>
              {speaking.say('stop')}
            </a>
          </p>
        )}
      </section>
      {open.length > 0 && <RemindersChoice packet={packet} show={show} reload={reload} />}
    </div>
  )
}

/** The packet: what is open, what is done, what it is about, and how to stop. */
import { follow } from '../../ui/navigation.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { SaidParagraphs } from '../../ui/said.tsx'
import { wordsIn } from '../../ui/words.ts'
import type { AssignmentSummary } from '../api.ts'
import { lasting } from '../lasting.ts'
import { LeaveButton } from '../leave-button.tsx'
import { casePath, stopPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import { AssignmentCard } from './assignment-card.tsx'
import type { PacketProps } from './packet-pages.tsx'
import { RemindersChoice } from './reminders-choice.tsx'

export function OverviewPage({ packet, show, reload }: PacketProps) {
  const speaking = useSpeaking()
  const { say, count, language } = speaking
  const open = packet.assignments.filter(({ state }) => state !== 'completed')
  const done = packet.assignments.filter(({ state }) => state === 'completed')
  const minutes = open.reduce((sum, assignment) => sum + assignment.minutes, 0)
  const { isStaff } = packet.participant
  const state = open.length > 0 ? 'open' : done.length > 0 ? 'thanks' : 'empty'

  const heading = say(({ open: 'packetTitle', thanks: 'thanksTitle', empty: 'emptyTitle' } as const)[state])
  return (
    <>
      <PageHeading level={1} page={state} title={state === 'open' ? heading : `${heading} – ${say('site')}`}>
        {heading}
      </PageHeading>
      {packet.caseCode !== null && <p className="case-code">{say('caseCode', { code: packet.caseCode })}</p>}
      {state === 'open' ? (
        <p className="lead">{count('openLead', open.length, { minutes: lasting(speaking, minutes) })}</p>
      ) : (
        <div className="lead">
          <p>{say(state)}</p>
          <div className="actions">
            <LeaveButton primary />
          </div>
        </div>
      )}
      <Cards id="open-lists" title={say('openTitle')} assignments={open} />
      <Cards id="done-lists" title={say('doneTitle')} assignments={done} />
      {open.length > 0 && (
        <section aria-labelledby="good-to-know">
          <h2 id="good-to-know">{say('goodToKnow')}</h2>
          <ul>
            {!isStaff && <li>{say('knowVoluntary')}</li>}
            <li>{say(isStaff ? 'knowUnknown' : 'knowSkip')}</li>
            {packet.caseCode !== null && <li>{say('knowNoNames')}</li>}
            <li>{say('knowPause')}</li>
            <li>{say('knowShared')}</li>
          </ul>
        </section>
      )}
      <section aria-labelledby="what-about">
        <h2 id="what-about">{say('whatAbout')}</h2>
        <p>{say(isStaff ? 'packetFromStaff' : 'packetFrom', { organisation: packet.study.organisation })}</p>
        <SaidParagraphs words={wordsIn(packet.introduction, language)} within={language} />
        {packet.caseCode !== null && (
          <p>
            <a {...follow(casePath(packet.caseCode))}>{say('notMine')}</a>
          </p>
        )}
        {!isStaff && (
          <p>
            <a className="button-quiet" {...follow(stopPath)}>
              {say('stop')}
            </a>
          </p>
        )}
      </section>
      {open.length > 0 && <RemindersChoice packet={packet} show={show} reload={reload} />}
    </>
  )
}

/** Lists under a heading, if there are any. */
function Cards({ id, title, assignments }: { id: string; title: string; assignments: AssignmentSummary[] }) {
  if (assignments.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="cards">
        {assignments.map((assignment, index) => (
          <AssignmentCard key={assignment.id} assignment={assignment} isFirst={index === 0} />
        ))}
      </ul>
    </section>
  )
}

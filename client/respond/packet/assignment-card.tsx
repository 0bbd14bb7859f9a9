import { follow } from '../../ui/navigation.ts'
import { Said } from '../../ui/said.tsx'
import { wordsIn } from '../../ui/words.ts'
import { AboutWhom } from '../about-whom.tsx'
import type { AssignmentSummary } from '../api.ts'
import { lasting } from '../lasting.ts'
import { listPath, printPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'

interface AssignmentCardProps {
  assignment: AssignmentSummary
  isFirst: boolean
  /** Of its heading. */
  level?: 2 | 3
}

/** One list: how long, until when, how far one is, and the way in. The first one open has the button that stands out. */
export function AssignmentCard({ assignment, isFirst, level = 3 }: AssignmentCardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  const speaking = useSpeaking()
  const { say, count, day, language } = speaking
  const { id, state, minutes, items, answered, closesOn, about } = assignment
  const title = wordsIn(assignment.title, language)
  const action = state === 'in progress' ? say('continue') : say('begin')
  return (
    <li className={state === 'completed' ? 'card card-done' : 'card'}>
      <Heading className="card-heading">
        <Said words={title} within={language} />
        <AboutWhom whom={about} />
      </Heading>
      {state === 'completed' ? (
        <p className="card-state">{say('doneList')}</p>
      ) : (
        <>
          <p className="quiet">
            {say('about', { minutes: lasting(speaking, minutes) })} ·{' '}
            {state === 'in progress' ? say('answeredOf', { answered, total: items }) : count('questions', items)}
          </p>
          <p className="quiet">{say('until', { day: day(closesOn) })}</p>
          <a className={isFirst ? 'button button-primary' : 'button'} {...follow(listPath(id))}>
            {action}
            <span className="visually-hidden">
              : {title.text}
              <AboutWhom whom={about} />
            </span>
          </a>
          <a className="button-quiet" href={printPath(id)}>
            {say('printList')}
            <span className="visually-hidden">
              : {title.text}
              <AboutWhom whom={about} />
            </span>
          </a>
        </>
      )}
    </li>
  )
}

import { follow } from '../../ui/navigation.ts'
import { Said } from '../../ui/said.tsx'
import { wordsIn } from '../../ui/words.ts'
import type { AssignmentSummary } from '../api.ts'
import { listPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'

/** One list: how long, until when, how far one is, and the way in. The first one open has the button that stands out. */
export function AssignmentCard({ assignment, isFirst }: { assignment: AssignmentSummary; isFirst: boolean }) {
  const { say, count, day, language } = useSpeaking()
  const { id, state, minutes, items, answered, closesOn } = assignment
  const title = wordsIn(assignment.title, language)
  const action = state === 'in progress' ? say('continue') : say('begin')
  return (
    <li className={state === 'completed' ? 'card card-done' : 'card'}>
      <h3>
        <Said words={title} within={language} />
      </h3>
      {state === 'completed' ? (
        <p className="card-state">{say('doneList')}</p>
      ) : (
        <>
          <p className="quiet">
            {say('about', { minutes: count('minutes', Math.round(minutes)) })} ·{' '}
            {state === 'in progress' ? say('answeredOf', { answered, total: items }) : count('questions', items)}
          </p>
          <p className="quiet">{say('until', { day: day(closesOn) })}</p>
          <a className={isFirst ? 'button button-primary' : 'button'} {...follow(listPath(id))}>
            {action}
            <span className="visually-hidden">: {title.text}</span>
          </a>
        </>
      )}
    </li>
  )
}

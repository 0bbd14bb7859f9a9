/** One small mark for each list that one person is asked: its shape, not its colour, says how far it is. */
import { type DeskTexts, useDesk } from '../shell/language.tsx'

export type AssignmentState = 'scheduled' | 'open' | 'in progress' | 'completed' | 'expired' | 'cancelled'

export const stateTexts: Record<AssignmentState, keyof DeskTexts & `assignment${string}`> = {
  completed: 'assignmentCompleted',
  'in progress': 'assignmentStarted',
  open: 'assignmentOpen',
  scheduled: 'assignmentScheduled',
  expired: 'assignmentExpired',
  cancelled: 'assignmentCancelled',
}

const shapes: Record<AssignmentState, React.ReactNode> = {
  completed: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  'in progress': (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.75a4.25 4.25 0 0 0 0 8.5z" fill="currentColor" />
    </>
  ),
  open: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  scheduled: <circle cx="6" cy="6" r="1.5" fill="currentColor" />,
  expired: <path d="M2.5 2.5l7 7m0-7l-7 7" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  cancelled: <path d="M2 6h8" fill="none" stroke="currentColor" strokeWidth="1.5" />,
}

export function Mark({ state }: { state: AssignmentState }) {
  return (
    <svg className={`mark mark-${state.replace(' ', '-')}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {shapes[state]}
    </svg>
  )
}

/** The marks of one family in one wave, person by person, and in words how many lists came in. */
export function Marks({ lists }: { lists: { participant: string; instrument: string; about: string | null; state: AssignmentState }[] }) {
  const { say } = useDesk()
  if (lists.length === 0) return <span className="visually-hidden">{say('marksNone')}</span>
  const completed = lists.filter(({ state }) => state === 'completed').length
  const people = Map.groupBy(lists, ({ participant }) => participant)
  return (
    <span className="marks">
      <span className="visually-hidden">{say('marksSummary', { completed, total: lists.length })}</span>
      {[...people].map(([participant, own]) => (
        <span key={participant} className="marks-person">
          {own.map(({ instrument, about, state }) => (
            <Mark key={`${instrument} ${about}`} state={state} />
          ))}
        </span>
      ))}
    </span>
  )
}

export function Legend() {
  const { say } = useDesk()
  return (
    <div className="legend">
      <span>{say('marksLegend')}</span>
      <ul className="legend-marks">
        {(Object.keys(stateTexts) as AssignmentState[]).map((state) => (
          <li key={state}>
            <Mark state={state} /> {say(stateTexts[state])}
          </li>
        ))}
      </ul>
    </div>
  )
}

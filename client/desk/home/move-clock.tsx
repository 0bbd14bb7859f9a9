import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Moved, moveClock, type Step } from '../api.ts'
import { type DeskTexts, useDesk } from '../shell/language.tsx'
import { eventText } from '../texts/events.ts'

const steps: { step: Step; label: keyof DeskTexts }[] = [
  { step: 'day', label: 'moveDay' },
  { step: 'week', label: 'moveWeek' },
  { step: 'month', label: 'moveMonth' },
]

/** Three buttons that set the clock ahead, and what happened in between. */
export function MoveClock() {
  const { say } = useDesk()
  const client = useQueryClient()
  const move = useMutation({ mutationFn: moveClock, onSuccess: () => client.invalidateQueries() })
  return (
    <>
      <p>{say('step3')}</p>
      <div className="buttons">
        {steps.map(({ step, label }) => (
          <button
            type="button"
            key={step}
            className="button"
            aria-disabled={move.isPending}
            onClick={() => {
              if (!move.isPending) move.mutate(step)
            }}
          >
            {say(label as 'moveDay')}
          </button>
        ))}
      </div>
      <div role="status">
        {move.isPending && <p>{say('moving')}</p>}
        {move.isError && <p className="error">{say('movedFailed')}</p>}
        {move.isSuccess && !move.isPending && <WhatHappened moved={move.data} />}
      </div>
      <p className="quiet">{say('step3Note')}</p>
    </>
  )
}

function WhatHappened({ moved }: { moved: Moved }) {
  const { say, date, moment } = useDesk()
  return (
    <>
      <p>
        <strong>{say('moved', { from: moment(moved.from), to: moment(moved.to) })}</strong>
      </p>
      {moved.days.length === 0 && <p>{say('movedNothing')}</p>}
      <ul className="happened">
        {moved.days.map(({ day, happened }) => (
          <li key={day}>
            <span className="quiet">{date(`${day}T12:00:00Z`)}</span>
            <ul className="happened-day">
              {happened.map(({ kind, wave, message, count }) => (
                <li key={`${kind} ${wave} ${message}`}>
                  {wave ? `${wave}: ` : ''}
                  {say(eventText(kind, message))}
                  {count > 1 && `, ${say('times', { count })}`}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  )
}

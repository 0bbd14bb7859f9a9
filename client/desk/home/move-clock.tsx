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
      {moved.days.length === 0 ? (
        <p>{say('movedNothing')}</p>
      ) : (
        <>
          <Happened happened={moved.days.flatMap(({ happened }) => happened)} />
          <details className="day-by-day">
            <summary>{say('movedByDay')}</summary>
            <ol className="happened">
              {moved.days.map(({ day, happened }) => (
                <li key={day}>
                  <span className="quiet">{date(`${day}T12:00:00Z`)}</span>
                  <Happened happened={happened} />
                </li>
              ))}
            </ol>
          </details>
        </>
      )}
    </>
  )
}

/** What happened, wave by wave, and how often. */
function Happened({ happened }: { happened: Moved['days'][number]['happened'] }) {
  const { say } = useDesk()
  const alike = Map.groupBy(happened, ({ kind, wave, message }) => `${wave ? `${wave}: ` : ''}${say(eventText(kind, message))}`)
  return (
    <ul className="happened">
      {[...alike].sort(byText).map(([text, same]) => (
        <li key={text}>
          {text} ({same.reduce((sum, { count }) => sum + count, 0)})
        </li>
      ))}
    </ul>
  )
}

const byText = ([a]: [string, unknown], [b]: [string, unknown]): number => a.localeCompare(b)

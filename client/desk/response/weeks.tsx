import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { titleOf } from '../shell/title-of.tsx'
import type { ResponseTable } from './api.ts'
import { cumulative } from './cumulative.ts'
import { WeekFigure } from './week-figure.tsx'

/** A small figure for each wave of each role. */
export function Weeks({ weeks, study }: { weeks: ResponseTable['weeks']; study: Study }) {
  const { say, date, language } = useDesk()
  const places = study.roles.flatMap(({ id: role }) => study.waves.map(({ id: wave }) => ({ role, wave })))
  const drawn = places.flatMap((place) => {
    const points = cumulative(weeks.filter(({ wave, role }) => wave === place.wave && role === place.role))
    const last = points.at(-1)
    return last ? [{ ...place, points, last }] : []
  })
  if (drawn.length === 0) return null
  return (
    <section className="section" aria-labelledby="weeks">
      <h2 id="weeks">{say('responseWeeks')}</h2>
      <p>{say('responseWeeksLead')}</p>
      <div className="figures">
        {drawn.map(({ role, wave, points, last }) => (
          <WeekFigure
            key={`${role} ${wave}`}
            points={points}
            title={say('responseWeeksFigure', {
              role: wordsIn(titleOf(study.roles, role), language).text,
              wave,
              asked: last.asked,
              completed: last.completed,
              week: date(`${last.week}T12:00:00Z`),
            })}
          />
        ))}
      </div>
    </section>
  )
}

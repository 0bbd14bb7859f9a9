import { scaleLinear, scaleUtc } from 'd3-scale'
import { curveStepAfter, line } from 'd3-shape'
import type { ReactNode } from 'react'
import { useDesk } from '../shell/language.tsx'
import type { Point } from './cumulative.ts'

const size = { width: 320, height: 140, left: 34, right: 8, top: 8, foot: 20 }

/** Asked and answered, added up week by week. The table beneath says the same in numbers. */
export function WeekFigure({ points, title }: { points: Point[]; title: ReactNode }) {
  const { say, date, number } = useDesk()
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return null
  const when = ({ week }: Point) => new Date(`${week}T12:00:00Z`)
  const x = scaleUtc()
    .domain([when(first), new Date(when(last).getTime() + 7 * 86_400_000)])
    .range([size.left, size.width - size.right])
  const y = scaleLinear()
    .domain([0, Math.max(last.asked, last.completed, 1)])
    .nice(4)
    .range([size.height - size.foot, size.top])
  const end = { ...last, week: x.domain()[1]?.toISOString().slice(0, 10) ?? last.week }
  const path = (of: 'asked' | 'completed') =>
    line<Point>()
      .x((point) => x(when(point)))
      .y((point) => y(point[of]))
      .curve(curveStepAfter)([...points, end]) ?? ''
  return (
    <figure className="figure week-figure">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line className="grid-line" x1={size.left} x2={size.width - size.right} y1={y(tick)} y2={y(tick)} />
            <text className="tick" x={size.left - 5} y={y(tick)} textAnchor="end" dominantBaseline="central">
              {number(tick)}
            </text>
          </g>
        ))}
        <text className="tick" x={size.left} y={size.height - 4}>
          {date(`${first.week}T12:00:00Z`)}
        </text>
        <text className="tick" x={size.width - size.right} y={size.height - 4} textAnchor="end">
          {date(`${last.week}T12:00:00Z`)}
        </text>
        <path className="week-asked" d={path('asked')} />
        <path className="week-completed" d={path('completed')} />
      </svg>
      <details>
        <summary>{say('responseWeeksTable')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('responseWeek')}</th>
              <th scope="col">{say('responseAsked')}</th>
              <th scope="col">{say('responseCompleted')}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ week, asked, completed }) => (
              <tr key={week}>
                <th scope="row">{date(`${week}T12:00:00Z`)}</th>
                <td className="numeric">{asked}</td>
                <td className="numeric">{completed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

import { wordsIn } from '../../ui/words.ts'
import type { CaseFile } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { useNames } from './names.tsx'
import { type Source, sourceKey } from './sources.ts'
import { heightOf, stripsOf, zDomain } from './z-scale.ts'

type Score = CaseFile['scores'][number]

interface ZFigureProps {
  scores: Score[]
  /** Ids of the study's waves, in order. */
  waves: string[]
  /** Where the scores come from, in order. */
  sources: Source[]
}

const width = 320
const height = 150
const left = 30
const right = 84
const top = 6
const foot = 18

/** z over the waves, against the bands of the norm. The table beside it says the same in numbers. */
export function ZFigure({ scores, waves, sources }: ZFigureProps) {
  const { say, language, number } = useDesk()
  const names = useNames()
  const measured = scores.filter((score): score is Score & { z: number } => score.z !== null)
  const [first] = measured
  if (!first || first.worse === null) return null
  const domain = zDomain(
    measured.map(({ z }) => z),
    first.worse,
  )
  const strips = stripsOf(first.bands, first.worse, domain, height)
  const asked = waves.filter((wave) => scores.some((score) => score.wave === wave))
  const x = (wave: string) => left + ((asked.indexOf(wave) + 0.5) / asked.length) * (width - left - right)
  const y = (z: number) => top + heightOf(z, domain, height)
  const drawn = sources.filter((source) => measured.some((score) => sourceKey(score) === sourceKey(source)))
  const ticks = Array.from({ length: domain[1] - domain[0] + 1 }, (_, index) => domain[0] + index)
  return (
    <figure className="figure">
      <svg
        viewBox={`0 0 ${width} ${height + top + foot}`}
        role="img"
        aria-label={say('figureTitle', { scale: wordsIn(first.title, language).text })}
      >
        {strips.map(({ id, label, severity, top: above, bottom }) => (
          <g key={id}>
            <rect className={`strip strip-${severity}`} x={left} y={top + above} width={width - left - right} height={bottom - above} />
            <text className="strip-label" x={width - right + 6} y={top + (above + bottom) / 2} dominantBaseline="central">
              {wordsIn(label, language).text}
            </text>
          </g>
        ))}
        <line className="norm-line" x1={left} x2={width - right} y1={y(0)} y2={y(0)} />
        {ticks.map((tick) => (
          <text key={tick} className="tick" x={left - 6} y={y(tick)} textAnchor="end" dominantBaseline="central">
            {number(tick)}
          </text>
        ))}
        {asked.map((wave) => (
          <text key={wave} className="tick" x={x(wave)} y={height + top + 13} textAnchor="middle">
            {wave}
          </text>
        ))}
        {drawn.map((source, place) => (
          <Line
            key={sourceKey(source)}
            place={place}
            points={asked.map((wave) => {
              const score = measured.find((one) => one.wave === wave && sourceKey(one) === sourceKey(source))
              return score ? { key: wave, x: x(wave), y: y(score.z) } : null
            })}
          />
        ))}
      </svg>
      {drawn.length > 1 && (
        <figcaption className="figure-people">
          {drawn.map((source, place) => (
            <span key={sourceKey(source)}>
              <svg viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">
                <Line place={place} points={[{ key: 'a', x: 12, y: 6 }]} />
              </svg>
              {names.source(source)}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  )
}

type Point = { key: string; x: number; y: number }

/** The first person is a full line with dots, the second a broken one with squares. Where a wave is missing there is no line. */
function Line({ place, points }: { place: number; points: (Point | null)[] }) {
  return (
    <g className={`line line-${place}`}>
      {points.map((to, index) => {
        const from = points[index - 1]
        return from && to ? <line key={to.key} x1={from.x} y1={from.y} x2={to.x} y2={to.y} /> : null
      })}
      {points.map((point) =>
        point === null ? null : place === 0 ? (
          <circle key={point.key} cx={point.x} cy={point.y} r="4" />
        ) : (
          <rect key={point.key} x={point.x - 3.5} y={point.y - 3.5} width="7" height="7" />
        ),
      )}
    </g>
  )
}

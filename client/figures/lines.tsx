/** Means per wave, a line per group, each with its interval. */
import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import type { ShownFigure } from '../../server/report/output/shown.ts'
import { domainOf } from './domain.ts'
import type { Drawn } from './drawing.tsx'
import { Label } from './label.tsx'
import { Mark } from './mark.tsx'
import { lineHeight, spread, width, wrapped } from './size.ts'
import { styleOf } from './styles.ts'
import { textIn } from './text-in.ts'
import { ValueAxis } from './value-axis.tsx'
import type { FigureLanguage } from './words.ts'

const box = { top: 34, bottom: 244, left: 40, right: 300, foot: 14 }
/** Groups stand a little apart, so that their intervals don't hide each other. */
const step = 9

type Point = ShownFigure['series'][number]['points'][number]
type Known = Point & { value: number }

export function Lines({ measure, waves, series }: ShownFigure, language: FigureLanguage): Drawn | null {
  const known = series.map(({ points }) => points.filter((point): point is Known => point.value !== null))
  const values = known.flat().flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])
  if (values.length === 0) return null
  const y = scaleLinear().domain(domainOf(values, measure.range)).nice(5).range([box.bottom, box.top])
  const at = scalePoint(
    waves.map(({ id }) => id),
    [box.left, box.right],
  ).padding(0.5)
  const x = ({ wave }: Point, place: number): number => (at(wave) ?? 0) + (place - (series.length - 1) / 2) * step
  const room = width - box.right - 14
  const titles = series.map(({ title }) => textIn(title, language))
  const ends = known.map((points) => points.at(-1))
  const labels = spread(
    ends.map((end, place) => ({ at: end ? y(end.value) : 0, high: wrapped(titles[place] ?? '', room).length * lineHeight + 4 })),
    box.top - 10,
    box.bottom + 10,
  )
  const under = (box.right - box.left) / waves.length - 8
  const lines = Math.max(...waves.map(({ title }) => wrapped(textIn(title, language), under).length))
  const drawn = (
    <>
      <ValueAxis y={y} left={box.left} right={box.right} title={textIn(measure.title, language)} language={language} />
      {waves.map(({ id, title }) => (
        <Label key={id} x={at(id) ?? 0} y={box.bottom + 16} anchor="middle" hangs room={under}>
          {textIn(title, language)}
        </Label>
      ))}
      {known.map((points, place) => {
        const style = styleOf(place)
        const path = line<Known>()
          .x((point) => x(point, place))
          .y(({ value }) => y(value))(points)
        return (
          <g key={titles[place]}>
            {path && <path d={path} fill="none" stroke={style.colour} strokeWidth="2.2" strokeDasharray={style.dash} />}
            {points.map((point) => (
              <g key={point.wave}>
                <Whisker x={x(point, place)} low={point.low} high={point.high} y={y} colour={style.colour} />
                <Mark x={x(point, place)} y={y(point.value)} style={style} />
              </g>
            ))}
            {points.length > 0 && (
              <Label x={box.right + 12} y={labels[place] ?? 0} room={room} colour={style.colour}>
                {titles[place] ?? ''}
              </Label>
            )}
          </g>
        )
      })}
    </>
  )
  return { drawn, height: box.bottom + box.foot + lines * lineHeight }
}

interface WhiskerProps {
  x: number
  low: number | null
  high: number | null
  y: (value: number) => number
  colour: string
}

/** An interval, upright. */
export function Whisker({ x, low, high, y, colour }: WhiskerProps) {
  if (low === null || high === null) return null
  return (
    <path d={`M${x - 3} ${y(low)}H${x + 3}M${x} ${y(low)}V${y(high)}M${x - 3} ${y(high)}H${x + 3}`} stroke={colour} strokeWidth="1.4" />
  )
}

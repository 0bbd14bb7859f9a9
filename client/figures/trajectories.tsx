/** A line per person, and the mean over them. Lines are all alike: which is whose is no matter of a figure. */
import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import type { ShownFigure } from '../../server/report/output/shown.ts'
import { domainOf } from './domain.ts'
import type { Drawn } from './drawing.tsx'
import { Label } from './label.tsx'
import { Whisker } from './lines.tsx'
import { Mark } from './mark.tsx'
import { lineHeight, width } from './size.ts'
import { styleOf } from './styles.ts'
import { textIn } from './text-in.ts'
import { ValueAxis } from './value-axis.tsx'
import { type FigureLanguage, figureWords } from './words.ts'

const box = { left: 40, right: 340, height: 190, head: 52, foot: 50 }

type Series = ShownFigure['series'][number]

/** One panel per series, under each other, on the same scale. */
export function Trajectories({ measure, waves, series }: ShownFigure, language: FigureLanguage): Drawn | null {
  const values = series.flatMap(({ lines, points }) => [
    ...lines.flatMap((one) => one.values.filter((value) => value !== null)),
    ...points.flatMap(({ value, low, high }) => [value, low, high].filter((one) => one !== null)),
  ])
  if (values.length === 0) return null
  const domain = domainOf(values, measure.range)
  const ids = waves.map(({ id }) => id)
  const whole = box.head + box.height + box.foot
  const drawn = series.map((one, place) => {
    const top = place * whole + box.head
    const y = scaleLinear()
      .domain(domain)
      .nice(5)
      .range([top + box.height, top])
    const at = scalePoint(ids, [box.left, box.right]).padding(0.3)
    const title = textIn(measure.title, language)
    return (
      <g key={textIn(one.title, language)}>
        <ValueAxis
          y={y}
          left={box.left}
          right={box.right}
          title={series.length > 1 ? `${textIn(one.title, language)}: ${title}` : title}
          language={language}
        />
        {waves.map((wave) => (
          <Label
            key={wave.id}
            x={at(wave.id) ?? 0}
            y={top + box.height + 16}
            anchor="middle"
            hangs
            room={(box.right - box.left) / waves.length - 8}
          >
            {textIn(wave.title, language)}
          </Label>
        ))}
        <Persons lines={one.lines} x={(index) => at(ids[index] ?? '') ?? 0} y={y} />
        <Means points={one.points} x={(id) => at(id) ?? 0} y={y} label={figureWords[language].mean} />
      </g>
    )
  })
  return { drawn, height: series.length * whole }
}

function Persons({ lines, x, y }: { lines: Series['lines']; x: (index: number) => number; y: (value: number) => number }) {
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => x(index))
    .y((value) => y(value ?? 0))
  // Those who answered the same in every wave are drawn over each other: as thick as they are many.
  const alike = Map.groupBy(lines, ({ values }) => values.join())
  return [...alike].map(([key, same]) => (
    <path
      key={key}
      d={path(same[0]?.values ?? []) ?? ''}
      fill="none"
      stroke="currentColor"
      strokeOpacity={Math.min(0.9, 0.3 * same.length)}
      strokeWidth="1"
    />
  ))
}

interface MeansProps {
  points: Series['points']
  x: (wave: string) => number
  y: (value: number) => number
  label: string
}

function Means({ points, x, y, label }: MeansProps) {
  const style = styleOf(1)
  const known = points.flatMap((point) => (point.value === null ? [] : [{ ...point, value: point.value }]))
  const last = known.at(-1)
  const path = line<(typeof known)[number]>()
    .x(({ wave }) => x(wave))
    .y(({ value }) => y(value))(known)
  return (
    <g>
      {path && <path d={path} fill="none" stroke={style.colour} strokeWidth="3" />}
      {known.map((point) => (
        <g key={point.wave}>
          <Whisker x={x(point.wave)} low={point.low} high={point.high} y={y} colour={style.colour} />
          <Mark x={x(point.wave)} y={y(point.value)} style={style} />
        </g>
      ))}
      {last && (
        <Label x={x(last.wave) + 10} y={y(last.value) - lineHeight * 0.6} room={width - x(last.wave)} colour={style.colour}>
          {label}
        </Label>
      )}
    </g>
  )
}

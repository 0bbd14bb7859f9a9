/** How fast lists come in: per wave a line that climbs to the share that came, a panel per series. */
import { scaleLinear } from 'd3-scale'
import { curveStepAfter, line } from 'd3-shape'
import type { ShownFigure } from '../../server/report/output/shown.ts'
import type { Drawn } from './drawing.tsx'
import { Label } from './label.tsx'
import { Mark } from './mark.tsx'
import { lineHeight, spread, width, wrapped } from './size.ts'
import { styleOf } from './styles.ts'
import { textIn } from './text-in.ts'
import { ValueAxis } from './value-axis.tsx'
import { type FigureLanguage, figureWords } from './words.ts'

const box = { left: 44, right: 306, height: 180, head: 44, foot: 46 }

export function Response({ measure, waves, series, categories, step = 'week' }: ShownFigure, language: FigureLanguage): Drawn | null {
  const steps = categories.length
  if (steps === 0 || !series.some(({ curves = [] }) => curves.some(({ shares }) => shares.some((share) => share !== null)))) return null
  const whole = box.head + box.height + box.foot
  const room = width - box.right - 14
  const drawn = series.map((one, place) => {
    const top = place * whole + box.head
    const y = scaleLinear()
      .domain([0, 100])
      .range([top + box.height, top])
    const x = scaleLinear().domain([0, steps]).range([box.left, box.right])
    const curves = waves.flatMap((wave, at) => {
      const shares = one.curves?.find((curve) => curve.wave === wave.id)?.shares ?? []
      const points = shares.flatMap((share, index) => (share === null ? [] : [{ at: index + 1, share }]))
      const last = points.at(-1)
      return last ? [{ title: textIn(wave.title, language), style: styleOf(at), points: [{ at: 0, share: 0 }, ...points], last }] : []
    })
    const labels = spread(
      curves.map(({ last, title }) => ({ at: y(last.share), high: wrapped(title, room).length * lineHeight + 4 })),
      top - 6,
      top + box.height + 6,
    )
    const path = line<{ at: number; share: number }>()
      .x((point) => x(point.at))
      .y((point) => y(point.share))
      .curve(curveStepAfter)
    const title = textIn(measure.title, language)
    return (
      <g key={textIn(one.title, language)}>
        <ValueAxis
          y={y}
          left={box.left}
          right={box.right}
          title={series.length > 1 ? `${textIn(one.title, language)}: ${title}` : title}
          language={language}
          unit="%"
        />
        {x
          .ticks(Math.min(6, steps))
          .filter(Number.isInteger)
          .map((tick) => (
            <Label key={tick} x={x(tick)} y={top + box.height + 14} anchor="middle">
              {String(tick)}
            </Label>
          ))}
        <Label x={box.right} y={top + box.height + 14 + lineHeight} anchor="end" room={box.right}>
          {figureWords[language][step === 'day' ? 'daysSince' : 'weeksSince']}
        </Label>
        {curves.map(({ title: wave, style, points, last }, at) => (
          <g key={wave}>
            <path d={path(points) ?? ''} fill="none" stroke={style.colour} strokeWidth="2.2" strokeDasharray={style.dash} />
            <Mark x={x(last.at)} y={y(last.share)} style={style} />
            <Label x={box.right + 12} y={labels[at] ?? 0} room={room} colour={style.colour}>
              {wave}
            </Label>
          </g>
        ))}
      </g>
    )
  })
  return { drawn, height: series.length * whole }
}

/**
 * Two sources about the same cases: their difference against their mean, with the mean difference and between which 95% of the differences
 * lie (Bland and Altman, The Lancet 327 (1986), 307-310).
 */
import { scaleLinear } from 'd3-scale'
import type { ShownFigure } from '../../server/report/output/shown.ts'
import type { Drawn } from './drawing.tsx'
import { Label } from './label.tsx'
import { lineHeight, width } from './size.ts'
import { styleOf } from './styles.ts'
import { textIn } from './text-in.ts'
import { ValueAxis } from './value-axis.tsx'
import { type FigureLanguage, figureWords, numberIn } from './words.ts'

const box = { left: 44, right: 360, height: 180, head: 58, foot: 46 }

/** One panel per wave, under each other, on the same scales. */
export function Agreement({ measure, series, categories }: ShownFigure, language: FigureLanguage): Drawn | null {
  const words = figureWords[language]
  const pairs = series.flatMap((one) => one.pairs ?? [])
  const limits = series.flatMap((one) => one.limits ?? [])
  if (limits.length === 0) return null
  const differences = [...pairs.map(([first, second]) => first - second), ...limits.flatMap(({ low, high }) => [low, high]), 0]
  const means = pairs.map(([first, second]) => (first + second) / 2)
  const [first, second] = categories.map(({ title }) => textIn(title, language))
  const whole = box.head + box.height + box.foot
  const drawn = series.map((one, place) => {
    const top = place * whole + box.head
    const y = scaleLinear()
      .domain([Math.min(...differences), Math.max(...differences)])
      .nice(5)
      .range([top + box.height, top])
    const x = scaleLinear()
      .domain(means.length > 0 ? [Math.min(...means), Math.max(...means)] : [0, 1])
      .nice(5)
      .range([box.left + 8, box.right])
    const title = textIn(one.title, language)
    const axis = words.difference.replace('{first}', first ?? '').replace('{second}', second ?? '')
    return (
      <g key={title}>
        <ValueAxis y={y} left={box.left} right={box.right} title={series.length > 1 ? `${title}. ${axis}` : axis} language={language} />
        {means.length > 0 &&
          x.ticks(5).map((tick) => (
            <Label key={tick} x={x(tick)} y={top + box.height + 12} anchor="middle">
              {numberIn(language, tick)}
            </Label>
          ))}
        <Label x={box.right} y={top + box.height + 12 + lineHeight} anchor="end" room={width}>
          {`${words.pairMean}: ${textIn(measure.title, language)}`}
        </Label>
        {one.limits && <LimitLines limits={one.limits} y={y} language={language} />}
        {(one.pairs ?? []).map(([a, b], at) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: pairs have no names, on purpose.
            key={at}
            cx={x((a + b) / 2)}
            cy={y(a - b)}
            r="3.6"
            fill={styleOf(0).colour}
            fillOpacity="0.45"
            stroke={styleOf(0).colour}
          />
        ))}
      </g>
    )
  })
  return { drawn, height: series.length * whole }
}

interface LimitLinesProps {
  limits: NonNullable<ShownFigure['series'][number]['limits']>
  y: (value: number) => number
  language: FigureLanguage
}

function LimitLines({ limits: { bias, low, high }, y, language }: LimitLinesProps) {
  const { colour } = styleOf(1)
  return (
    <g>
      {[bias, low, high].map((value, at) => (
        <g key={at === 0 ? 'bias' : at === 1 ? 'low' : 'high'}>
          <line
            x1={box.left}
            x2={box.right}
            y1={y(value)}
            y2={y(value)}
            stroke={colour}
            strokeWidth={at === 0 ? 2.2 : 1.4}
            strokeDasharray={at === 0 ? undefined : '6 4'}
          />
          <Label x={box.right + 6} y={y(value)} colour={colour}>
            {numberIn(language, value)}
          </Label>
        </g>
      ))}
    </g>
  )
}

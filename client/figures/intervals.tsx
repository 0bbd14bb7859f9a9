/** Means side by side, each with its interval: a row per wave and group, so that intervals are compared along one scale. */
import { scaleLinear } from 'd3-scale'
import type { ShownFigure } from '../../server/report/output/shown.ts'
import { domainOf } from './domain.ts'
import type { Drawn } from './drawing.tsx'
import { Label } from './label.tsx'
import { Mark } from './mark.tsx'
import { lineHeight, width, widthOf, wrapped } from './size.ts'
import { styleOf } from './styles.ts'
import { textIn } from './text-in.ts'
import { type FigureLanguage, figureWords, numberIn } from './words.ts'

const box = { left: 128, right: 350, gap: 6, head: 22, foot: 40, top: 6 }

export function Intervals({ measure, waves, series }: ShownFigure, language: FigureLanguage): Drawn | null {
  const known = series.flatMap(({ points }) =>
    points.flatMap(({ value, low, high }) => (value === null ? [] : [value, low ?? value, high ?? value])),
  )
  if (known.length === 0) return null
  const x = scaleLinear().domain(domainOf(known, measure.range)).nice(5).range([box.left, box.right])
  const widest = Math.max(...x.ticks(5).map((tick) => widthOf(numberIn(language, tick))))
  const ticks = x.ticks(Math.max(2, Math.min(5, Math.floor((box.right - box.left) / (widest + 20)))))
  const rows = rowsOf(waves, series, language)
  const bottom = rows.at(-1)?.bottom ?? 0
  const drawn = (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          {blocksOf(rows).map(({ from, to }) => (
            <line key={from} x1={x(tick)} x2={x(tick)} y1={from} y2={to} stroke="currentColor" strokeOpacity={tick === 0 ? 0.6 : 0.15} />
          ))}
          <Label x={x(tick)} y={bottom + 12} anchor="middle">
            {numberIn(language, tick)}
          </Label>
        </g>
      ))}
      {rows.map((row) =>
        'heading' in row ? (
          <Label key={row.key} x={0} y={row.bottom - box.head / 2}>
            {row.heading}
          </Label>
        ) : (
          <g key={row.key}>
            <Label x={box.left - 10} y={row.middle} anchor="end" room={box.left - 12}>
              {row.title}
            </Label>
            {row.point.low !== null && row.point.high !== null && (
              <path
                d={`M${x(row.point.low)} ${row.middle - 4}V${row.middle + 4}M${x(row.point.low)} ${row.middle}H${x(row.point.high)}M${x(row.point.high)} ${row.middle - 4}V${row.middle + 4}`}
                stroke={styleOf(row.place).colour}
                strokeWidth="2"
              />
            )}
            {row.point.value !== null && (
              <>
                <Mark x={x(row.point.value)} y={row.middle} style={styleOf(row.place)} />
                <Label x={box.right + 10} y={row.middle}>
                  {numberIn(language, row.point.value, 2)}
                </Label>
              </>
            )}
            {row.point.value === null && (
              <Label x={box.left + 4} y={row.middle}>
                {row.point.masked ? '*' : '–'}
              </Label>
            )}
          </g>
        ),
      )}
      <Label x={width} y={bottom + box.foot - 8} anchor="end" room={width}>
        {`${textIn(measure.title, language)}: ${figureWords[language].withInterval}`}
      </Label>
    </>
  )
  return { drawn, height: bottom + box.foot + lineHeight }
}

type Point = ShownFigure['series'][number]['points'][number]
type Row =
  | { key: string; heading: string; bottom: number }
  | { key: string; title: string; middle: number; bottom: number; place: number; point: Point }

/** The rows of each wave, between which its lines are drawn: not through what it is called. */
function blocksOf(rows: readonly Row[]): { from: number; to: number }[] {
  const blocks: { from: number; to: number }[] = []
  for (const row of rows) {
    const last = blocks.at(-1)
    if ('heading' in row || !last) blocks.push({ from: 'heading' in row ? row.bottom : box.top, to: row.bottom })
    else last.to = row.bottom
  }
  return blocks
}

/** Of one wave the groups under each other; with one wave there is no need to say which. */
function rowsOf(waves: ShownFigure['waves'], series: ShownFigure['series'], language: FigureLanguage): Row[] {
  let bottom = box.top
  return waves.flatMap(({ id, title }): Row[] => {
    const heading: Row[] = []
    if (waves.length > 1) {
      bottom += box.head
      heading.push({ key: id, heading: textIn(title, language), bottom })
    }
    return [
      ...heading,
      ...series.flatMap((one, place): Row[] => {
        const point = one.points.find(({ wave }) => wave === id)
        if (!point) return []
        const text = textIn(one.title, language)
        const high = wrapped(text, box.left - 12).length * lineHeight + box.gap
        bottom += high
        return [{ key: `${id} ${text}`, title: text, middle: bottom - high / 2, bottom, place, point }]
      }),
    ]
  })
}

/** How each wave is made up: a bar per wave, of shares that are together all of it. */

import type { ShownFigure } from '../../server/report/output/shown.ts'
import type { Drawn } from './drawing.tsx'
import { Label } from './label.tsx'
import { Legend, legendHeight } from './legend.tsx'
import { Patterns, patternId } from './patterns.tsx'
import { lineHeight, width, widthOf } from './size.ts'
import { textIn } from './text-in.ts'
import type { FigureLanguage } from './words.ts'

const box = { left: 92, bar: 26, gap: 8, head: 22 }

type Bar = ShownFigure['series'][number]['bars'][number]

export function Bars(figure: ShownFigure, language: FigureLanguage): Drawn | null {
  const { id, waves, series, categories } = figure
  if (!series.some(({ bars }) => bars.some(({ count }) => count !== null && count > 0))) return null
  const titles = categories.map(({ title }) => textIn(title, language))
  const legend = legendHeight(titles)
  const block = box.head + waves.length * (box.bar + box.gap) + 8
  const isOne = series.length === 1
  const drawn = (
    <>
      <Patterns figure={id} count={categories.length} />
      <Legend figure={id} titles={titles} />
      {series.map(({ title, bars }, place) => {
        const top = legend + place * block
        return (
          <g key={textIn(title, language)}>
            {!isOne && (
              <Label x={0} y={top + box.head / 2}>
                {textIn(title, language)}
              </Label>
            )}
            {waves.map((wave, at) => (
              <g key={wave.id}>
                <Stack
                  figure={id}
                  y={top + (isOne ? 4 : box.head) + at * (box.bar + box.gap)}
                  title={textIn(wave.title, language)}
                  bars={bars.filter((bar) => bar.wave === wave.id)}
                />
              </g>
            ))}
          </g>
        )
      })}
    </>
  )
  return { drawn, height: legend + series.length * block }
}

/** One bar. What is masked has no place in it, so a bar with a star in it is not drawn. */
function Stack({ figure, y, title, bars }: { figure: string; y: number; title: string; bars: Bar[] }) {
  const total = bars.reduce((sum, { count }) => sum + (count ?? 0), 0)
  const isWhole = bars.every(({ count }) => count !== null)
  const room = width - box.left
  let start = box.left
  return (
    <g>
      <Label x={box.left - 6} y={y + box.bar / 2} anchor="end" room={box.left - 8}>
        {title}
      </Label>
      {!isWhole && (
        <Label x={box.left + 4} y={y + box.bar / 2}>
          *
        </Label>
      )}
      {isWhole &&
        total > 0 &&
        bars.map(({ category, count }, place) => {
          const wide = ((count ?? 0) / total) * room
          const from = start
          start += wide
          const text = String(count)
          return (
            <g key={category}>
              <rect
                x={from}
                y={y}
                width={wide}
                height={box.bar}
                fill={`url(#${patternId(figure, place)})`}
                stroke="currentColor"
                strokeWidth={wide > 0 ? 0.8 : 0}
              />
              {wide > widthOf(text) + 10 && <Count x={from + wide / 2} y={y + box.bar / 2} text={text} />}
            </g>
          )
        })}
    </g>
  )
}

/** On a patch of paper, since it stands on lines. */
function Count({ x, y, text }: { x: number; y: number; text: string }) {
  const wide = widthOf(text) + 6
  return (
    <>
      <rect className="paper" x={x - wide / 2} y={y - lineHeight / 2} width={wide} height={lineHeight} rx="3" fill="#fff" />
      <Label x={x} y={y} anchor="middle">
        {text}
      </Label>
    </>
  )
}

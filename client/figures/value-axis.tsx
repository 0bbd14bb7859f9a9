/** The vertical axis: its title above it, faint lines across, and numbers as the reader writes them. */
import type { ScaleLinear } from 'd3-scale'
import { Label } from './label.tsx'
import { lineHeight, width, wrapped } from './size.ts'
import { numberIn } from './words.ts'

interface ValueAxisProps {
  y: ScaleLinear<number, number>
  left: number
  right: number
  title: string
  language: string
  ticks?: number
  unit?: string
}

export function ValueAxis({ y, left, right, title, language, ticks = 5, unit = '' }: ValueAxisProps) {
  const top = Math.min(...y.range())
  const lines = wrapped(title, width).length
  return (
    <g>
      <Label x={0} y={top - 16 - ((lines - 1) * lineHeight) / 2} room={width}>
        {title}
      </Label>
      {y.ticks(ticks).map((tick) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} stroke="currentColor" strokeOpacity={tick === 0 ? 0.6 : 0.15} />
          <Label x={left - 6} y={y(tick)} anchor="end">
            {`${numberIn(language, tick)}${unit}`}
          </Label>
        </g>
      ))}
    </g>
  )
}

/** Text of a figure, over several lines where it is long. `y` is the middle of all of it, or of its first line where it `hangs`. */
import { letter, lineHeight, wrapped } from './size.ts'

interface LabelProps {
  x: number
  y: number
  /** Units that it may be wide; one line unless given. */
  room?: number
  anchor?: 'start' | 'middle' | 'end'
  colour?: string
  hangs?: boolean
  children: string
}

export function Label({
  x,
  y,
  room = Number.POSITIVE_INFINITY,
  anchor = 'start',
  colour = 'currentColor',
  hangs = false,
  children,
}: LabelProps) {
  const lines = wrapped(children, room)
  // By hand: not everything that draws SVG knows where the middle of a letter is.
  const first = y - (hangs ? 0 : ((lines.length - 1) * lineHeight) / 2) + letter * 0.35
  return (
    <text fontSize={letter} textAnchor={anchor} fill={colour}>
      {lines.map((text, index) => (
        <tspan key={text} x={x} y={first + index * lineHeight}>
          {text}
        </tspan>
      ))}
    </text>
  )
}

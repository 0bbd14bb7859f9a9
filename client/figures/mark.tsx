/** A point of a series: a shape of its own, so that series can be told apart without colour. */
import type { SeriesStyle } from './styles.ts'

const half = 4.2

export function Mark({ x, y, style: { colour, marker } }: { x: number; y: number; style: SeriesStyle }) {
  if (marker === 'circle') return <circle cx={x} cy={y} r={half} fill={colour} />
  if (marker === 'ring') return <circle cx={x} cy={y} r={half} fill="none" stroke={colour} strokeWidth="2" />
  if (marker === 'square') return <rect x={x - half} y={y - half} width={2 * half} height={2 * half} fill={colour} />
  return <path d={paths[marker](x, y)} fill={marker === 'cross' ? 'none' : colour} stroke={colour} strokeWidth="2" />
}

const paths = {
  triangle: (x: number, y: number) => `M${x} ${y - half}L${x + half} ${y + half}L${x - half} ${y + half}Z`,
  diamond: (x: number, y: number) => `M${x} ${y - half - 1}L${x + half + 1} ${y}L${x} ${y + half + 1}L${x - half - 1} ${y}Z`,
  cross: (x: number, y: number) => `M${x - half} ${y - half}L${x + half} ${y + half}M${x - half} ${y + half}L${x + half} ${y - half}`,
}

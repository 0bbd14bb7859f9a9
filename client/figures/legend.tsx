/** Which fill is which category, in their order. */
import { Label } from './label.tsx'
import { patternId } from './patterns.tsx'
import { lineHeight, width, widthOf } from './size.ts'

const swatch = 16
const between = 14
const row = lineHeight + 6

export const legendHeight = (titles: readonly string[]): number => Math.max(0, ...placesOf(titles).map(({ y }) => y)) + row

export function Legend({ figure, titles }: { figure: string; titles: readonly string[] }) {
  return placesOf(titles).map(({ title, x, y }, place) => (
    <g key={title}>
      <rect
        x={x}
        y={y + 2}
        width={swatch}
        height={row - 8}
        fill={`url(#${patternId(figure, place)})`}
        stroke="currentColor"
        strokeWidth="0.8"
      />
      <Label x={x + swatch + 5} y={y + (row - 4) / 2}>
        {title}
      </Label>
    </g>
  ))
}

/** One after the other, on a next line where there is no more room. */
function placesOf(titles: readonly string[]): { title: string; x: number; y: number }[] {
  let [x, y] = [0, 0]
  return titles.map((title) => {
    const wide = swatch + 5 + widthOf(title) + between
    if (x > 0 && x + wide - between > width) [x, y] = [0, y + row]
    const place = { title, x, y }
    x += wide
    return place
  })
}

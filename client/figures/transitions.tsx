/** From band to band: who was where in one wave, and where they were in the next; as thick as they are many. */

import type { ShownFigure } from '../../server/report/output/shown.ts'
import type { Drawn } from './drawing.tsx'
import { type Flow, flowsBetween, type Stand } from './flows.ts'
import { Label } from './label.tsx'
import { width } from './size.ts'
import { styleOf } from './styles.ts'
import { textIn } from './text-in.ts'
import type { FigureLanguage } from './words.ts'

const box = { left: 110, right: 310, node: 10, height: 200, head: 46, foot: 14, gap: 7 }

/** One panel per series and pair of waves, under each other. */
export function Transitions({ waves, series, categories }: ShownFigure, language: FigureLanguage): Drawn | null {
  const titleOf = new Map(categories.map(({ value, title }) => [value, textIn(title, language)]))
  const waveTitle = (id: string): string => textIn(waves.find((wave) => wave.id === id)?.title ?? { nl: id, en: id }, language)
  const panels = series.flatMap(({ title, flows }) =>
    [...Map.groupBy(flows, ({ from, to }) => `${from} ${to}`)].flatMap(([key, some]) => {
      const [first] = some
      // A panel in which something is masked would show it by what is left.
      if (!first || some.some(({ count }) => count === null)) return []
      const made = flowsBetween(
        categories.map(({ value }) => value),
        some.map((flow) => ({ ...flow, count: flow.count ?? 0 })),
        box.height,
        box.gap,
      )
      return made.flows.length === 0 ? [] : [{ key: `${title.en} ${key}`, title: textIn(title, language), pair: first, ...made }]
    }),
  )
  if (panels.length === 0) return null
  const whole = box.head + box.height + box.foot
  const drawn = panels.map(({ key, title, pair, before, after, flows }, at) => (
    <g key={key} transform={`translate(0 ${at * whole})`}>
      {series.length > 1 && (
        <Label x={width / 2} y={10} anchor="middle">
          {title}
        </Label>
      )}
      <Label x={box.left} y={box.head - 16} anchor="end">
        {waveTitle(pair.from)}
      </Label>
      <Label x={box.right} y={box.head - 16}>
        {waveTitle(pair.to)}
      </Label>
      <g transform={`translate(0 ${box.head})`}>
        {flows.map((flow) => (
          <Ribbon key={`${flow.before} ${flow.after}`} flow={flow} order={categories.map(({ value }) => value)} />
        ))}
        <Stands stands={before} x={box.left} titleOf={titleOf} side="left" />
        <Stands stands={after} x={box.right - box.node} titleOf={titleOf} side="right" />
      </g>
    </g>
  ))
  return { drawn, height: panels.length * whole }
}

/** Those who stay are grey; up and down the bands have a colour each, and lean their own way. */
function Ribbon({ flow: { start, end, thick, before, after }, order }: { flow: Flow; order: readonly (string | number)[] }) {
  const [from, to] = [box.left + box.node, box.right - box.node]
  const middle = (from + to) / 2
  const turn = Math.sign(order.indexOf(after) - order.indexOf(before))
  const colour = turn === 0 ? 'currentColor' : styleOf(turn > 0 ? 1 : 0).colour
  const bottom = { start: start + thick, end: end + thick }
  return (
    <path
      d={`M${from} ${start}C${middle} ${start} ${middle} ${end} ${to} ${end}V${bottom.end}C${middle} ${bottom.end} ${middle} ${bottom.start} ${from} ${bottom.start}Z`}
      fill={colour}
      fillOpacity={turn === 0 ? 0.22 : 0.45}
    />
  )
}

interface StandsProps {
  stands: Stand[]
  x: number
  titleOf: Map<string | number, string>
  side: 'left' | 'right'
}

function Stands({ stands, x, titleOf, side }: StandsProps) {
  return stands
    .filter(({ count }) => count > 0)
    .map(({ category, top, thick, count, label }) => (
      <g key={category}>
        <rect x={x} y={top} width={box.node} height={thick} fill="currentColor" />
        <Label
          x={side === 'left' ? x - 6 : x + box.node + 6}
          y={label}
          anchor={side === 'left' ? 'end' : 'start'}
          room={side === 'left' ? box.left - 8 : width - box.right - 8}
        >
          {`${titleOf.get(category) ?? category}: ${count}`}
        </Label>
      </g>
    ))
}

/** What a scale looks at: its items, and for facts whatever its conditions, dates and amounts name. */
import { type Item, itemsOf } from './items.ts'
import type { Instrument, Scale } from './schema.ts'
import { isOfAnswers } from './score.ts'

/** Names of every item that bears on a scale, those in records too. */
export function namesBehind(scale: Scale): string[] {
  if (isOfAnswers(scale)) return scale.items
  const named =
    scale.method === 'duration' ? [scale.start, scale.end, scale.asOf] : scale.method === 'cost' ? [scale.kind, scale.amount] : []
  const wheres = [scale.none, 'where' in scale ? scale.where : undefined, 'running' in scale ? scale.running : undefined]
  return [...scale.items, ...named.flatMap((item) => item ?? []), ...wheres.flatMap((where) => Object.keys(where ?? {}))]
}

/** The items themselves, by name; those in records as `placements.start`. */
export function itemsBehind(instrument: Instrument, scale: Scale): Map<string, Item> {
  const looked = new Set(namesBehind(scale))
  const behind = new Map<string, Item>()
  for (const item of itemsOf(instrument)) {
    if (looked.has(item.name)) behind.set(item.name, item)
    if (item.kind === 'records' && scale.items.includes(item.name))
      for (const inner of item.items) if (looked.has(inner.name)) behind.set(`${item.name}.${inner.name}`, inner)
  }
  return behind
}

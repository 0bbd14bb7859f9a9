/** How the scales of two versions of an instrument differ, in everything but their titles. */
import { canonicalJson } from './canonical-json.ts'
import type { Difference } from './compare.ts'
import { formatReference } from './definition.ts'
import type { Instrument, Scale } from './schema.ts'
import { isOfAnswers } from './score.ts'

export function compareScales(a: Instrument, b: Instrument): Difference[] {
  const later = new Map(b.scales.map((scale) => [scale.id, scale]))
  const known = new Set(a.scales.map(({ id }) => id))
  return [
    ...a.scales.flatMap((scale): Difference[] => {
      const same = later.get(scale.id)
      if (same) return compareScale(scale, same)
      return [{ about: 'scale', name: scale.id, reason: `scale ${scale.id} of ${formatReference(a)} is missing` }]
    }),
    ...b.scales
      .filter(({ id }) => !known.has(id))
      .map(({ id }): Difference => ({ about: 'scale', name: id, reason: `scale ${id} is added; ${formatReference(a)} does not have it` })),
  ]
}

function compareScale(before: Scale, after: Scale): Difference[] {
  const differ = (reason: string): Difference => ({ about: 'scale', name: after.id, reason: `scale ${after.id}: ${reason}` })
  return [...compareMembers('items', before, after), ...compareMembers('reverse', before, after), ...compareRest(before, after)].map(differ)
}

const memberWords = { items: 'items', reverse: 'reversed items' }

function compareMembers(key: 'items' | 'reverse', was: Scale, is: Scale): string[] {
  const before = membersOf(key, was)
  const after = membersOf(key, is)
  const gone = before.filter((name) => !after.includes(name))
  const added = after.filter((name) => !before.includes(name))
  return [
    ...(gone.length > 0 ? [`without the ${memberWords[key]} ${gone.join(', ')}`] : []),
    ...(added.length > 0 ? [`with the further ${memberWords[key]} ${added.join(', ')}`] : []),
  ]
}

const membersOf = (key: 'items' | 'reverse', scale: Scale): string[] =>
  key === 'items' ? scale.items : isOfAnswers(scale) ? scale.reverse : []

/** What keys are called in a sentence; any other key is called by its own name. */
const words: Record<string, string> = {
  method: 'method',
  itemRange: 'item range',
  missing: 'rule for missing answers',
  range: 'range',
  worse: 'bad direction',
  counts: 'list of counted answers',
}

function compareRest(before: Scale, after: Scale): string[] {
  const [was, is] = [restOf(before), restOf(after)]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => shown(was[key]) !== shown(is[key]))
    .map((key) => `the ${words[key] ?? key} is ${shown(is[key])}; it was ${shown(was[key])}`)
}

/** All but the texts and what is compared member by member. */
function restOf(scale: Scale): Record<string, unknown> {
  const { title, problem, items, reverse, ...rest }: Record<string, unknown> = scale
  return rest
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  return typeof value === 'string' ? value : canonicalJson(value)
}

/** Item names from whatever the original calls its items. */
import { takenNames } from '../definition.ts'

/** Pages that an import makes for items outside any group. No item may be called so, that an export can tell them apart. */
export const ungroupedPage = (index: number): string => `ungrouped_${index + 1}`

const valid = /^[a-z][a-z0-9_]{0,31}$/
const isReserved = (name: string): boolean => /^ungrouped_\d+$/.test(name) || takenNames.has(name)

/**
 * A different valid item name (instruments/definition.ts) for each original. One that is valid already keeps it, whatever else
 * would come to the same. `taken`: names that are in use, to which the new ones are added.
 */
export function makeNames(originals: string[], taken: Set<string> = new Set()): Map<string, string> {
  const names = new Map<string, string>()
  for (const original of originals)
    if (valid.test(original) && !isReserved(original) && !taken.has(original)) {
      names.set(original, original)
      taken.add(original)
    }
  for (const original of originals) if (!names.has(original)) names.set(original, freeName(plain(original), taken))
  return names
}

/** `base`, or `base_2`, `base_3`, ...; it is added to `taken`. */
export function freeName(base: string, taken: Set<string>): string {
  let name = base.slice(0, 32)
  for (let number = 2; taken.has(name) || isReserved(name); number++) {
    const suffix = `_${number}`
    name = `${base.slice(0, 32 - suffix.length)}${suffix}`
  }
  taken.add(name)
  return name
}

/** "Vraag 1.é" becomes vraag_1_e, and "1.a" becomes q_1_a. */
function plain(original: string): string {
  const words = original
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  const named = /^[a-z]/.test(words) ? words : `q_${words || 'item'}`
  return isReserved(named) ? `q_${named}` : named
}

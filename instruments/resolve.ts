/**
 * Takes the pieces of parts into an instrument: every `{ "$use": "name" }` becomes what a part defines under that name, and every
 * `{{name}}` within a text becomes the words that a part defines under it, in the language of the text.
 *
 * A piece may use further ones, and does not say of which part: so one common part serves several instruments, and each gets its
 * own words by listing another part beside it.
 */
import { formatReference } from './definition.ts'
import { pointer } from './json.ts'
import { ownValue } from './own-value.ts'
import type { Part } from './schema.ts'

export interface UseProblem {
  path: string
  reason: string
}

export interface Resolved {
  value: unknown
  problems: UseProblem[]
  /** The pieces that were taken in, as `id@version/name`. */
  pieces: Set<string>
}

/** Words to be filled in: `{{event}}`. */
const blank = /\{\{([^{}]*)\}\}/g

/**
 * Returns a copy of `source` without any `$use` and `{{name}}`, and a problem for each name that no part or more than one
 * defines, that goes in circles, or of which there are no words in the language of the text.
 */
export function resolveUses(source: unknown, parts: Part[]): Resolved {
  const problems: UseProblem[] = []
  const pieces = new Set<string>()

  function resolve(value: unknown, path: PropertyKey[], within: string[]): unknown {
    if (typeof value === 'string')
      return value.includes('{{') ? value.replace(blank, (whole, name: string) => words(whole, name, path, within)) : value
    if (Array.isArray(value)) return value.map((element, index) => resolve(element, [...path, index], within))
    if (value === null || typeof value !== 'object') return value
    if (Object.hasOwn(value, '$use')) return piece(value, path, within)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, [...path, key], within)]))
  }

  function piece(use: object & { $use?: unknown }, path: PropertyKey[], within: string[]): unknown {
    const { $use: name, ...rest } = use
    if (typeof name !== 'string') return refuse(path, '$use takes the name of one piece, as a text')
    if (Object.keys(rest).length > 0)
      return refuse(path, `$use stands alone: remove ${Object.keys(rest).join(', ')}, or write the piece out here`)
    const part = partWith(name, '$use', path, within)
    return part ? resolve(part.define[name], path, [...within, name]) : null
  }

  /** What takes the place of `{{name}}` in the text at `path`, whose last key is the language. */
  function words(whole: string, name: string, path: PropertyKey[], within: string[]): string {
    const part = partWith(name, whole, path, within)
    if (!part) return whole
    const texts = part.define[name]
    const language = String(path.at(-1))
    const text = typeof texts === 'object' && texts !== null ? ownValue<unknown>({ ...texts }, language) : undefined
    if (typeof text === 'string') return String(resolve(text, path, [...within, name]))
    refuse(path, `${whole}: "${name}" of ${formatReference(part)} has no text for "${language}"`)
    return whole
  }

  /** The one part that defines a piece; `asked` is how the place at `path` asks for it. */
  function partWith(name: string, asked: string, path: PropertyKey[], within: string[]): Part | undefined {
    const [part, second] = parts.filter(({ define }) => Object.hasOwn(define, name))
    if (!part) refuse(path, `${asked}: no part in "uses" defines "${name}"`)
    else if (second) refuse(path, `${asked}: "${name}" is defined by both ${formatReference(part)} and ${formatReference(second)}`)
    else if (within.includes(name)) refuse(path, `${asked} goes in a circle: ${[...within, name].join(' > ')}`)
    else {
      pieces.add(`${formatReference(part)}/${name}`)
      return part
    }
    return undefined
  }

  function refuse(path: PropertyKey[], reason: string): null {
    problems.push({ path: pointer(path), reason })
    return null
  }

  return { value: resolve(source, [], []), problems, pieces }
}

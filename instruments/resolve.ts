/** Takes the pieces of parts into an instrument: every `{ "$use": "name" }` becomes what a part defines under that name. */
import { formatReference } from './definition.ts'
import { pointer } from './json.ts'
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

/** Returns a copy of `source` without any `$use`, and a problem for each name that no part or more than one defines, or that goes in circles. */
export function resolveUses(source: unknown, parts: Part[]): Resolved {
  const problems: UseProblem[] = []
  const pieces = new Set<string>()

  function resolve(value: unknown, path: PropertyKey[], within: string[]): unknown {
    if (Array.isArray(value)) return value.map((element, index) => resolve(element, [...path, index], within))
    if (value === null || typeof value !== 'object') return value
    if (Object.hasOwn(value, '$use')) return piece(value, path, within)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, [...path, key], within)]))
  }

  function piece(use: object & { $use?: unknown }, path: PropertyKey[], within: string[]): unknown {
    const { $use: name, ...rest } = use
    const refuse = (reason: string): null => {
      problems.push({ path: pointer(path), reason })
      return null
    }
    if (typeof name !== 'string') return refuse('$use takes the name of one piece, as a text')
    if (Object.keys(rest).length > 0)
      return refuse(`$use stands alone: remove ${Object.keys(rest).join(', ')}, or write the piece out here`)
    const [part, second] = parts.filter(({ define }) => Object.hasOwn(define, name))
    if (!part) return refuse(`$use: no part in "uses" defines "${name}"`)
    if (second) return refuse(`$use: "${name}" is defined by both ${formatReference(part)} and ${formatReference(second)}`)
    if (within.includes(name)) return refuse(`$use goes in a circle: ${[...within, name].join(' > ')}`)
    pieces.add(`${formatReference(part)}/${name}`)
    return resolve(part.define[name], path, [...within, name])
  }

  return { value: resolve(source, [], []), problems, pieces }
}

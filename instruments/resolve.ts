/** Takes the pieces of parts into an instrument: every `{ "$use": "name" }` becomes what a part defines under that name. */
import type { Part } from './schema.ts'

export interface UseProblem {
  path: string
  reason: string
}

/** Returns a copy of `source` without any `$use`, and a problem for each name that no part defines or that goes in circles. */
export function resolveUses(source: unknown, parts: Part[]): { value: unknown; problems: UseProblem[] } {
  const problems: UseProblem[] = []
  const pieces = new Map(parts.flatMap((part) => Object.entries(part.define)))

  function resolve(value: unknown, path: string, within: string[]): unknown {
    if (Array.isArray(value)) return value.map((element, index) => resolve(element, `${path}/${index}`, within))
    if (value === null || typeof value !== 'object') return value
    if ('$use' in value) return piece(value, path, within)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, `${path}/${key}`, within)]))
  }

  function piece(use: object & { $use?: unknown }, path: string, within: string[]): unknown {
    const { $use: name, ...rest } = use
    if (typeof name !== 'string' || !pieces.has(name) || Object.keys(rest).length > 0) {
      problems.push({
        path,
        reason: `$use takes one name that a part in "uses" defines; "${String(name)}" ${pieces.has(String(name)) ? 'has other keys beside it' : 'is not one'}`,
      })
      return null
    }
    if (within.includes(name)) {
      problems.push({ path, reason: `$use goes in a circle: ${[...within, name].join(' > ')}` })
      return null
    }
    return resolve(pieces.get(name), path, [...within, name])
  }

  return { value: resolve(source, '', []), problems }
}

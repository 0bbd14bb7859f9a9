/**
 * One text for one value, whatever order its keys were written in: JSON after RFC 8785 (JSON Canonicalization Scheme).
 *
 * Keys are sorted by UTF-16 code units, there is no white space, and numbers and texts are written as JSON.stringify does.
 */

/** `value` is what JSON.parse can return. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
}

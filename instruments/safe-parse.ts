/** Checks against a schema what anybody may have written: whatever it is, it is a result. */
import { z } from 'zod'

/**
 * As `schema.safeParse`, but never throws for JSON. Where a text or a list belongs zod compares the `length` (of a set the `size`) of what stands
 * there, also of an object, and a `length` such as `{ "toString": null }` breaks at the comparison: that is a problem with its place here.
 */
export function safeParse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.ZodSafeParseResult<z.output<Schema>> {
  try {
    return schema.safeParse(value)
  } catch (error) {
    const places = withoutMeasure(value, [])
    if (places.length === 0) throw error
    const issues = places.map((path) => ({ code: 'custom' as const, path, message: 'Its length cannot be told', input: undefined }))
    return { success: false, error: new z.ZodError(issues) as z.ZodError<z.output<Schema>> }
  }
}

/** Where an object says of itself how long it is, by something that is no number and cannot become one. */
function withoutMeasure(value: unknown, path: PropertyKey[]): PropertyKey[][] {
  if (typeof value !== 'object' || value === null) return []
  const within = Object.entries(value).flatMap(([name, one]) => withoutMeasure(one, [...path, Array.isArray(value) ? Number(name) : name]))
  const { length, size } = value as { length?: unknown; size?: unknown }
  return [length, size].some(isBeyondNumbers) ? [path, ...within] : within
}

function isBeyondNumbers(value: unknown): boolean {
  try {
    Number(value)
    return false
  } catch {
    return true
  }
}

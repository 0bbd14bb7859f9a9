/** Bodies that a schema takes, and the same with more in them than it asks for. */

export interface JsonSchema {
  type?: string | string[]
  const?: unknown
  default?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
  items?: JsonSchema | false
  prefixItems?: JsonSchema[]
  format?: string
  pattern?: string
  minimum?: number
  minLength?: number
}

/** Texts for the patterns that schemas have; the first that fits. */
const texts = ['abc', 'nl', '2026-03-02', '2026-03', '12', 'a'.repeat(43), `nmt_${'a'.repeat(43)}`]

/** Something that the schema takes, with all that may be left out as well; that has its default, which goes with the rest. */
export function sample(schema: JsonSchema): unknown {
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first) return sample(first)
  if ('const' in schema) return schema.const
  if ('default' in schema) return schema.default
  if (schema.enum) return schema.enum[0]
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, sample(one)]))
  if (type === 'array') return schema.items ? [sample(schema.items)] : []
  if (type === 'boolean') return true
  if (type === 'number' || type === 'integer') return Math.max(1, schema.minimum ?? 1)
  if (type === 'null') return null
  const pattern = new RegExp(schema.pattern ?? '', 'u')
  return texts.find((text) => pattern.test(text) && text.length >= (schema.minLength ?? 0)) ?? 'abc'
}

/** The same body many times, each time with one more key in one of its objects; as JSON, so that `__proto__` is a key like any other. */
export function withMore(schema: JsonSchema, more: Record<string, string>): { where: string; key: string; json: string }[] {
  const mark = 'a key that no schema has'
  return objectsIn(schema, '').flatMap(({ where, marked }) =>
    Object.entries(more).map(([key, value]) => ({
      where,
      key,
      json: JSON.stringify(marked(mark)).replace(`"${mark}":0`, `${JSON.stringify(key)}:${value}`),
    })),
  )
}

interface Place {
  where: string
  /** The whole sample with `mark` as a key in this object. */
  marked(mark: string): unknown
}

/** Objects with a fixed set of keys, from the outside in; those that are free to have any are none. */
function objectsIn(schema: JsonSchema, where: string): Place[] {
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first) return objectsIn(first, where)
  if (schema.type === 'array')
    return schema.items
      ? objectsIn(schema.items, `${where}/0`).map((one) => ({ ...one, marked: (mark: string) => [one.marked(mark)] }))
      : []
  if (schema.type !== 'object' || (schema.additionalProperties !== false && schema.additionalProperties !== undefined)) return []
  const whole = sample(schema) as Record<string, unknown>
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
    objectsIn(one, `${where}/${name}`).map((place) => ({ ...place, marked: (mark: string) => ({ ...whole, [name]: place.marked(mark) }) })),
  )
  return [{ where, marked: (mark) => ({ ...whole, [mark]: 0 }) }, ...inside]
}

/** JSON Schema of what a type becomes as JSON, as far as the compiler knows it. */
import {
  type Checker,
  isNumberLiteralType,
  isObjectType,
  isStringLiteralType,
  isTemplateLiteralType,
  isUnionType,
  SymbolFlags,
  type Type,
  TypeFlags,
} from 'typescript/unstable/sync'

export type Schema = Record<string, unknown>
type Member = ReturnType<Checker['getPropertiesOfType']>[number]

/** Members that are described elsewhere, by their name. */
const elsewhere: Record<string, Schema> = { survey: { type: 'object', description: 'Questions, in the JSON of SurveyJS.' } }

/** The type of a member of an object. */
export function typeOf(checker: Checker, symbol: Member): Type {
  const type = checker.getTypeOfSymbol(symbol)
  if (!type) throw new Error(`${symbol.name} has no type.`)
  return type
}

/** The schema of a type. `within`: the types around it, so that one that holds itself ends. */
export function schemaOf(checker: Checker, type: Type, within: readonly Type[]): Schema {
  const { flags } = type
  if (flags & TypeFlags.String) return { type: 'string' }
  if (flags & TypeFlags.Number) return { type: 'number' }
  if (flags & TypeFlags.Null) return { type: 'null' }
  if (flags & TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' }
  if (flags & TypeFlags.Boolean) return { type: 'boolean' }
  if (isStringLiteralType(type)) return { type: 'string', const: type.value }
  if (isNumberLiteralType(type)) return { type: 'number', const: type.value }
  if (isTemplateLiteralType(type)) return { type: 'string' }
  if (isUnionType(type)) return unionOf(checker, type.getTypes() ?? [], within)
  // What may be anything, or holds itself, is described no further.
  if (within.includes(type) || !(isObjectType(type) || flags & TypeFlags.Intersection)) return {}
  const inside = [...within, type]
  if (checker.isTupleType(type)) {
    const items = checker.getTypeArguments(type as never).map((item) => schemaOf(checker, item, inside))
    return { type: 'array', prefixItems: items, items: false }
  }
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as never)
    return { type: 'array', items: item ? schemaOf(checker, item, inside) : {} }
  }
  return objectOf(checker, type, inside)
}

function objectOf(checker: Checker, type: Type, within: readonly Type[]): Schema {
  const properties: Record<string, Schema> = {}
  const required: string[] = []
  for (const symbol of checker.getPropertiesOfType(type).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const member = typeOf(checker, symbol)
    properties[symbol.name] = elsewhere[symbol.name] ?? schemaOf(checker, member, within)
    if (!(symbol.flags & SymbolFlags.Optional) && !mayBeUndefined(member)) required.push(symbol.name)
  }
  const [index] = checker.getIndexInfosOfType(type)
  return {
    type: 'object',
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
    ...(index && { additionalProperties: schemaOf(checker, index.valueType, within) }),
  }
}

const mayBeUndefined = (type: Type): boolean =>
  Boolean(type.flags & TypeFlags.Undefined) || (isUnionType(type) && type.getTypes().some(mayBeUndefined))

/** Constants become one list; `undefined` is no JSON. */
function unionOf(checker: Checker, types: readonly Type[], within: readonly Type[]): Schema {
  const some = types.filter(({ flags }) => !(flags & TypeFlags.Undefined)).map((type) => schemaOf(checker, type, within))
  const constants = some.flatMap((schema) => ('const' in schema ? [schema.const] : [])).toSorted(byText)
  const others = some.filter((schema) => !('const' in schema)).toSorted(byText)
  // Anything, or something else: anything.
  if (others.some((schema) => Object.keys(schema).length === 0)) return {}
  const isBoolean = constants.includes(true) && constants.includes(false)
  const all = [
    ...(isBoolean ? [{ type: 'boolean' }] : []),
    ...listed(constants.filter((constant) => !isBoolean || typeof constant !== 'boolean')),
    ...others,
  ]
  const simple = all.every((schema) => Object.keys(schema).length === 1 && typeof schema.type === 'string')
  if (simple && all.length > 1) return { type: all.map(({ type }) => type) }
  return all.length === 1 ? (all[0] ?? {}) : { anyOf: all }
}

function listed(constants: unknown[]): Schema[] {
  return constants.length === 0 ? [] : [constants.length === 1 ? { const: constants[0] } : { enum: constants }]
}

/** The compiler says members and parts in no order that lasts. */
function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

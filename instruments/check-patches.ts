/**
 * A version that differs from another in its last number only (0.1.0 and 0.1.1) says the same in other words: norms apply to it,
 * answers may be put together, plans are the same. Whatever else changes needs another second number (0.2.0).
 */
import semver from 'semver'
import { canonicalJson } from './canonical-json.ts'
import type { Read } from './catalogue.ts'
import { isStandIn, type Localized, type Mistake, type Problem, type Reference, referenceSchema } from './definition.ts'
import { pointer } from './json.ts'
import { inFiles } from './place.ts'
import { isLocalized } from './translations.ts'

/** A mistake for each definition that is more than a rewording of the version before it with the same first two numbers. */
export function checkPatches<Definition extends Reference>({ catalogue, files }: Pick<Read<Definition>, 'catalogue' | 'files'>): Problem[] {
  return inFiles(catalogue.all(), files, (definition) => {
    const before = catalogue.versions(definition.id).findLast((other) => isPatched(other, definition))
    if (!before) return []
    const found = firstDifference(before, definition, [])
    const { major, minor } = semver.parse(definition.version) as semver.SemVer
    return found === undefined
      ? []
      : [
          {
            path: found.path,
            reason: `${found.reason} in ${before.version}. Versions ${major}.${minor}.x of a definition differ in their words only: call this one ${major}.${minor + 1}.0${isStandIn(definition) ? '-standin' : ''}`,
          },
        ]
  })
}

const isPatched = (before: Reference, after: Reference): boolean =>
  isStandIn(before) === isStandIn(after) &&
  semver.lt(before.version, after.version) &&
  semver.major(before.version) === semver.major(after.version) &&
  semver.minor(before.version) === semver.minor(after.version)

/** Keys of a definition that are about it, and say nothing of what it asks, means or plans. */
const about = ['$schema', 'version', 'title', 'wording', 'source', 'minutes', 'assumptions']

type Value = Record<string, unknown>

/** The first place where `after` is not `before` in other words; `path` is that place, empty for a whole definition. */
function firstDifference(before: unknown, after: unknown, path: PropertyKey[]): Mistake | undefined {
  if (isWords(before) && isWords(after)) return undefined
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
    return asReference(before) === asReference(after) ? undefined : different(before, path)
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length)
    return { path: pointer(path), reason: `there are ${after.length} here, and ${before.length}` }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => path.length > 0 || !about.includes(key))
  for (const key of keys) {
    const found = difference(before[key], after[key], [...path, Array.isArray(after) ? Number(key) : key])
    if (found) return found
  }
  return movedWords(before, after, path)
}

/** Of two values under one key, where one of them may not be there: a text may come and go. */
function difference(before: unknown, after: unknown, path: PropertyKey[]): Mistake | undefined {
  if (before !== undefined && after !== undefined) return firstDifference(before, after, path)
  return isWords(before ?? after) || before === after ? undefined : different(before, path)
}

function different(before: unknown, path: PropertyKey[]): Mistake {
  const was = before === undefined ? 'nothing' : canonicalJson(before)
  return { path: pointer(path), reason: `this was ${was.length > 60 ? 'something else' : was}` }
}

/** A definition in other words may take in a part in other words. */
const asReference = (value: unknown): unknown =>
  referenceSchema.safeParse(value).success ? String(value).replace(/(@\d+\.\d+)\.\d+/, '$1') : value

/** Words that stood at one of several like things, and now stand at another: choices that were swapped, for one. */
function movedWords(before: Value, after: Value, path: PropertyKey[]): Mistake | undefined {
  for (const [key, element] of Object.entries(after))
    for (const [name, words] of Object.entries(isObject(element) ? element : {})) {
      if (!isWords(words) || sameWords(words, wordsAt(before, key, name))) continue
      const from = Object.keys(before).find(
        (other) => other !== key && sameWords(words, wordsAt(before, other, name)) && !sameWords(words, wordsAt(after, other, name)),
      )
      if (from !== undefined)
        return { path: pointer([...path, key, name]), reason: `"${words.nl}" stood at ${pointer([...path, from, name])}` }
    }
  return undefined
}

const wordsAt = (value: Value, key: string, name: string): unknown => {
  const element = value[key]
  return isObject(element) ? element[name] : undefined
}

/** In some language: a translation may be put right beside it. */
const sameWords = (words: Localized, other: unknown): boolean =>
  isWords(other) && Object.entries(words).some(([language, text]) => other[language] === text)

const isObject = (value: unknown): value is Value => typeof value === 'object' && value !== null
const isWords = (value: unknown): value is Localized => isObject(value) && isLocalized(value)

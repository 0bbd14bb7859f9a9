/** How a test changes a definition at random: finds the places where a kind of mistake can be made, and makes it at one of them. */
import { oneOf, type Random, shuffled } from '../../server/demo/random.ts'
import type { Json } from '../instruments/small-files.ts'

/** A place in a definition. */
export interface Spot {
  parent: Json
  key: string
  value: Json
  /** JSON pointer. */
  path: string
}

/** Changes a definition in place and says where; undefined where there is nothing of the sort. */
export type Mutation = (definition: Json, random: Random) => string | undefined
export type Mutations = Record<string, Mutation>

type Is = (spot: Spot) => boolean
type Change = (spot: Spot, random: Random) => void

function spots(value: Json, around = ''): Spot[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = `${around}/${key}`
    return [{ parent: value, key, value: inner, path }, ...spots(inner, path)]
  })
}

/** Does `change` to one of the places where `is` holds. */
export const at =
  (is: Is, change: Change): Mutation =>
  (definition, random) => {
    const found = spots(definition).filter(is)
    if (found.length === 0) return undefined
    const spot = oneOf(random, found)
    change(spot, random)
    return spot.path
  }

export const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether all of them hold. */
export const all =
  (...tests: Is[]): Is =>
  (spot) =>
    tests.every((test) => test(spot))

/** An object with these keys. */
export const has =
  (...keys: string[]): Is =>
  ({ value }) =>
    isObject(value) && keys.every((key) => value[key] !== undefined)

/** The value of a key at the top of the definition. */
export const top =
  (key: string): Is =>
  ({ path }) =>
    path === `/${key}`

/** What stands under a key at the top: /arms/conference. */
export const within =
  (key: string): Is =>
  ({ path }) =>
    new RegExp(`^/${key}/[^/]+$`).test(path)

/** A list of some length under a key, wherever that stands. */
export const list =
  (key: string, length = 1): Is =>
  (spot) =>
    spot.key === key && Array.isArray(spot.value) && spot.value.length >= length

export const remove: Change = ({ parent, key }) => {
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
}

export const twice: Change = ({ parent, value }) => parent.push(structuredClone(value))

export const rename: Change = ({ parent, key, value }) => {
  delete parent[key]
  parent[`${key}-x`] = value
}

/** Gives the place another value. */
export const replace =
  (make: (was: Json, random: Random) => Json): Change =>
  ({ parent, key, value }, random) => {
    parent[key] = make(value, random)
  }

/** Gives a key of what stands there another value. */
export const set =
  (key: string, make: (was: Json, random: Random, value: Json) => Json): Change =>
  ({ value }, random) => {
    value[key] = make(value[key], random, value)
  }

/** Does `change` to one element of the list that stands there. */
export const toOne =
  (change: Change): Change =>
  ({ value, path }, random) => {
    const key = oneOf(random, Object.keys(value))
    change({ parent: value, key, value: value[key], path: `${path}/${key}` }, random)
  }

/** Two elements of the list that stands there change places, or the values of one key of theirs. */
export const swapTwo =
  (key?: string): Change =>
  ({ value }, random) => {
    const [one, other] = shuffled(random, [...value.keys()]) as [number, number]
    const [a, b] = key === undefined ? [value, value] : [value[one], value[other]]
    const [from, to] = key === undefined ? [one, other] : [key, key]
    const kept = a[from]
    a[from] = b[to]
    b[to] = kept
  }

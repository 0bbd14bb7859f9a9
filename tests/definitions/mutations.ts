/** Every kind of mistake that a test makes in the shipped definitions, and of change that makes no difference. */
import type { Json } from '../instruments/small-files.ts'
import { harmlessInInstruments, instrumentMutations } from './instrument-mutations.ts'
import { at, isObject, type Mutations, remove, type Spot, toOne } from './mutation.ts'
import { harmlessInNorms, normMutations } from './norm-mutations.ts'
import { protocolMutations } from './protocol-mutations.ts'

const isText = ({ value }: Spot): boolean => isObject(value) && typeof value.nl === 'string' && typeof value.en === 'string'

/** In any kind of definition. */
const anywhere: Mutations = {
  'a text is empty': at(
    isText,
    toOne(({ parent, key }) => {
      parent[key] = ''
    }),
  ),
  'a translation is lost': at(isText, toOne(remove)),
  'a key is misspelt': at(
    ({ parent, key }) => isObject(parent) && /^[a-z]+[A-Z]\w*$|^(title|items|when|role|roles|bands|strata|scales|waves)$/.test(key),
    ({ parent, key, value }) => {
      delete parent[key]
      parent[`${key.toLowerCase()}s`] = value
    },
  ),
}

export const mistakes: Mutations = { ...anywhere, ...instrumentMutations, ...normMutations, ...protocolMutations }

export const harmless: Mutations = {
  ...harmlessInInstruments,
  ...harmlessInNorms,
  'the keys stand in another order': (definition) => {
    const turned = reversed(definition)
    for (const key of Object.keys(definition)) delete definition[key]
    Object.assign(definition, turned)
    return ''
  },
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed)
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, reversed(inner)] as const)
  return Object.fromEntries(entries.reverse())
}

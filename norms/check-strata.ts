/** Checks the strata of a norm table: everybody falls into one of them at most. */

import type { Mistake } from '../instruments/definition.ts'
import { ownValue } from '../instruments/own-value.ts'
import type { NormTable, Stratum } from './schema.ts'

/** What is known of a respondent or child, and which texts it can be; null: a whole number. */
export const knownFacts: Record<string, string[] | null> = { sex: ['female', 'male', 'other'], child_age: null }

type Condition = NonNullable<Stratum['when']>[string]

export function checkStrata({ strata }: NormTable): Mistake[] {
  return strata.flatMap((stratum, index) => {
    const path = `/strata/${index}`
    const earlier = strata.slice(0, index)
    const mistakes: Mistake[] = []
    if (earlier.some(({ id }) => id === stratum.id)) mistakes.push({ path: `${path}/id`, reason: `there is another stratum ${stratum.id}` })
    if (stratum.when !== undefined && Object.keys(stratum.when).length === 0)
      mistakes.push({ path: `${path}/when`, reason: 'there is no condition in it: leave `when` out for the stratum of everybody else' })
    const everybody = earlier.find(({ when }) => when === undefined)
    if (stratum.when === undefined && everybody)
      mistakes.push({ path, reason: `only one stratum is for everybody else, and ${everybody.id} has no \`when\` either` })
    return [...mistakes, ...earlier.flatMap((other) => overlap(stratum, other, path))]
  })
}

function overlap({ when }: Stratum, other: Stratum, path: string): Mistake[] {
  if (when === undefined || other.when === undefined) return []
  const otherWhen = other.when
  const shared = Object.entries(when).filter(([fact]) => Object.hasOwn(otherWhen, fact)) as [string, Condition][]
  const mixed = shared.find(([fact, condition]) => typeof condition !== typeof otherWhen[fact])
  if (mixed)
    return [
      { path: `${path}/when/${mixed[0]}`, reason: `${mixed[0]} is a text in one stratum and a range in another, ${other.id}: keep to one` },
    ]
  if (shared.some(([fact, condition]) => areDisjoint(condition, otherWhen[fact] as Condition))) return []
  return [{ path: `${path}/when`, reason: `it overlaps with stratum ${other.id}: somebody can fall into both` }]
}

function areDisjoint(a: Condition, b: Condition): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a !== b
  return a.to < b.from || b.to < a.from
}

/** Conditions on what nobody has: such a stratum is never chosen. */
export const warnAboutFacts = ({ strata }: NormTable): Mistake[] =>
  strata.flatMap(({ when }, index) =>
    Object.entries(when ?? {}).flatMap(([fact, condition]) => {
      const reason = neverHolds(fact, condition)
      return reason === undefined ? [] : [{ path: `/strata/${index}/when/${fact}`, reason }]
    }),
  )

function neverHolds(fact: string, condition: Condition): string | undefined {
  const texts = ownValue(knownFacts, fact)
  if (texts === undefined)
    return `nothing is known of a ${fact}, so nobody falls into this stratum; known are ${Object.keys(knownFacts).join(', ')}`
  if (texts === null) return typeof condition === 'string' ? `${fact} is a number: write a range, {"from": 0, "to": 3}` : undefined
  if (typeof condition !== 'string') return `${fact} is a text: write one of ${texts.join(', ')}`
  return texts.includes(condition) ? undefined : `${fact} is one of ${texts.join(', ')}, never ${condition}`
}

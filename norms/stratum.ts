/** Which part of a population somebody is compared with. */
import type { Facts, NormTable, Stratum } from './schema.ts'

/**
 * The first stratum whose conditions all hold, else the one for everybody else, else undefined.
 *
 * A fact that is unknown meets no condition. A range holds for numbers only, both ends included.
 */
export function selectStratum(table: NormTable, facts: Facts): Stratum | undefined {
  return (
    table.strata.find(({ when }) => when !== undefined && Object.entries(when).every(([fact, wanted]) => holds(wanted, facts[fact]))) ??
    table.strata.find(({ when }) => when === undefined)
  )
}

/** Names of the facts that a table asks for, in alphabetical order. */
export const factsOf = (table: NormTable): string[] => [...new Set(table.strata.flatMap(({ when }) => Object.keys(when ?? {})))].sort()

type Wanted = NonNullable<Stratum['when']>[string]

function holds(wanted: Wanted, fact: string | number | undefined): boolean {
  if (fact === undefined) return false
  if (typeof wanted === 'string') return String(fact) === wanted
  return typeof fact === 'number' && wanted.from <= fact && fact <= wanted.to
}

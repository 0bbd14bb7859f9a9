/**
 * Allocation by lot in permuted blocks: within a stratum arms come in blocks, each of which has them in the ratio of the
 * protocol, in an order drawn by chance. So the arms are in balance at every moment, not only at the end. The size of each
 * block is drawn too: who could tell where a block ends would know the arm of the next case.
 *
 * Permuted blocks, strata and concealment as in ICH E9, Statistical Principles for Clinical Trials (1998), 2.3.2, and in
 * items 8 to 10 of CONSORT 2010.
 */
import type { Allocation } from './design-schema.ts'
import type { Protocol } from './schema.ts'
import { type Draw, shuffled } from './shuffle.ts'

/** The arms of one block, in their order. The first draw is its size. */
export function blockOf({ ratio, blocks }: Allocation, draw: Draw): string[] {
  const times = blocks[draw(blocks.length)] as number
  const arms = Object.entries(ratio).flatMap(([arm, share]) => Array.from({ length: share * times }, () => arm))
  return shuffled(arms, draw)
}

/**
 * The arm at a position (from 1 on) of a stratum. `drawsOf` gives the chance of one block (from 1 on) of that stratum, from
 * its beginning.
 */
export function armAt(allocation: Allocation, position: number, drawsOf: (block: number) => Draw): string {
  for (let block = 1, before = 0; ; block++) {
    const arms = blockOf(allocation, drawsOf(block))
    if (position <= before + arms.length) return arms[position - before - 1] as string
    before += arms.length
  }
}

/** Whether the arm of a case in this cohort is drawn by lot: it is one of those whose cases can be in the arms of the lot. */
export function isByLot({ allocation, arms, cohorts }: Protocol, cohort: string): boolean {
  if (!allocation || !Object.hasOwn(cohorts, cohort)) return false
  const allowed = cohorts[cohort]?.arms ?? Object.keys(arms)
  return Object.keys(allocation.ratio).every((arm) => allowed.includes(arm))
}

/** Whether lots that were drawn by one version of a protocol are those of the sequence by another one too. */
export const haveSameLots = (one: Protocol, other: Protocol): boolean =>
  JSON.stringify(one.allocation) === JSON.stringify(other.allocation) &&
  Object.keys(one.cohorts).every((cohort) => !Object.hasOwn(other.cohorts, cohort) || isByLot(one, cohort) === isByLot(other, cohort))

/**
 * The stratum of a case as `name=value`, with a semicolon between two; empty where there is only one. A region is free text:
 * capitals and spaces do not make another one of it.
 */
export const stratumOf = ({ strata }: Allocation, facts: { region?: string | null | undefined; cohort: string }): string =>
  strata.map((name) => `${name}=${name === 'region' ? plainly(facts.region ?? '') : facts[name]}`).join(';')

const plainly = (text: string): string => text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

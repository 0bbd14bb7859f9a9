/** Which part of a study an export holds. What is not given leaves nothing out. */
import type { Protocol } from '../../protocols/schema.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { lastWords, regionsOfCases } from '../queries/export-choice.ts'
import type { ExportCase } from '../queries/export-rows.ts'
import { type ConsentTally, consentedPart } from './consent.ts'
import { filterNames } from './filter-names.ts'
import type { ExportPlan } from './plan.ts'

/** None of the lists is empty. */
export interface ExportFilter {
  arms?: string[]
  cohorts?: string[]
  regions?: string[]
  waves?: string[]
  /** Only families who consented to each of these purposes by their last word, see `consent.ts`. */
  consents?: string[]
}

/** Throws a Failure for what the study does not have: a slip of the pen would give an export without families. */
export async function assertKnown(db: Db, { study, protocol }: ExportPlan, filter: ExportFilter): Promise<void> {
  const choices = choicesOf(protocol)
  const known = { ...choices, regions: filter.regions ? await regionsOfCases(db, study.id) : [] }
  for (const name of filterNames)
    for (const value of filter[name] ?? [])
      if (!known[name].includes(value))
        throw new Failure(`${study.id} has no ${called[name]} "${value}"; there is: ${known[name].join(', ') || 'none'}.`)
}

const called = { arms: 'arm', cohorts: 'cohort', regions: 'region', waves: 'wave', consents: 'consent' } as const

/** What can be chosen by the protocol. Regions are those of the cases. */
export const choicesOf = ({ arms, cohorts, waves, consents }: Protocol): Record<Exclude<keyof ExportFilter, 'regions'>, string[]> => ({
  arms: Object.keys(arms),
  cohorts: Object.keys(cohorts),
  waves: waves.map(({ id }) => id),
  consents: [...new Set(consents.map(({ purpose }) => purpose))],
})

/** The plan without places of other waves. */
export const planOf = (plan: ExportPlan, { waves }: ExportFilter): ExportPlan =>
  waves ? { ...plan, places: plan.places.filter(({ wave }) => waves.includes(wave)) } : plan

/** Cases without the lists of other waves, and without those to which nobody consented; a case of which no list is left is left out. */
export async function* filtered(
  db: Db,
  batches: AsyncIterable<ExportCase[]>,
  { waves, consents }: ExportFilter,
  { protocol }: ExportPlan,
  tally: ConsentTally | undefined,
): AsyncGenerator<ExportCase[]> {
  for await (const batch of batches) {
    const inWaves = waves ? batch.flatMap((whole) => inSome(whole, waves)) : batch
    yield consents ? await consenting(db, inWaves, protocol, consents, tally) : inWaves
  }
}

function inSome(whole: ExportCase, waves: string[]): ExportCase[] {
  const assignments = whole.assignments.filter((one) => waves.includes(one.wave))
  return assignments.length === 0 ? [] : [{ ...whole, assignments }]
}

async function consenting(
  db: Db,
  batch: ExportCase[],
  protocol: Protocol,
  purposes: string[],
  tally: ConsentTally | undefined,
): Promise<ExportCase[]> {
  const ids = batch.flatMap(({ participants }) => participants.map(({ id }) => id))
  const words = await lastWords(db, ids)
  return batch.flatMap((whole) => {
    const kept = consentedPart(whole, protocol, purposes, words)
    tally?.add(whole, kept)
    return kept ?? []
  })
}

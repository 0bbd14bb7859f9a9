/** Which part of a study an export holds. What is not given leaves nothing out. */
import type { Protocol } from '../../protocols/schema.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { givenConsents, regionsOfCases } from '../queries/export-choice.ts'
import type { ExportCase } from '../queries/export-rows.ts'
import { filterNames } from './filter-names.ts'
import type { ExportPlan } from './plan.ts'

/** None of the lists is empty. */
export interface ExportFilter {
  arms?: string[]
  cohorts?: string[]
  regions?: string[]
  waves?: string[]
  /** Only people who said yes to each of these purposes, last time they were asked; lists about somebody need the yes of both. */
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

/** Cases without the lists of other waves, and without people who did not consent; a case of which nobody is left is left out. */
export async function* filtered(
  db: Db,
  batches: AsyncIterable<ExportCase[]>,
  { waves, consents }: ExportFilter,
): AsyncGenerator<ExportCase[]> {
  for await (const batch of batches) {
    const inWaves = waves
      ? batch.map((whole) => ({ ...whole, assignments: whole.assignments.filter((one) => waves.includes(one.wave)) }))
      : batch
    yield consents ? await consenting(db, inWaves, consents) : inWaves
  }
}

async function consenting(db: Db, batch: ExportCase[], purposes: string[]): Promise<ExportCase[]> {
  const given = await givenConsents(
    db,
    batch.flatMap(({ participants }) => participants.map(({ id }) => id)),
  )
  const isCovered = (id: string): boolean => purposes.every((purpose) => given.get(id)?.has(purpose))
  return batch
    .map((whole) => ({
      ...whole,
      participants: whole.participants.filter(({ id }) => isCovered(id)),
      assignments: whole.assignments.filter(
        ({ participant, about }) => isCovered(participant.id) && (about === null || isCovered(about.id)),
      ),
    }))
    .filter(({ participants }) => participants.length > 0)
}

/** Whether the lots of a study are as they were drawn: those of the sequence that its seed gives, and of no other seed. */
import { isByLot } from '../../protocols/allocation.ts'
import type { Allocation } from '../../protocols/design-schema.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { findAllocationSeed } from '../queries/allocation-seeds.ts'
import { type DrawnLot, drawnLots } from '../queries/allocations.ts'
import { type Case, casesOfStudy } from '../queries/cases.ts'
import { type Event, eventsOfKinds } from '../queries/events.ts'
import { commitmentTo, lotAt } from './allocate.ts'
import { needStudy } from './open-study.ts'

export interface LotsReport {
  study: string
  /** sha256 of the seed with which the study was opened. */
  commitment: string
  /** What was drawn, by stratum and position; what is still to come is told nowhere. */
  lots: Omit<DrawnLot, 'caseId'>[]
  /** Why the lots are not those of the sequence; empty when they are. */
  problems: string[]
}

/** The log of the lots, checked. Throws a Failure when the study is unknown or does not allocate by lot. */
export async function checkLots(context: Context, studyId: string): Promise<LotsReport> {
  const { stores, sealer } = context
  const { study, protocol } = await needStudy(context, studyId)
  const { allocation } = protocol
  if (!allocation || study.allocationCommitment === null) throw new Failure(`${study.id} does not allocate by lot.`)
  const seed = await findAllocationSeed(stores.identity.read, sealer, study.id)
  const lots = await drawnLots(stores.study.read, study.id)
  const events = await eventsOfKinds(stores.study.read, study.id, ['allocated'])
  return {
    study: study.id,
    commitment: study.allocationCommitment,
    lots: lots.map(({ caseId: _, ...lot }) => lot),
    problems: [
      ...seedProblems(seed, study.allocationCommitment),
      ...(seed ? sequenceProblems(allocation, seed, study.id, lots) : []),
      ...logProblems(lots, events),
      ...caseProblems(protocol, await casesOfStudy(stores.study.read, study.id), lots),
    ],
  }
}

function seedProblems(seed: Buffer | undefined, commitment: string): string[] {
  if (!seed) return ['The seed is not in the data folder: whether the lots are those of its sequence cannot be told.']
  const actual = commitmentTo(seed)
  return actual === commitment
    ? []
    : [`The seed is not the one with which the study was opened: its sha256 is ${actual}, not ${commitment}.`]
}

/** What the sequence has is not told: rows could be put into the log to see lots that are still to come. */
function sequenceProblems(allocation: Allocation, seed: Buffer, studyId: string, lots: DrawnLot[]): string[] {
  return [...Map.groupBy(lots, ({ stratum }) => stratum).values()].flatMap((ofStratum) =>
    ofStratum.flatMap(({ stratum, position, arm, code }, index) => {
      const due = index === 0 ? 1 : (ofStratum[index - 1] as DrawnLot).position + 1
      const gap = position === due ? [] : [`${placeOf({ stratum, position: due })} is not in the log, and ${position} is.`]
      if (lotAt(allocation, seed, studyId, stratum, position).arm === arm) return gap
      return [...gap, `${placeOf({ stratum, position })}, ${code}: ${arm} is not what the sequence has there.`]
    }),
  )
}

/** The same lots stand in the log of events, which is only ever added to. */
function logProblems(lots: DrawnLot[], said: Event[]): string[] {
  return [
    ...lots.flatMap((lot) => {
      const ofCase = said.filter(({ caseId }) => caseId === lot.caseId)
      const same = ofCase.some(
        ({ detail }) => detail?.arm === lot.arm && detail.stratum === lot.stratum && detail.position === lot.position,
      )
      return same && ofCase.length === 1 ? [] : [`${placeOf(lot)}, ${lot.code}: the log of events does not say that ${lot.arm} was drawn.`]
    }),
    ...said
      .filter(({ caseId }) => !lots.some((lot) => lot.caseId === caseId))
      .map(({ detail }) => {
        const place = placeOf({ stratum: String(detail?.stratum), position: Number(detail?.position) })
        return `${place} was drawn and is not in the log.`
      }),
  ]
}

/** Every case of a cohort that is by lot has one, and is in that arm: no command moves it. */
function caseProblems(protocol: Protocol, cases: Case[], lots: DrawnLot[]): string[] {
  const drawn = new Map(lots.map((lot) => [lot.caseId, lot]))
  return cases.flatMap(({ id, code, arm, cohort }) => {
    const lot = drawn.get(id)
    if (!lot) return isByLot(protocol, cohort) ? [`${code} is in ${arm} without a lot.`] : []
    return lot.arm === arm ? [] : [`${code} is in ${arm}, and its lot was ${lot.arm}.`]
  })
}

const placeOf = ({ stratum, position }: { stratum: string; position: number }): string =>
  `Position ${position}${stratum && ` of ${stratum}`}`

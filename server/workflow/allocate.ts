/**
 * Draws the arm of a case by lot, within the transaction that registers it. Nobody sees a lot before that: the sequence is
 * written nowhere, it follows from a sealed seed.
 */
import { createHash } from 'node:crypto'
import { armAt, isByLot, stratumOf } from '../../protocols/allocation.ts'
import type { Allocation } from '../../protocols/design-schema.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { drawsFrom } from '../access/draws.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { findAllocationSeed } from '../queries/allocation-seeds.ts'
import { insertAllocation, lastPosition } from '../queries/allocations.ts'
import { recordEvent } from '../queries/events.ts'
import type { Study } from '../queries/studies.ts'
import type { CaseEntry } from './check-case.ts'

/** A place in a sequence of lots, and the arm that it has. */
export interface Lot {
  stratum: string
  position: number
  arm: string
}

/** The lots of cases that are about to be registered. */
export interface Lots {
  /** The next lot of the stratum, for a case of a cohort whose arms are drawn by lot; for any other case none. */
  draw(entry: CaseEntry): Promise<Lot | undefined>
  /** Whether nobody else drew in these strata meanwhile, so that what was drawn holds. */
  hold(tx: Db): Promise<boolean>
}

/** sha256 of the seed: by it anybody to whom the seed is shown later can tell that it is the one with which the study opened. */
export const commitmentTo = (seed: Buffer): string => createHash('sha256').update(seed).digest('hex')

/** The lot at a position of a stratum. */
export const lotAt = (allocation: Allocation, seed: Buffer, studyId: string, stratum: string, position: number): Lot => ({
  stratum,
  position,
  arm: armAt(allocation, position, (block) => drawsFrom(seed, 'lots', studyId, stratum, block)),
})

/**
 * Draws lots after the last one that `db` has. Nothing is taken before it is written down: whoever does so looks first whether they
 * hold. Throws a Failure when the seed is gone, or is not the one with which the study was opened.
 */
export async function lotsOf(db: Db, context: Context, study: Study, protocol: Protocol): Promise<Lots> {
  const { allocation } = protocol
  if (!allocation) return { draw: async () => undefined, hold: async () => true }
  const seed = await needSeed(context, study)
  const [begun, drawn] = [new Map<string, number>(), new Map<string, number>()]
  return {
    async draw(entry) {
      if (!isByLot(protocol, entry.cohort)) return undefined
      const stratum = stratumOf(allocation, entry)
      const last = drawn.get(stratum) ?? (await lastPosition(db, study.id, stratum))
      if (!begun.has(stratum)) begun.set(stratum, last)
      drawn.set(stratum, last + 1)
      return lotAt(allocation, seed, study.id, stratum, last + 1)
    },
    async hold(tx) {
      for (const [stratum, last] of begun) if ((await lastPosition(tx, study.id, stratum)) !== last) return false
      return true
    },
  }
}

/** Writes down which case got a lot. */
export async function recordLot(tx: Db, studyId: string, caseId: string, lot: Lot, now: string): Promise<void> {
  await insertAllocation(tx, { studyId, caseId, ...lot, at: now })
  await recordEvent(tx, { at: now, studyId, caseId, kind: 'allocated', detail: { ...lot } })
}

async function needSeed({ stores, sealer }: Context, study: Study): Promise<Buffer> {
  const seed = await findAllocationSeed(stores.identity.read, sealer, study.id)
  if (!seed)
    throw new Failure(
      `The seed of the lots of ${study.id} is not in ${stores.identity.path}, so that no arm can be drawn. Put both databases back from one backup. Nothing was changed.`,
    )
  if (commitmentTo(seed) !== study.allocationCommitment)
    throw new Failure(
      `The seed of the lots of ${study.id} is not the one with which it was opened, so that no arm can be drawn. Put both databases back from one backup. Nothing was changed.`,
    )
  return seed
}

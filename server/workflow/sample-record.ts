/** What is recorded of a sample of cases. */
import type { Sample } from '../../protocols/design-schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { eventsOfKinds } from '../queries/events.ts'
import { casesOfSample, findSample, type SampledCase } from '../queries/samples.ts'
import type { Study } from '../queries/studies.ts'
import { needStudy } from './open-study.ts'

export interface SampleKey {
  study: string
  name: string
}

/** A sample that was drawn, with all cases that could be, in the order of the draw. */
export interface SampleRecord {
  study: string
  name: string
  seed: string
  /** How many the protocol asked for. */
  size: number
  drawnAt: string
  cases: { position: number; code: string; state: SampledState }[]
}

/**
 * `replaced`: it was in and could not be interviewed. `taken out`: a reserve that does not belong in the study any more. `reserve`: it
 * comes in when one that is in makes way, in the order of the draw.
 */
type SampledState = 'in' | 'replaced' | 'taken out' | 'reserve'

/** A sample as it is now. Throws a Failure when there is no such study or sample, or it was not drawn yet. */
export async function sampleRecord(context: Context, { study: id, name }: SampleKey): Promise<SampleRecord> {
  const { study } = await needSample(context, { study: id, name })
  const record = await recordOf(context.stores.study.read, study.id, name)
  if (!record) throw new Failure(`The sample ${name} of ${study.id} was not drawn yet.`)
  return record
}

/** The study and what its protocol says of the sample. Throws a Failure when there is no such study or sample. */
export async function needSample(context: Context, { study: id, name }: SampleKey): Promise<{ study: Study; sample: Sample }> {
  const { study, protocol } = await needStudy(context, id)
  const sample = Object.hasOwn(protocol.samples, name) ? protocol.samples[name] : undefined
  if (sample) return { study, sample }
  throw new Failure(
    `The protocol of ${study.id} has no sample ${name}; it has: ${Object.keys(protocol.samples).join(', ') || 'none'}. Nothing was changed.`,
  )
}

/** The record of a sample, or undefined when it was not drawn yet. */
export async function recordOf(db: Db, studyId: string, name: string): Promise<SampleRecord | undefined> {
  const drawn = await findSample(db, studyId, name)
  if (!drawn) return undefined
  const replaced = new Set(
    (await eventsOfKinds(db, studyId, ['sample replaced'])).filter(({ detail }) => detail?.sample === name).map(({ caseId }) => caseId),
  )
  const stateOf = ({ caseId, included, mistakenAt }: SampledCase): SampledState => {
    if (included) return 'in'
    if (replaced.has(caseId)) return 'replaced'
    return mistakenAt === null ? 'reserve' : 'taken out'
  }
  return {
    study: studyId,
    name,
    seed: drawn.seed,
    size: drawn.size,
    drawnAt: drawn.drawnAt,
    cases: (await casesOfSample(db, studyId, name)).map((one) => ({ position: one.position, code: one.code, state: stateOf(one) })),
  }
}

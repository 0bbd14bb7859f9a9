/** Draws a random sample of the cases of a study. Once: whoever could draw again would draw until the sample pleases. */
import { randomBytes } from 'node:crypto'
import { isEligible, orderOfDraw } from '../../protocols/sample.ts'
import { drawsFrom } from '../access/draws.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { type Case, casesOfStudy } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { insertSample, insertSampledCase } from '../queries/samples.ts'
import { replanCase } from './replan-case.ts'
import { needSample, recordOf, type SampleKey, type SampleRecord } from './sample-record.ts'

/** Who can be drawn at this moment. Who would be is not said. */
export interface Eligible {
  study: string
  name: string
  size: number
  /** Their codes, sorted. */
  cases: string[]
}

/** Who can be drawn; nothing is. Throws a Failure when there is no such study or sample, or it was drawn already. */
export async function previewSample(context: Context, key: SampleKey): Promise<Eligible> {
  const { study, sample } = await needSample(context, key)
  const db = context.stores.study.read
  refuseAgain(await recordOf(db, study.id, key.name))
  const cases = await eligibleCases(db, study.id, sample)
  return { study: study.id, name: key.name, size: sample.size, cases: cases.map(({ code }) => code) }
}

/**
 * Draws the sample, records every case that could be drawn with its place, and plans what is asked of those that are in, in one
 * transaction. `seed`: any text; made here unless given. `fewer`: also when there are fewer cases than the sample asks for.
 *
 * Throws a Failure, and draws nothing, when there is no such study or sample, when it was drawn already, or when there are too
 * few cases.
 */
export async function drawSample(
  context: Context,
  key: SampleKey,
  { seed = randomBytes(16).toString('hex'), fewer = false }: { seed?: string | undefined; fewer?: boolean | undefined } = {},
): Promise<SampleRecord> {
  const { study, sample } = await needSample(context, key)
  const { name } = key
  return await context.stores.study.withTx(async (tx) => {
    refuseAgain(await recordOf(tx, study.id, name))
    const eligible = new Map((await eligibleCases(tx, study.id, sample)).map(({ code, id }) => [code, id]))
    if (eligible.size === 0 || (eligible.size < sample.size && !fewer))
      throw new Failure(
        `${eligible.size} cases of ${study.id} can be drawn, and the sample ${name} is of ${sample.size}: draw it when there are more. Nothing was drawn.`,
      )
    const { size } = sample
    const [studyId, now] = [study.id, context.clock.now()]
    const order = orderOfDraw([...eligible.keys()], drawsFrom(Buffer.from(seed, 'utf8'), 'sample', name))
    await insertSample(tx, { studyId, name, seed, size, drawnAt: now })
    await recordEvent(tx, { at: now, studyId, kind: 'sample drawn', detail: { sample: name, seed, size, eligible: order.length } })
    for (const [index, code] of order.entries()) {
      const [position, caseId] = [index + 1, eligible.get(code) as string]
      const included = position <= size
      await insertSampledCase(tx, { studyId, name, position, caseId, included })
      if (!included) continue
      await recordEvent(tx, { at: now, studyId, caseId, kind: 'sampled', detail: { sample: name, position } })
      await replanCase(tx, context, caseId)
    }
    return (await recordOf(tx, study.id, name)) as SampleRecord
  })
}

const eligibleCases = async (db: Db, studyId: string, sample: Parameters<typeof isEligible>[0]): Promise<Case[]> =>
  (await casesOfStudy(db, studyId)).filter((one) => one.mistakenAt === null && isEligible(sample, one))

function refuseAgain(record: SampleRecord | undefined): void {
  if (!record) return
  const included = record.cases.flatMap(({ code, state }) => (state === 'in' ? [code] : []))
  throw new Failure(
    `The sample ${record.name} of ${record.study} was drawn on ${record.drawnAt.slice(0, 10)} with the seed ${record.seed}, and a sample is drawn once. In it are: ${included.join(', ')}.`,
  )
}

/** A case of a sample that cannot be interviewed makes way for the next reserve, for a reason that the protocol codes. */
import type { Changes } from '../../protocols/changes.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { assignmentsOfCase, setAssignmentState } from '../queries/assignments.ts'
import { recordEvent } from '../queries/events.ts'
import { casesOfSample, setIncluded } from '../queries/samples.ts'
import { needReason } from './call-off.ts'
import { needCase } from './need-case.ts'
import { replanCase } from './replan-case.ts'
import { needSample, recordOf, type SampleKey } from './sample-record.ts'

export interface Replaced {
  name: string
  code: string
  reason: string
  /** The reserve that came in. */
  by: string
  /** What became of the plan of each. */
  changes: { out: Changes; in: Changes }
}

/**
 * Takes the case `code` out of a sample and the next reserve into it, in one transaction. What was asked of the case as one of the
 * sample, and has not come, is called off for `reason`.
 *
 * Throws a Failure, and changes nothing, for an unknown study, sample, case or reason, a case that is not in the sample, and when
 * there is no reserve left.
 */
export async function replaceSampled(context: Context, key: SampleKey, code: string, reason: string): Promise<Replaced> {
  const { study } = await needSample(context, key)
  const { found, protocol } = await needCase(context, study.id, code)
  needReason(protocol, reason)
  const [studyId, { name }] = [study.id, key]
  return await context.stores.study.withTx(async (tx) => {
    const now = context.clock.now()
    const cases = await casesOfSample(tx, studyId, name)
    const out = cases.find(({ caseId }) => caseId === found.id)
    if (!out?.included) throw new Failure(`${code} is not in the sample ${name} of ${studyId}. Nothing was changed.`)
    const next = (await recordOf(tx, studyId, name))?.cases.find(({ state }) => state === 'reserve')
    const reserve = cases.find(({ position }) => position === next?.position)
    if (!reserve)
      throw new Failure(
        `The sample ${name} of ${studyId} has no reserve left, so ${code} stays in it: \`nameting case call-off\` records what will not come. Nothing was changed.`,
      )
    await setIncluded(tx, studyId, name, out.position, false)
    await setIncluded(tx, studyId, name, reserve.position, true)
    const ofCase = { at: now, studyId, caseId: found.id }
    await recordEvent(tx, { ...ofCase, kind: 'sample replaced', detail: { sample: name, reason, by: reserve.code } })
    await recordEvent(tx, {
      ...ofCase,
      caseId: reserve.caseId,
      kind: 'sampled',
      detail: { sample: name, position: reserve.position, replaces: code },
    })
    const assignments = await assignmentsOfCase(tx, found.id)
    const changes = { out: await replanCase(tx, context, found.id), in: await replanCase(tx, context, reserve.caseId) }
    const calledOff = changes.out.cancel.assignments.map(({ id }) => id)
    for (const { id, participantId, wave, instrumentId } of assignments.filter((one) => calledOff.includes(one.id))) {
      await setAssignmentState(tx, id, { state: 'cancelled', reason, endedAt: now })
      await recordEvent(tx, { ...ofCase, participantId, wave, kind: 'called off', detail: { instrument: instrumentId, reason } })
    }
    return { name, code, reason, by: reserve.code, changes }
  })
}

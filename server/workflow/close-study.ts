/** Ends a study for those who are asked: no more invitations, and windows end. It can be opened again. */
import type { Context } from '../context.ts'
import { recordEvent } from '../queries/events.ts'
import { findStudy, updateStudy } from '../queries/studies.ts'
import { type Unfinished, unfinishedOf } from '../queries/unfinished.ts'
import { Refusal } from '../refusal.ts'
import { beginReplanning, leftToReplan, replanSome } from './replan-study.ts'
import type { Told } from './told.ts'

/** Milliseconds that whoever closes a study waits at most: a small one is done by then. */
const atOnce = 1_000

/** What closing calls off. Nothing is written. */
export const previewClosing = ({ stores }: Pick<Context, 'stores'>, studyId: string): Promise<Unfinished> =>
  unfinishedOf(stores.study.read, studyId)

/**
 * Closes a study from now on: what is open ends, what was to come is not asked, and no mail goes out but confirmations. What was
 * answered stays, also what was typed and not sent. Of a large study the rest of the cases is planned anew meanwhile, after a restart by
 * the ticker: `left` says how many.
 */
export const closeStudy = (context: Context, studyId: string, told: Told): Promise<{ left: number }> => turn(context, studyId, true, told)

/** Opens it again: what the protocol asks at this moment or later is asked, and windows that are not over open again. */
export const reopenStudy = (context: Context, studyId: string, told: Told): Promise<{ left: number }> => turn(context, studyId, false, told)

async function turn(context: Context, studyId: string, closed: boolean, told: Told): Promise<{ left: number }> {
  await context.stores.study.withTx(async (tx) => {
    const study = await findStudy(tx, studyId)
    if (!study || (study.closedAt !== null) === closed) throw new Refusal('not-possible', { fault: closed ? 'closed' : 'open' })
    const now = context.clock.now()
    await updateStudy(tx, studyId, { closedAt: closed ? now : null })
    await recordEvent(tx, { at: now, studyId, kind: closed ? 'study closed' : 'study reopened', detail: { ...told } })
    await beginReplanning(tx, studyId)
  })
  await replanSome(context, studyId, { within: atOnce })
  const left = await leftToReplan(context, studyId)
  if (left > 0) context.background.carryOn(replanSome(context, studyId, { signal: context.background.stopping }))
  return { left }
}

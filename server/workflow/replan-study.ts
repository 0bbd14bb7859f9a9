/** Plans all cases of a study anew, a few at a time; whoever is interrupted goes on where they were. */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { findSetting, putSetting, removeSetting } from '../queries/settings.ts'
import { listStudies } from '../queries/studies.ts'
import { casesAfter, nextCases } from '../queries/waiting-cases.ts'
import { replanCase } from './replan-case.ts'

/** So many cases in one transaction, and so many in one go: the ticker has other things to do, too. */
const perTransaction = 20
const perPass = 2_000

/** The setting that is there while cases of a study are still to be planned anew: the id of the last one that is done. */
const progressOf = (studyId: string): string => `planning anew: ${studyId}`

/** Within the transaction that changes what the plan follows from: from here on all cases are planned anew. */
export const beginReplanning = (tx: Db, studyId: string): Promise<void> => putSetting(tx, progressOf(studyId), '')

/** Cases that are still to be planned anew. */
export async function leftToReplan({ stores }: Pick<Context, 'stores'>, studyId: string): Promise<number> {
  const last = await findSetting(stores.study.read, progressOf(studyId))
  return last === undefined ? 0 : await casesAfter(stores.study.read, studyId, last)
}

/** Plans up to `most` cases of a study anew, as far as any are left. */
export async function replanSome({ stores, ...context }: Context, studyId: string, most = perPass, signal?: AbortSignal): Promise<void> {
  for (let left = most; left > 0 && !signal?.aborted; left -= perTransaction) {
    const isDone = await stores.study.withTx(async (tx) => {
      const last = await findSetting(tx, progressOf(studyId))
      if (last === undefined) return true
      const some = await nextCases(tx, studyId, last, perTransaction)
      for (const id of some) await replanCase(tx, context, id)
      const end = some.at(-1)
      if (end === undefined) await removeSetting(tx, progressOf(studyId))
      else await putSetting(tx, progressOf(studyId), end)
      return end === undefined
    })
    if (isDone) return
  }
}

/** What is left in any study. */
export async function goOnReplanning(context: Context, signal?: AbortSignal): Promise<void> {
  for (const { id } of await listStudies(context.stores.study.read)) await replanSome(context, id, perPass, signal)
}

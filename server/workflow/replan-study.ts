/** Plans all cases of a study anew, a few at a time; whoever is interrupted goes on where they were. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { findSetting, putSetting, removeSetting } from '../queries/settings.ts'
import { listStudies } from '../queries/studies.ts'
import { casesAfter, nextCases } from '../queries/waiting-cases.ts'
import { casesAtOnce, turnLength } from './cases-in-turn.ts'
import { replanCase } from './replan-case.ts'

/** About so many cases in one pass of the ticker: it has other things to do, too. */
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

export interface Replanning {
  /** Stops after about so many cases. */
  most?: number
  /** Stops after about so many milliseconds. */
  within?: number
  signal?: AbortSignal | undefined
}

/** Plans cases of a study anew, as far as any are left, and lets whoever answers a list go between. */
export async function replanSome(context: Context, studyId: string, { most, within, signal }: Replanning): Promise<void> {
  const until = performance.now() + (within ?? Number.POSITIVE_INFINITY)
  for (let left = most ?? Number.POSITIVE_INFINITY; left > 0 && performance.now() < until && !signal?.aborted; ) {
    const began = performance.now()
    const done = await context.stores.study.withTx((tx) => replanTurn(tx, context, studyId))
    if (done === 0) return
    left -= done
    // They get as much time as we took.
    await pause(performance.now() - began)
  }
}

/** As many cases as fit into one turn; at the end none. */
async function replanTurn(tx: Db, context: Context, studyId: string): Promise<number> {
  const began = performance.now()
  let last = await findSetting(tx, progressOf(studyId))
  if (last === undefined) return 0
  let done = 0
  for (const id of await nextCases(tx, studyId, last, casesAtOnce)) {
    await replanCase(tx, context, id)
    last = id
    done += 1
    if (performance.now() - began >= turnLength) break
  }
  if (done === 0) await removeSetting(tx, progressOf(studyId))
  else await putSetting(tx, progressOf(studyId), last)
  return done
}

/** What is left in any study. */
export async function goOnReplanning(context: Context, signal?: AbortSignal): Promise<void> {
  for (const { id } of await listStudies(context.stores.study.read)) await replanSome(context, id, { most: perPass, signal })
}

/** A case that turns out to belong in another arm or cohort: at referral nobody knows whether a conference will be held. */
import type { Changes } from '../../protocols/changes.ts'
import { assertFits } from '../../protocols/fits.ts'
import type { Period } from '../../protocols/versions.ts'
import { type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { type Case, findCase, setPlace } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { comparedWith } from '../queries/matches.ts'
import type { CaseKey } from './add-participant.ts'
import { needCase } from './need-case.ts'
import { changesOfCase, replanCase } from './replan-case.ts'
import type { Told } from './told.ts'

/** What is left out stays as it is. */
export interface Move {
  arm?: string | undefined
  cohort?: string | undefined
}

export type Place = Pick<Case, 'arm' | 'cohort'>

export interface Moved {
  from: Place
  to: Place
  changes: Changes
}

/** What moving a case would change; nothing is written. Throws a Failure like `moveCase`. */
export async function previewMove(context: Context, { study: studyId, code }: CaseKey, move: Move): Promise<Moved> {
  const { found, study } = await needCase(context, studyId, code)
  const { read } = context.stores.study
  const periods = periodsOfStudy(context.definitions, study)
  const { from, to } = await checked(read, periods, found, move, 'everywhere')
  return { from, to, changes: await changesOfCase(read, periods, found, context.clock.now(), { place: to }) }
}

/**
 * Moves a case and plans it anew, in one transaction: what was sent or answered stays. Throws a Failure, and changes
 * nothing, for an unknown case, arm or cohort, an arm that the cohort does not have, an arm that is drawn by lot, and a
 * cohort in which the case could not be compared with the case it is matched to.
 */
export async function moveCase(
  context: Context,
  { study: studyId, code }: CaseKey,
  move: Move,
  told?: Told,
  within: Reach = 'everywhere',
): Promise<Moved> {
  const { found: before, study } = await needCase(context, studyId, code)
  return await context.stores.study.withTx(async (tx) => {
    const found = (await findCase(tx, before.id)) as Case
    const { from, to } = await checked(tx, periodsOfStudy(context.definitions, study), found, move, within)
    await setPlace(tx, found.id, to)
    await recordEvent(tx, { at: context.clock.now(), studyId: study.id, caseId: found.id, kind: 'moved', detail: { from, to, ...told } })
    return { from, to, changes: await replanCase(tx, context, found.id) }
  })
}

async function checked(
  db: Db,
  periods: readonly Period[],
  found: Case,
  { arm, cohort }: Move,
  within: Reach,
): Promise<Omit<Moved, 'changes'>> {
  const { code } = found
  const from = { arm: found.arm, cohort: found.cohort }
  const to = { arm: arm ?? from.arm, cohort: cohort ?? from.cohort }
  if (to.arm === from.arm && to.cohort === from.cohort)
    throw new Failure(`${code} is in the arm ${from.arm} and the cohort ${from.cohort} already. Nothing was changed.`, 'same-place')
  for (const { protocol } of periods) {
    refuseUnfit(() => assertFits(protocol, { ...to, participants: [], anchors: {} }))
    const lot = [from.arm, to.arm].find((one) => Object.hasOwn(protocol.allocation?.ratio ?? {}, one))
    if (lot !== undefined)
      throw new Failure(`The arm ${lot} is drawn by lot: no case is moved into it or out of it. Nothing was changed.`, 'by-lot')
    if (protocol.matching && to.cohort !== from.cohort) await refuseMatched(db, found, protocol.matching.cohort, to, within)
  }
  return { from, to }
}

function refuseUnfit(check: () => void): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Failure(`${error.message}. Nothing was changed.`, 'unfit')
  }
}

async function refuseMatched(db: Db, found: Case, cohort: string, to: Place, within: Reach): Promise<void> {
  const undo = 'take that back first with `nameting case match --undo`'
  if (found.indexCaseId !== null)
    throw new Failure(
      `${found.code} is compared with an index case, as cases of the cohort ${found.cohort} are: ${undo}. Nothing was changed.`,
      'matched',
    )
  const shadows = to.cohort === cohort ? await comparedWith(db, found.id) : []
  const named = shadows.map(({ code, region }) => (reaches(within, region) ? code : 'a case in another region'))
  if (shadows.length > 0)
    throw new Failure(
      `${found.code} is the index case of ${named.join(', ')} and cannot be in the cohort ${cohort}: ${undo}. Nothing was changed.`,
      'matched',
    )
}

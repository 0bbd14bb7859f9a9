/** Slips of the finger in what is known of a case: its region, and months of birth. What was scored by them is scored anew. */

import { isByLot } from '../../protocols/allocation.ts'
import type { Changes } from '../../protocols/changes.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { type Case, childrenOf, findCase, setBirthMonth, setRegion } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import type { CaseKey } from './add-participant.ts'
import { isMonth } from './check-case.ts'
import { needCase } from './need-case.ts'
import { refuseEntry } from './person-of-case.ts'
import { rescoreCase, type ScoreChanges } from './rescore-case.ts'
import type { Told } from './told.ts'

/** What is left out stays as it is. */
export interface CaseCorrection {
  /** Empty: none. */
  region?: string | undefined
  /** `YYYY-MM` by the number of the child. */
  children?: Record<string, string> | undefined
}

export interface Corrected {
  changes: Changes | null
  scores: ScoreChanges
}

/**
 * Throws a Failure, and changes nothing, when nothing is another than it was and for a child that the case does not have; refuses with
 * `entry-invalid` a month that does not exist and a region that cannot be. `within`: where whoever does it may change cases. The lot of
 * a case that was drawn within its region stays the one that was drawn.
 */
export async function correctCase(
  context: Context,
  { study: studyId, code }: CaseKey,
  { region, children = {} }: CaseCorrection,
  within: Reach,
  told: Told | { why: string },
): Promise<Corrected> {
  const { found: before, protocol } = await needCase(context, studyId, code)
  refuseEntry(
    Object.entries(children).flatMap(([number, month]) => (isMonth(month) ? [] : [{ field: `children.${number}`, reason: 'not a month' }])),
  )
  if (region !== undefined) refuseRegion(protocol, before.cohort, within, regionOf(region))
  return await context.stores.study.withTx(async (tx) => {
    const found = (await findCase(tx, before.id)) as Case
    const wanted = region === undefined ? found.region : regionOf(region)
    const months = await childrenOf(tx, found.id)
    const others = Object.entries(children).filter(([number, month]) => monthOf(months, number, code) !== month)
    const was = {
      ...(wanted !== found.region && { region: found.region }),
      ...birthMonths(others.map(([n]) => [n, monthOf(months, n, code)])),
    }
    const is = { ...(wanted !== found.region && { region: wanted }), ...birthMonths(others) }
    if (Object.keys(is).length === 0) throw new Failure(`${code} is like this already. Nothing was changed.`, 'nothing-changed')
    if (wanted !== found.region) await setRegion(tx, found.id, wanted)
    for (const [number, month] of others) await setBirthMonth(tx, found.id, Number(number), month)
    const scores = await rescoreCase(tx, context, found)
    await recordEvent(tx, {
      at: context.clock.now(),
      studyId: found.studyId,
      caseId: found.id,
      kind: 'case corrected',
      detail: { before: was, after: is, scores: scores.scores, ...told },
    })
    return { changes: null, scores }
  })
}

const regionOf = (typed: string): string | null => typed.trim() || null

function refuseRegion(protocol: Protocol, cohort: string, within: Reach, region: string | null): void {
  const byRegion = isByLot(protocol, cohort) && (protocol.allocation?.strata.includes('region') ?? false)
  if (region === null && byRegion) refuseEntry([{ field: 'region', reason: 'is empty: lots are drawn within each region' }])
  if (!reaches(within, region))
    refuseEntry([{ field: 'region', reason: `this account changes cases in: ${[within ?? []].flat().join(', ')}` }])
}

const birthMonths = (children: [string, string][]) => (children.length > 0 ? { birthMonths: Object.fromEntries(children) } : {})

function monthOf(months: string[], number: string, code: string): string {
  const month = months[Number(number) - 1]
  if (month === undefined) throw new Failure(`${code} has no child ${number}. Nothing was changed.`, 'no-child')
  return month
}

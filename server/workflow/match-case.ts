/** A shadow case and the index case with which it is compared: of each matching criterion staff record whether it is met. */
import { ownValue } from '../../instruments/own-value.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { type Case, findCase, findCaseByCode } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { indexCaseOf, matchesOf, setMatches } from '../queries/matches.ts'
import type { CaseKey } from './add-participant.ts'
import { needCase } from './need-case.ts'
import type { Told } from './told.ts'

export interface MatchEntry {
  /** Code of the index case. */
  index: string
  /** Criteria of the protocol: each is in one of these two. */
  met: string[]
  notMet: string[]
  /** What staff add to a criterion, in a line of at most 200 characters; never a name. */
  notes: Record<string, string>
}

export interface Matched {
  index: string
  criteria: { criterion: string; met: boolean; note: string | null }[]
}

/**
 * Records the match, in the place of an earlier one of this case. Throws a Failure, and changes nothing, for an unknown case,
 * a case that is not of the cohort that is matched, an index case that is of it, and for criteria that are unknown, said
 * twice, or not said at all. An index case outside `within`, the regions of whoever asks, is as unknown as one that is not there.
 */
export async function matchCase(
  context: Context,
  { study: studyId, code }: CaseKey,
  entry: MatchEntry,
  told?: Told,
  within: Reach = 'everywhere',
): Promise<Matched> {
  const { found, study, protocol } = await needCase(context, studyId, code)
  const matching = needMatching(protocol)
  const criteria = criteriaOf(matching, entry)
  return await context.stores.study.withTx(async (tx) => {
    const shadow = (await findCase(tx, found.id)) as Case
    const index = await findCaseByCode(tx, study.id, entry.index)
    if (!index || index.mistakenAt !== null || !reaches(within, index.region))
      throw new Failure(`There is no case ${entry.index} in ${study.id}.`, 'no-index')
    refuseCohorts(matching, shadow, index)
    const at = context.clock.now()
    const before = await indexCaseOf(tx, shadow)
    await setMatches(
      tx,
      shadow.id,
      index.id,
      criteria.map((one) => ({ caseId: shadow.id, recordedAt: at, ...one })),
    )
    const named = (met: boolean): string[] => criteria.filter((one) => one.met === met).map(({ criterion }) => criterion)
    const detail = { index: index.code, met: named(true), notMet: named(false), ...(before && { before: before.code }), ...told }
    await recordEvent(tx, { at, studyId: study.id, caseId: shadow.id, kind: 'matched', detail })
    return { index: index.code, criteria }
  })
}

/** Takes a match back, and returns the code of the index case. Throws a Failure when the case is not matched. */
export async function undoMatch(context: Context, { study: studyId, code }: CaseKey, told?: Told): Promise<{ index: string }> {
  const { found } = await needCase(context, studyId, code)
  return await context.stores.study.withTx(async (tx) => {
    const shadow = (await findCase(tx, found.id)) as Case
    const index = await indexCaseOf(tx, shadow)
    if (!index) throw new Failure(`${code} is not compared with an index case. Nothing was changed.`, 'not-matched')
    await takeMatchBack(tx, shadow, index, { at: context.clock.now(), told })
    return { index: index.code }
  })
}

/** Within a transaction: the match goes, and the record says what it was. */
export async function takeMatchBack(
  tx: Db,
  { id: caseId, studyId }: Case,
  index: Case,
  { at, told }: { at: string; told: Told | { why: string } | undefined },
): Promise<void> {
  const before = (await matchesOf(tx, caseId)).map(({ criterion, met, note }) => ({ criterion, met, note }))
  await setMatches(tx, caseId, null, [])
  await recordEvent(tx, { at, studyId, caseId, kind: 'match undone', detail: { index: index.code, before, ...told } })
}

type Matching = NonNullable<Protocol['matching']>

function needMatching({ id, version, matching }: Protocol): Matching {
  if (!matching) throw new Failure(`${id}@${version} has no cases that are matched to an index case. Nothing was changed.`, 'no-matching')
  return matching
}

function refuseCohorts({ cohort }: Matching, shadow: Case, index: Case): void {
  if (shadow.cohort !== cohort)
    throw new Failure(
      `Only cases of the cohort ${cohort} are matched to an index case; ${shadow.code} is of ${shadow.cohort}. Nothing was changed.`,
      'no-matching',
    )
  if (index.cohort === cohort)
    throw new Failure(`${index.code} is of the cohort ${cohort} too, so it cannot be an index case. Nothing was changed.`, 'index-cohort')
}

/** Every criterion, in the order of the protocol. All that is wrong is said at once. */
function criteriaOf({ criteria }: Matching, { met, notMet, notes }: MatchEntry): Matched['criteria'] {
  const known = Object.keys(criteria)
  const said = [...met, ...notMet]
  const problems = [
    ...[...new Set([...said, ...Object.keys(notes)])]
      .filter((one) => !known.includes(one))
      .map((one) => `"${one}" is not a criterion of the protocol; it has: ${known.join(', ')}.`),
    ...known.filter((one) => !said.includes(one)).map((one) => `${one} (${criteria[one]?.title.en ?? one}): say whether it is met.`),
    ...known.filter((one) => met.includes(one) && notMet.includes(one)).map((one) => `${one} is said to be met and not met.`),
    ...Object.entries(notes)
      .filter(([, note]) => !/^\P{Cc}{1,200}$/u.test(note))
      .map(([one]) => `The note about ${one} is not one line of 1 to 200 characters.`),
  ]
  if (problems.length > 0) throw new Failure([...problems, 'Nothing was changed.'].join('\n'), 'criteria')
  return known.map((criterion) => ({ criterion, met: met.includes(criterion), note: ownValue(notes, criterion) ?? null }))
}

/** What a case is compared with: the index case of a shadow case, the shadow cases of an index case, and how they match. */
import { ownValue } from '../../instruments/own-value.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { type Reach, reaches } from '../access/roles.ts'
import type { Db } from '../db/tx.ts'
import type { Case } from '../queries/cases.ts'
import { comparedWith, indexCaseOf, matchesOf } from '../queries/matches.ts'

/** `within`: the regions of whoever looks; a case in another one is not named, and what was written about it is not shown. */
export async function comparisonsOf(db: Db, protocol: Protocol, found: Case, within: Reach = 'everywhere') {
  const [index, all] = await Promise.all([indexCaseOf(db, found), comparedWith(db, found.id)])
  const shadows = all.filter(({ region }) => reaches(within, region))
  return {
    /** The case with which this one is compared; its code is null where it is out of reach. */
    comparedWith: index
      ? { code: reaches(within, index.region) ? index.code : null, criteria: await criteriaOf(db, protocol, found) }
      : null,
    /** The cases that are compared with this one, by code. */
    shadows: await Promise.all(shadows.map(async (one) => ({ code: one.code, criteria: await criteriaOf(db, protocol, one) }))),
  }
}

/** Every criterion of the protocol; `met` is null where nothing was recorded. */
async function criteriaOf(db: Db, { matching }: Protocol, shadow: Case) {
  const recorded = new Map((await matchesOf(db, shadow.id)).map((match) => [match.criterion, match]))
  const criteria = [...new Set([...Object.keys(matching?.criteria ?? {}), ...recorded.keys()])]
  return criteria.map((criterion) => ({
    criterion,
    title: ownValue(matching?.criteria ?? {}, criterion)?.title ?? null,
    met: recorded.get(criterion)?.met ?? null,
    note: recorded.get(criterion)?.note ?? null,
  }))
}

/** The list of cases: a page of it at a time, each with a mark for every list that somebody was or will be asked. */
import type { Context } from '../context.ts'
import { anyList, caseStates, familyStates } from '../db/study-schema/summaries.ts'
import {
  type CaseFilter,
  type CaseMark,
  type CaseSlice,
  caseSorts,
  countCases,
  figures,
  type ListFilter,
  markOf,
  pageOfCases,
} from '../queries/case-pages.ts'
import { anchorsOfCases, marksOf } from '../queries/desk.ts'
import { countStale } from '../queries/stale-cases.ts'
import { Refusal } from '../refusal.ts'
import { needStudy } from './open-study.ts'
import { refreshSummaries } from './refresh-summaries.ts'
import { packetOrder, roleOrder } from './schedule-order.ts'
import { endOfTime } from './summarise.ts'

export { caseSorts, caseStates, familyStates, figures }

/** So many at most are counted in while somebody waits; the ticker does the rest. */
export const countedInAtOnce = 300

export type CasePage = Omit<CaseSlice, 'after'> & {
  /** The `next` of the page before it. */
  after?: string | undefined
}

/** Which cases, as the address says it: all lists of all roles, unless it names one. */
export type Wanted = Omit<CaseFilter, 'list'> & {
  list?: (Omit<ListFilter, 'roles' | 'instrument'> & { role?: string | undefined; instrument?: string | undefined }) | undefined
}

/** Refuses with `query-invalid` when `after` is not what a page gave. */
export async function listCases(context: Context, { list, ...rest }: Wanted, { after, ...page }: CasePage) {
  const { stores } = context
  const { protocol } = await needStudy(context, rest.studyId)
  const filter: CaseFilter = { ...rest, list: list && inPlace(list, Object.keys(protocol.roles)) }
  await refreshSummaries(context, { most: countedInAtOnce })
  const inRoles = roleOrder(protocol)
  const inOrder = packetOrder(protocol)
  const db = stores.study.read
  const rows = await pageOfCases(db, filter, { ...page, limit: page.limit + 1, after: after === undefined ? undefined : readMark(after) })
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  const ids = shown.map(({ caseId }) => caseId)
  const [marks, anchors] = await Promise.all([marksOf(db, ids), anchorsOfCases(db, ids)])
  const marksByCase = Map.groupBy(marks, ({ caseId }) => caseId)
  const anchorsByCase = Map.groupBy(anchors, ({ caseId }) => caseId)
  return {
    /** How many there are in all; of a page after the first that is known already. */
    total: after === undefined ? await countCases(db, filter) : null,
    /** Where the next page begins; null on the last. */
    next: last ? writeMark(markOf(last, page.sort)) : null,
    /** Families of which the list does not know yet what happened last. */
    behind: await countStale(db, filter.studyId),
    cases: shown.map(({ caseId, code, arm, cohort, region, registeredAt, state, family, nextAt, lastAt, missingAnchor }) => ({
      code,
      arm,
      cohort,
      region,
      registeredAt,
      state,
      /** Whether it does not belong in the study. */
      mistaken: family === 'mistake',
      /** When a list opens or closes next; null where nothing is to come. */
      nextAt: nextAt === endOfTime ? null : nextAt,
      lastAt,
      /** Anchors of which one is needed. */
      missingAnchors: missingAnchor?.split(' ') ?? [],
      anchors: (anchorsByCase.get(caseId) ?? []).map(({ name, date }) => ({ name, date })),
      marks: (marksByCase.get(caseId) ?? [])
        .toSorted((a, b) => inRoles(a, b) || inOrder(a, b))
        .map(({ participantId, wave, role, instrumentId, about, state }) => ({
          participant: participantId,
          wave,
          role,
          instrument: instrumentId,
          /** The participant whom it is about, if it is about one. */
          about: about?.id ?? null,
          state,
        })),
    })),
  }
}

export type CaseList = Awaited<ReturnType<typeof listCases>>

const inPlace = ({ role, instrument = anyList, ...list }: NonNullable<Wanted['list']>, roles: string[]): ListFilter => ({
  ...list,
  instrument,
  roles: role === undefined ? roles : [role],
})

const writeMark = ({ value, code }: CaseMark): string => Buffer.from(JSON.stringify([value, code])).toString('base64url')

function readMark(text: string): CaseMark {
  try {
    const [value, code] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[]
    if (typeof value === 'string' && typeof code === 'string') return { value, code }
  } catch {
    // Said below.
  }
  throw new Refusal('query-invalid', { problems: [{ path: '/after', reason: 'this is not the `next` of a page' }] })
}

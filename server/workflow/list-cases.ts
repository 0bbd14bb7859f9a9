/** The list of cases: a page of it at a time, each with a mark for every list that somebody was or will be asked. */
import type { Context } from '../context.ts'
import {
  type AssignmentMark,
  anchorsOfCases,
  type CaseFilter,
  type CaseSlice,
  type CaseState,
  caseStates,
  filterCases,
  marksOf,
} from '../queries/desk.ts'
import { needStudy } from './open-study.ts'
import { packetOrder, roleOrder } from './schedule-order.ts'

export async function listCases(context: Context, filter: CaseFilter, slice: CaseSlice) {
  const { stores } = context
  const { protocol } = await needStudy(context, filter.studyId)
  const inRoles = roleOrder(protocol)
  const inOrder = packetOrder(protocol)
  const { rows, total } = await filterCases(stores.study.read, filter, slice)
  const ids = rows.map(({ id }) => id)
  const [marks, anchors] = await Promise.all([marksOf(stores.study.read, ids), anchorsOfCases(stores.study.read, ids)])
  const marksByCase = Map.groupBy(marks, ({ caseId }) => caseId)
  const anchorsByCase = Map.groupBy(anchors, ({ caseId }) => caseId)
  return {
    total,
    cases: rows.map(({ id, code, arm, region, registeredAt }) => {
      const own = (marksByCase.get(id) ?? []).toSorted((a, b) => inRoles(a, b) || inOrder(a, b))
      return {
        code,
        arm,
        region,
        registeredAt,
        state: stateOf(own),
        anchors: (anchorsByCase.get(id) ?? []).map(({ name, date }) => ({ name, date })),
        marks: own.map(({ participantId, wave, role, instrumentId, about, state }) => ({
          participant: participantId,
          wave,
          role,
          instrument: instrumentId,
          /** The participant whom it is about, if it is about one. */
          about: about?.id ?? null,
          state,
        })),
      }
    }),
  }
}

export { caseStates }

export type CaseList = Awaited<ReturnType<typeof listCases>>

/** The same rule as the filter on state in `filterCases`. */
export function stateOf(marks: Pick<AssignmentMark, 'state'>[]): CaseState {
  if (marks.some(({ state }) => state === 'open' || state === 'in progress')) return 'answering'
  return marks.some(({ state }) => state === 'scheduled') ? 'waiting' : 'ended'
}

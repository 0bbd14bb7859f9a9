/** The server's routes for definitions. */
import { queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const routes = studies[':study'].definitions

export type Definitions = Ok<typeof routes.$get>
export type InstrumentView = Ok<(typeof routes.instruments)[':reference']['$get']>
export type ScaleView = InstrumentView['scales'][number]
export type NormView = InstrumentView['norms'][number]
export type ProtocolView = Ok<typeof routes.protocol.$get>
export type OfferedNorm = Ok<typeof routes.norms.$get>['norms'][number]

/** What is published never changes while the server runs; what the study adopted may. */
export const definitionsQuery = (study: string) =>
  queryOptions({ queryKey: ['definitions', study], queryFn: () => take(routes.$get({ param: { study } })) })
export const instrumentQuery = (study: string, reference: string) =>
  queryOptions({
    queryKey: ['definitions', study, 'instrument', reference],
    queryFn: () => take(routes.instruments[':reference'].$get({ param: { study, reference } })),
  })
export const comparisonQuery = (study: string, older: string, newer: string) =>
  queryOptions({
    queryKey: ['definitions', study, 'comparison', older, newer],
    queryFn: () => take(routes.comparison.$get({ param: { study }, query: { older, newer } })),
  })
export const protocolQuery = (study: string) =>
  queryOptions({ queryKey: ['definitions', study, 'protocol'], queryFn: () => take(routes.protocol.$get({ param: { study }, query: {} })) })
export const calendarQuery = (study: string, group: { cohort: string; arm: string; day: string }) =>
  queryOptions({
    queryKey: ['definitions', study, 'calendar', group],
    queryFn: () => take(routes.calendar.$get({ param: { study }, query: group })),
  })
export const offeredNormsQuery = (study: string) =>
  queryOptions({ queryKey: ['definitions', study, 'norms'], queryFn: () => take(routes.norms.$get({ param: { study } })) })

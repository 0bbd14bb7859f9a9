/** How many were asked and answered, and how families went through the study. */
import { queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const { response, flow } = studies[':study']
export type ResponseTable = Ok<typeof response.$get>
export type ResponseCell = NonNullable<ResponseTable['roles'][number]['waves'][number]>
export type Flow = Ok<typeof flow.$get>

/** One arm, one region, or all. */
export type Group = { arm?: string; region?: string }

export const responseQuery = (study: string, group: Group) =>
  queryOptions({
    queryKey: ['response', study, group],
    queryFn: () => take(response.$get({ param: { study }, query: group })),
    refetchInterval: 60_000,
  })

export const flowQuery = (study: string, group: Group) =>
  queryOptions({
    queryKey: ['flow', study, group],
    queryFn: () => take(flow.$get({ param: { study }, query: group })),
    refetchInterval: 60_000,
  })

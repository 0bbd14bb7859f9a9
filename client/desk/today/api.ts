/** What needs a person now. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

export type Today = Ok<(typeof studies)[':study']['today']['$get']>
export type TaskGroup = Today['tasks'][number]

/** `tasks`: so many of each kind. */
export const todayQuery = (study: string, tasks: number) =>
  queryOptions({
    queryKey: ['today', study, tasks],
    queryFn: () => take(studies[':study'].today.$get({ param: { study }, query: { tasks: String(tasks) } })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })

export const finishTask = (study: string, code: string, task: number, reason: string) =>
  take(studies[':study'].cases[':case'].tasks[':task'].done.$post({ param: { study, case: code, task: String(task) }, json: { reason } }))

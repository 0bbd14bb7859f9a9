/** What needs a person now. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

export type Today = Ok<(typeof studies)[':study']['today']['$get']>
export type ByHandRowOf = Today['byHand']['rows'][number]
export type TaskGroup = Today['tasks'][number]

/** `tasks`: so many of each kind. `resting`: also whom nobody has to try again yet. */
export const todayQuery = (study: string, tasks: number, resting: boolean) =>
  queryOptions({
    queryKey: ['today', study, tasks, resting],
    queryFn: () =>
      take(
        studies[':study'].today.$get({ param: { study }, query: { tasks: String(tasks), ...(resting && { resting: 'yes' as const }) } }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })

export const finishTask = (study: string, code: string, task: number, reason: string) =>
  take(studies[':study'].cases[':case'].tasks[':task'].done.$post({ param: { study, case: code, task: String(task) }, json: { reason } }))

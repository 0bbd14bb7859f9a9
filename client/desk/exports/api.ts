/** The server's routes for exports of a study. */
import { queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const routes = studies[':study'].exports
const one = routes.jobs[':job']

export type Overview = Ok<typeof routes.$get>
export type Registered = Overview['exports'][number]
export type Chosen = Parameters<typeof routes.$post>[0]['json']
export type Narrowed = keyof Overview['choices']

export const overviewQuery = (study: string) =>
  queryOptions({ queryKey: ['exports', study], queryFn: () => take(routes.$get({ param: { study } })) })

/** Looked at until it is over. */
export const jobQuery = (study: string, id: string) =>
  queryOptions({
    queryKey: ['export-job', study, id],
    queryFn: () => take(one.$get({ param: { study, job: id } })),
    refetchInterval: ({ state: { data } }) => (data === undefined || data.state === 'making' ? 400 : false),
  })

export const start = (study: string, json: Chosen) => take(routes.$post({ param: { study }, json }))
export const cancel = (study: string, id: string) => take(one.cancel.$post({ param: { study, job: id }, json: {} }))

export const destroyed = (study: string, id: string, reason: string) =>
  take(routes[':export'].destroyed.$post({ param: { study, export: id }, json: { reason } }))

/** The address of the zip with its files. */
export const fileAddress = (study: string, id: string): string => `/api/desk/studies/${study}/exports/jobs/${id}/file`

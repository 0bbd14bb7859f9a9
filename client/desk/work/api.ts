/** The server's routes for long work on all cases of a study. */
import { queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const { jobs, definitions } = studies[':study']
const one = jobs[':job']

export type Job = Ok<typeof one.$get>
export type Listed = Ok<typeof jobs.$get>['jobs'][number]
export type AdoptionPreview = NonNullable<Extract<Job, { kind: 'adopt' }>['preview']>
export type RescorePreview = NonNullable<Extract<Job, { kind: 'rescore' }>['preview']>

export const isUnderWay = ({ state }: Pick<Job, 'state'>): boolean => state === 'looking' || state === 'doing'

export const jobsQuery = (study: string) =>
  queryOptions({
    queryKey: ['jobs', study],
    queryFn: () => take(jobs.$get({ param: { study } })),
    refetchInterval: ({ state: { data } }) => (data?.jobs.some(isUnderWay) ? 2_000 : false),
  })

/** Looked at until somebody has to decide, or it is over. */
export const jobQuery = (study: string, id: string) =>
  queryOptions({
    queryKey: ['job', study, id],
    queryFn: () => take(one.$get({ param: { study, job: id } })),
    refetchInterval: ({ state: { data } }) => (data === undefined || isUnderWay(data) ? 500 : false),
  })

export const cancel = (study: string, job: string) => take(one.cancel.$post({ param: { study, job }, json: {} }))
export const goOn = (study: string, job: string) => take(one['go-on'].$post({ param: { study, job }, json: {} }))

export const lookAtVersion = (study: string, json: { reference: string; from: string }) =>
  take(definitions.adoption.preview.$post({ param: { study }, json }))
export const lookAtNorms = (study: string, json: { norms: string[] }) =>
  take(definitions.rescoring.preview.$post({ param: { study }, json }))

const deciding = { adopt: definitions.adoption, rescore: definitions.rescoring }
export const decide = (study: string, { id, kind }: Pick<Job, 'id' | 'kind'>, reason: string) =>
  take(deciding[kind].$post({ param: { study }, json: { job: id, reason } }))

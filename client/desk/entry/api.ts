/** The server's routes for typing lists in. */
import { queryOptions } from '@tanstack/react-query'
import type { Answers } from '../../../instruments/schema.ts'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const ofStudy = studies[':study']
const ofCase = ofStudy.cases[':case'].entry
const ofList = ofCase[':assignment']

export type Work = Ok<typeof ofStudy.entry.$get>
export type CaseLists = Ok<typeof ofCase.$get>
export type ListLine = CaseLists['lists'][number]
export type ListToType = Ok<typeof ofList.$get>
export type Comparison = Ok<typeof ofList.comparison.$get>
export type Finished = Ok<typeof ofList.finish.$post>
export type Means = 'paper' | 'telephone' | 'interview' | 'file'

export interface Place {
  study: string
  code: string
  assignment: string
}

export interface Beginning {
  means: Means
  answeredOn: string
  language: string
  double: boolean
  reason?: string
}

export interface Typed {
  revision: number
  answers: Answers
  page: string | null
}

const param = ({ study, code, assignment }: Place) => ({ study, case: code, assignment })

export const workQuery = (study: string) =>
  queryOptions({ queryKey: ['entry', study], queryFn: () => take(ofStudy.entry.$get({ param: { study } })) })
export const caseListsQuery = (study: string, code: string) =>
  queryOptions({ queryKey: ['entry', study, code], queryFn: () => take(ofCase.$get({ param: { study, case: code } })) })
export const listQuery = (place: Place) =>
  queryOptions({
    queryKey: ['entry', place.study, place.code, place.assignment],
    queryFn: () => take(ofList.$get({ param: param(place) })),
    // What is being typed here is newer than what the server would say.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
export const comparisonQuery = (place: Place) =>
  queryOptions({
    queryKey: ['comparison', place.study, place.code, place.assignment],
    queryFn: () => take(ofList.comparison.$get({ param: param(place) })),
  })

export const begin = (place: Place, json: Beginning) => take(ofList.$post({ param: param(place), json }))
export const keep = (place: Place, json: Typed) => take(ofList.$put({ param: param(place), json }))
export const finish = (place: Place, json: Typed & { skipped: string[] }) => take(ofList.finish.$post({ param: param(place), json }))
export const discard = (place: Place, json: { pass: number; reason: string }) => take(ofList.discard.$post({ param: param(place), json }))
export const takeOver = (place: Place, json: { pass: number; reason: string }) =>
  take(ofList['take-over'].$post({ param: param(place), json }))
export const decide = (place: Place, json: { choices: Record<string, 'first' | 'second'>; reason: string }) =>
  take(ofList.decide.$post({ param: param(place), json }))

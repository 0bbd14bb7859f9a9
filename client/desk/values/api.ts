/** The server's routes for answers, questions about them, and values that are changed. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AnswerRecord, SimpleAnswer } from '../../../instruments/schema.ts'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const ofStudy = studies[':study']
const ofCase = ofStudy.cases[':case']
const ofQuery = ofCase.queries[':query']

export type ListAnswers = Ok<(typeof ofCase.answers)[':assignment']['$get']>
export type ListValue = ListAnswers['values'][number]
export type ListGroup = ListAnswers['groups'][number]
export type Query = ListAnswers['queries'][number]
export type Changed = Ok<typeof ofCase.values.$post>
export const queryStates = ['open', 'answered', 'closed'] as const
export type QueryState = (typeof queryStates)[number]

export interface Place {
  study: string
  code: string
}

/** Another value, or a record of a group that comes or goes. */
export type WhatChanges = { value: SimpleAnswer | null } | { remove: number | null; add: AnswerRecord | null }
export type Change = WhatChanges & { assignment: string; item: string; reason: string; query?: number }

const param = ({ study, code }: Place) => ({ study, case: code })

export const answersQuery = (place: Place, assignment: string) =>
  queryOptions({
    queryKey: ['answers', place.study, place.code, assignment],
    queryFn: () => take(ofCase.answers[':assignment'].$get({ param: { ...param(place), assignment } })),
    // A colleague, or another window, may have erased them.
    refetchInterval: 30_000,
  })
export const queriesQuery = (study: string, state: QueryState) =>
  infiniteQueryOptions({
    queryKey: ['queries', study, state],
    queryFn: ({ pageParam }) =>
      take(ofStudy.queries.$get({ param: { study }, query: { state, ...(pageParam !== null && { before: String(pageParam) }) } })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  })

export const ask = (place: Place, json: { assignment: string; item: string | null; text: string }) =>
  take(ofCase.queries.$post({ param: param(place), json }))
const about = (place: Place, query: number) => ({ ...param(place), query: String(query) })
export const answer = (place: Place, query: number, text: string) =>
  take(ofQuery.answer.$post({ param: about(place, query), json: { text } }))
export const askAgain = (place: Place, query: number, text: string) =>
  take(ofQuery['ask-again'].$post({ param: about(place, query), json: { text } }))
export const close = (place: Place, query: number, text: string | null) =>
  take(ofQuery.close.$post({ param: about(place, query), json: { text } }))
const isOfRecords = (what: Change): what is Extract<Change, { add: unknown }> => 'add' in what
export const preview = (place: Place, what: Change) =>
  isOfRecords(what)
    ? take(ofCase.records.preview.$post({ param: param(place), json: what }))
    : take(ofCase.values.preview.$post({ param: param(place), json: what }))
export const change = (place: Place, what: Change) =>
  isOfRecords(what)
    ? take(ofCase.records.$post({ param: param(place), json: what }))
    : take(ofCase.values.$post({ param: param(place), json: what }))

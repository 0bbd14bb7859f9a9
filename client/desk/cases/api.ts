/** Cases in lists: what is asked of the server, and how an address says which ones. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

/** What an address may choose, as the server calls it. */
export const choices = [
  'search',
  'arm',
  'cohort',
  'region',
  'state',
  'family',
  'undated',
  'wave',
  'role',
  'list',
  'figure',
  'reason',
  'sort',
  'turned',
] as const
export type CaseChoice = Partial<Record<(typeof choices)[number], string>>
export type CasePart = Ok<(typeof studies)[':study']['cases']['$get']>

/** The choice in a query string; what it does not know is left out. */
export function choiceIn(search: string): CaseChoice {
  const parameters = new URLSearchParams(search)
  return Object.fromEntries(choices.flatMap((name) => (parameters.get(name) ? [[name, parameters.get(name) ?? '']] : [])))
}

/** A choice as a query string, with its question mark; empty when nothing is chosen. */
export function searchOf(choice: CaseChoice): string {
  const chosen = Object.entries(choice).filter(([, value]) => value)
  return chosen.length === 0 ? '' : `?${new URLSearchParams(chosen)}`
}

const getCases = (study: string, choice: CaseChoice, more: { after?: string; limit?: string }) =>
  take(studies[':study'].cases.$get({ param: { study }, query: { ...choice, ...more } as never }))

/** A list of cases, fetched page by page. */
export const casesQuery = (study: string, choice: CaseChoice) =>
  infiniteQueryOptions({
    queryKey: ['cases', study, choice],
    queryFn: ({ pageParam }) => getCases(study, choice, pageParam === '' ? {} : { after: pageParam }),
    initialPageParam: '',
    getNextPageParam: ({ next }: CasePart) => next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

/** Who has this name, address or telephone number. What was typed goes in the body: it stands in no address. */
export const findByContact = (study: string, json: { text: string; reason: string }) =>
  take(studies[':study'].find.$post({ param: { study }, json }))
export type FoundPeople = Awaited<ReturnType<typeof findByContact>>

/** The first few that a text finds, for the search box. */
export const foundQuery = (study: string, search: string) =>
  queryOptions({
    queryKey: ['found', study, search],
    queryFn: () => getCases(study, { search, sort: 'code' }, { limit: '8' }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  })

/** What the desk fetches, under which key, so that pages share it. */
import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query'
import { ApiFailure } from '../ui/api.ts'
import * as api from './api.ts'

/** The clock of a demonstration runs, and mail and answers come in: what is shown is looked at again every half minute. */
const often = 30_000

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // Twice for a server that is starting; a refusal stays one.
        retry: (count, error) => count < 2 && error instanceof ApiFailure && error.code === 'unreachable',
        retryDelay: 500,
      },
    },
  })

export const studyQuery = queryOptions({ queryKey: ['study'], queryFn: api.getStudy, refetchInterval: often })
export const responseQuery = queryOptions({ queryKey: ['response'], queryFn: api.getResponse, refetchInterval: often })
export const mailToTryQuery = queryOptions({ queryKey: ['mail-to-try'], queryFn: api.getMailToTry, refetchInterval: often })
export const caseQuery = (code: string) =>
  queryOptions({ queryKey: ['case', code], queryFn: () => api.getCase(code), refetchInterval: often })
export const mailQuery = (number: string) => queryOptions({ queryKey: ['mail', number], queryFn: () => api.getMail(number) })

/** A list that is fetched part by part. */
const inParts = <Part extends { total: number }>(
  queryKey: readonly unknown[],
  fetchPart: (offset: number) => Promise<Part>,
  rowsIn: (part: Part) => unknown[],
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => fetchPart(pageParam),
    initialPageParam: 0,
    getNextPageParam: ({ total }, parts) => {
      const shown = parts.flatMap(rowsIn).length
      return shown < total ? shown : undefined
    },
    placeholderData: keepPreviousData,
    refetchInterval: often,
  })

export const casesQuery = (choice: api.CaseChoice) =>
  inParts(
    ['cases', choice],
    (offset) => api.getCases(choice, offset),
    ({ cases }) => cases,
  )

export const mailsQuery = (search: string) =>
  inParts(
    ['mails', search],
    (offset) => api.getMails(search, offset),
    ({ mails }) => mails,
  )

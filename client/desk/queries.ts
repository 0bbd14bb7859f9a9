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

const nextOffset = (total: number, shown: number): number | undefined => (shown < total ? shown : undefined)

export const casesQuery = (choice: api.CaseChoice) =>
  infiniteQueryOptions({
    queryKey: ['cases', choice],
    queryFn: ({ pageParam }) => api.getCases(choice, pageParam),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => nextOffset(last.total, pages.flatMap(({ cases }) => cases).length),
    placeholderData: keepPreviousData,
    refetchInterval: often,
  })

export const mailsQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['mails', search],
    queryFn: ({ pageParam }) => api.getMails(search, pageParam),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => nextOffset(last.total, pages.flatMap(({ mails }) => mails).length),
    placeholderData: keepPreviousData,
    refetchInterval: often,
  })

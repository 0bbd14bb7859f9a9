/** What the desk fetches, under which key, so that pages share it. */
import { infiniteQueryOptions, keepPreviousData, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import { ApiFailure } from '../ui/api.ts'
import * as api from './api.ts'

/** The clock of a demonstration runs, and mail and answers come in: what is shown is looked at again every half minute. */
const often = 30_000

/** A session that is over, or is somebody else's by now, is noticed at the first refusal: whoever was signed in sees it at once. */
export const noticeEnd = (client: QueryClient, error: unknown): void => {
  if (error instanceof ApiFailure && (error.code === 'not-signed-in' || error.code === 'other-account'))
    void client.invalidateQueries({ queryKey: meQuery.queryKey })
}

export const createQueryClient = (): QueryClient => {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noticeEnd(client, error) }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // Twice for a server that is starting; a refusal stays one.
        retry: (count, error) => count < 2 && error instanceof ApiFailure && error.code === 'unreachable',
        retryDelay: 500,
      },
    },
  })
  return client
}

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: api.getMe, refetchInterval: often })
/** Only a demonstration has roles to choose from; elsewhere the answer is that there is nothing. */
export const roleQuery = queryOptions({ queryKey: ['role'], queryFn: api.getRole, retry: false })
export const studyQuery = (study: string) =>
  queryOptions({ queryKey: ['study', study], queryFn: () => api.getStudy(study), refetchInterval: often })
export const responseQuery = (study: string) =>
  queryOptions({ queryKey: ['response', study], queryFn: () => api.getResponse(study), refetchInterval: often })
export const mailToTryQuery = queryOptions({ queryKey: ['mail-to-try'], queryFn: api.getMailToTry, refetchInterval: often })
export const caseQuery = (study: string, code: string) =>
  queryOptions({ queryKey: ['case', study, code], queryFn: () => api.getCase(study, code), refetchInterval: often })
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

export const mailsQuery = (search: string) =>
  inParts(
    ['mails', search],
    (offset) => api.getMails(search, offset),
    ({ mails }) => mails,
  )

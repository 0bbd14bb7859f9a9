import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { getAccount } from './api.ts'

export const accountQuery = queryOptions({ queryKey: ['account'], queryFn: getAccount })

/** Asks anew how the account is. */
export function useAccountAgain(): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['account'] })
}

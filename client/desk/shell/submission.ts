import { useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { noticeEnd } from '../queries.ts'

/** Something that is sent from a page: whether it is on its way, and what the server said against it. */
export function useSubmission<Result>(send: () => Promise<Result>, then: (result: Result) => void) {
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const submit = async (event?: SyntheticEvent) => {
    event?.preventDefault()
    if (isBusy) return
    setBusy(true)
    setFailure(null)
    try {
      const result = await send()
      setBusy(false)
      then(result)
    } catch (reason) {
      setBusy(false)
      noticeEnd(client, reason)
      setFailure(reason instanceof ApiFailure ? reason : new ApiFailure('unexpected'))
    }
  }
  return { isBusy, failure, submit }
}

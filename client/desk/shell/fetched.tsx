/** What stands in place of something that is being fetched, that is not there, or that could not be fetched. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { useHasUnsaved } from '../unsaved.ts'
import { useDesk } from './language.tsx'
import { Link } from './link.tsx'

interface FetchedProps<Data> {
  query: UseQueryResult<Data>
  children: (data: Data) => ReactNode
}

export function Fetched<Data>({ query, children }: FetchedProps<Data>) {
  const { say } = useDesk()
  const hasUnsaved = useHasUnsaved()
  const isGone = query.error instanceof ApiFailure && query.error.code === 'not-found'
  if (query.data !== undefined)
    return (
      <>
        {isGone && <Gone hasUnsaved={hasUnsaved} />}
        {(!isGone || hasUnsaved) && children(query.data)}
      </>
    )
  if (query.isPending)
    return (
      <p className="quiet" role="status">
        {say('loading')}
      </p>
    )
  const code = query.error instanceof ApiFailure ? query.error.code : 'unexpected'
  if (code === 'not-found') return <NotFound />
  if (code === 'not-allowed') return <NotAllowed />
  return (
    <div className="alert alert-error" role="alert">
      <p>{code === 'unreachable' ? say('unreachable') : say('failed')}</p>
      <button type="button" className="button" onClick={() => void query.refetch()}>
        {say('tryAgain')}
      </button>
    </div>
  )
}

/** It was there when the page was opened: a colleague, or another window, took it away since. */
function Gone({ hasUnsaved }: { hasUnsaved: boolean }) {
  const { say } = useDesk()
  return (
    <div className="alert alert-warning" role="alert">
      <p>{say('goneSince')}</p>
      {hasUnsaved && <p>{say('goneTyped')}</p>}
    </div>
  )
}

export function NotFound() {
  const { say } = useDesk()
  return (
    <div className="alert">
      <p>{say('notFound')}</p>
      <p>
        <Link href="/desk">{say('toHome')}</Link>
      </p>
    </div>
  )
}

/** For whoever came here by an address, as the navigation does not lead here. */
export function NotAllowed() {
  const { say } = useDesk()
  return <p className="alert">{say('notAllowed')}</p>
}

import { useDesk } from './language.tsx'

interface MoreButtonProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
}

/** Fetches the next part of a list, as long as there is one. */
export function MoreButton({ query }: MoreButtonProps) {
  const { say } = useDesk()
  if (!query.hasNextPage) return null
  return (
    <p className="more">
      <button type="button" className="button" onClick={() => void query.fetchNextPage()}>
        {query.isFetchingNextPage ? say('loading') : say('more')}
      </button>
    </p>
  )
}

import { useDesk } from '../shell/language.tsx'

/** Says so while what is shown lags behind what happened. */
export function Behind({ cases }: { cases: number }) {
  const { count } = useDesk()
  return cases === 0 ? null : (
    <p className="alert" role="status">
      {count('casesBehind', cases)}
    </p>
  )
}

import type { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'
import { signInFailureText } from './failure-text.ts'

export function Failed({ failure }: { failure: ApiFailure | null }) {
  const desk = useDesk()
  if (!failure) return null
  return (
    <p className="alert alert-error" role="alert">
      {signInFailureText(desk, failure)}
    </p>
  )
}

import type { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'

const faults = {
  closed: 'refusedClosed',
  open: 'refusedOpen',
  'too-many-cases': 'refusedLarge',
  'other-region': 'refusedRegion',
  consent: 'leaveConsentFirst',
} as const

/** Why something about the study was refused, in words. */
export function Refused({ failure }: { failure: ApiFailure | null }) {
  const { say } = useDesk()
  if (!failure) return null
  const { fault, why } = failure.details
  const known = typeof fault === 'string' && Object.hasOwn(faults, fault) ? faults[fault as keyof typeof faults] : undefined
  return (
    <p className="alert alert-error" role="alert">
      {known
        ? say(known)
        : typeof why === 'string'
          ? say('refusedWhy', { why })
          : failure.code === 'unreachable'
            ? say('unreachable')
            : say(failure.code === 'body-invalid' || failure.code === 'query-invalid' ? 'refusedInput' : 'refusedFailed')}
    </p>
  )
}

import type { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'
import { studyFaults, withDetails } from './fault-texts.ts'

/** Why something about the study was refused, in words. */
export function Refused({ failure }: { failure: ApiFailure | null }) {
  const { say } = useDesk()
  if (!failure) return null
  const { fault, why } = failure.details
  const known = typeof fault === 'string' && Object.hasOwn(studyFaults, fault) ? studyFaults[fault as keyof typeof studyFaults] : undefined
  return (
    <div className="alert alert-error" role="alert">
      <p>
        {known
          ? say(known)
          : typeof why === 'string'
            ? say('refusedWhy', { why })
            : failure.code === 'unreachable'
              ? say('unreachable')
              : say(failure.code === 'body-invalid' || failure.code === 'query-invalid' ? 'refusedInput' : 'refusedFailed')}
      </p>
      {known && typeof why === 'string' && withDetails.includes(String(fault)) && (
        <p className="quiet letter-text" lang="en">
          {why}
        </p>
      )}
    </div>
  )
}

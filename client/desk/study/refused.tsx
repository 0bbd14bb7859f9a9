import type { Mistake } from '../../../instruments/definition.ts'
import type { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'
import { refusedText } from './fault-texts.ts'

/** Why something about the study was refused, in words; what is wrong in definitions is folded away, for whoever looks after them, in English. */
export function Refused({ failure }: { failure: ApiFailure | null }) {
  const desk = useDesk()
  if (!failure) return null
  const { count } = desk
  const told = Array.isArray(failure.details.mistakes) ? (failure.details.mistakes as Mistake[]) : []
  const mistakes = [...new Map(told.map((one) => [`${one.path} ${one.reason}`, one]))]
  return (
    <div className="alert alert-error" role="alert">
      <p>{refusedText(desk, failure)}</p>
      {mistakes.length > 0 && (
        <details>
          <summary>{count('refusedPlaces', mistakes.length)}</summary>
          <ul className="mistakes">
            {mistakes.map(([key, { path, reason }]) => (
              <li key={key}>
                <code>{path}</code> <q lang="en">{reason}</q>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

import type { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'
import { refusedText } from './fault-texts.ts'

/** Why something about the study was refused, in words, and where. */
export function Refused({ failure }: { failure: ApiFailure | null }) {
  const desk = useDesk()
  if (!failure) return null
  const { count } = desk
  const places = Array.isArray(failure.details.places) ? failure.details.places.map(String) : []
  return (
    <div className="alert alert-error" role="alert">
      <p>{refusedText(desk, failure)}</p>
      {places.length > 0 && (
        <details>
          <summary>{count('refusedPlaces', new Set(places).size)}</summary>
          <ul>
            {[...new Set(places)].map((place) => (
              <li key={place}>
                <code>{place}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

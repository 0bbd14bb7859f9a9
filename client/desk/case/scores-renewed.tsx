import { useDesk } from '../shell/language.tsx'
import type { ScoreChanges } from './api.ts'

/** How many scores a correction makes anew: not which, for whoever may not see answers. */
export function ScoresRenewed({ scores: { responses, scores, z, bands } }: { scores: ScoreChanges }) {
  const { say } = useDesk()
  return <p className="alert">{scores === 0 ? say('scoresSame') : say('scoresRenewed', { responses, scores, z, bands })}</p>
}

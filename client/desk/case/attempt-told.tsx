import type { CaseFile } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { isMeans, isOutcome, meansTexts, outcomeTexts } from './attempt-words.ts'

/** What came of a try to reach somebody, in the record; nothing where it was erased. */
export function AttemptTold({ detail: { means, outcome, triedOn, nextOn } }: { detail: CaseFile['timeline'][number]['detail'] }) {
  const { say, date } = useDesk()
  if (!isMeans(means) || !isOutcome(outcome)) return null
  return (
    <span className="timeline-why">
      {say('attemptTold', { day: date(String(triedOn)), means: say(meansTexts[means]), outcome: say(outcomeTexts[outcome]) })}
      {typeof nextOn === 'string' && `; ${say('attemptRests', { day: date(nextOn) })}`}
    </span>
  )
}

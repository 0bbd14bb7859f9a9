import { useDesk } from '../shell/language.tsx'
import * as api from './api.ts'
import { WithReason } from './with-reason.tsx'

interface DiscardEntryProps {
  place: api.Place
  pass: number
  onDiscarded(): void
}

/** Throws away what was typed. */
export function DiscardEntry({ place, pass, onDiscarded }: DiscardEntryProps) {
  const { say } = useDesk()
  const discard = async (reason: string) => {
    await api.discard(place, { pass, reason })
    onDiscarded()
  }
  return (
    <WithReason
      label={say('entryDiscard')}
      title={say('entryDiscardTitle')}
      yes={say('entryDiscardYes')}
      no={say('entryDiscardNo')}
      act={discard}
    />
  )
}

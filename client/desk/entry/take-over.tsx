import { useDesk } from '../shell/language.tsx'
import { useMay } from '../shell/staff.tsx'
import * as api from './api.ts'
import { WithReason } from './with-reason.tsx'

interface TakeOverProps {
  place: api.Place
  pass: number
  onTaken(list: api.ListToType): void
}

/** Goes on with what a colleague typed half; for whoever may see what others answered. */
export function TakeOver({ place, pass, onTaken }: TakeOverProps) {
  const { say } = useDesk()
  const may = useMay(place.study, 'see answers')
  if (!may) return null
  return (
    <WithReason
      label={say('entryTakeOver')}
      title={say('entryTakeOverTitle')}
      lead={say('entryTakeOverLead')}
      yes={say('entryTakeOverYes')}
      no={say('entryTakeOverNo')}
      act={async (reason) => onTaken(await api.takeOver(place, { pass, reason }))}
    />
  )
}

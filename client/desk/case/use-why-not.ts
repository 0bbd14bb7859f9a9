import type { CaseFile } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import type { CaseAction } from './actions/action.ts'
import { useNames } from './names.tsx'

/** Why an action cannot be done to the person of the address, as the family is by now; null where it can, or where it is about nobody. */
export function useWhyNot(file: CaseFile, action: CaseAction | undefined, person: string | null): string | null {
  const { say, date } = useDesk()
  const names = useNames()
  if (person === null) return null
  const found = file.participants.find(({ id }) => id === person)
  if (!found) return say('personGone')
  if (!action || (action.isFor(file) && (action.ofPerson?.(found, file) ?? true))) return null
  const called = names.person(found.id)
  return found.state === 'active'
    ? say('personNotNow', { person: called })
    : say('personStopped', { person: called, date: date(found.stateAt) })
}

import { InvalidArgumentError } from 'commander'
import type { ParticipantKey } from '../workflow/pick-participant.ts'
import { wholeNumber } from './whole-number.ts'

/** Reads a participant as an option names one: `parent`, or `parent:2`. */
export function readParticipant(text: string): ParticipantKey {
  const [role = '', number, ...rest] = text.split(':')
  if (role === '' || rest.length > 0) throw new InvalidArgumentError('write a role, or a role and which of several: parent:2')
  return { role, ...(number !== undefined && { number: wholeNumber(number) }) }
}

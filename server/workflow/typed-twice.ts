import { doubleEntryOf, isTypedTwice, type ListInGroup } from '../../protocols/double-entry.ts'
import type { DoubleEntry, Protocol } from '../../protocols/schema.ts'
import { drawsFrom } from '../access/draws.ts'
import type { Assignment } from '../queries/assignments.ts'
import type { Case } from '../queries/cases.ts'

type Asked = Pick<Assignment, 'id' | 'studyId' | 'instrumentId' | 'wave'>

/** What the protocol of a study says of typing a list in a second time. */
export const ruleOf = (
  protocol: Protocol,
  { arm, cohort }: Pick<Case, 'arm' | 'cohort'>,
  role: string,
  { instrumentId, wave }: Asked,
): DoubleEntry | undefined => doubleEntryOf(protocol, { instrument: instrumentId, role, wave, arm, cohort } satisfies ListInGroup)

/**
 * Whether the protocol wants a list typed in by two people. Of a share each list has a draw of its own, by its id: the same every time
 * it is asked, and nothing that whoever types could foresee.
 */
export function mustBeTypedTwice(protocol: Protocol, group: Pick<Case, 'arm' | 'cohort'>, role: string, asked: Asked): boolean {
  const rule = ruleOf(protocol, group, role, asked)
  return rule !== undefined && isTypedTwice(rule, (seed) => drawsFrom(Buffer.from(seed), 'typed twice', asked.studyId, asked.id))
}

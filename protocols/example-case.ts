/** A case that nobody registered, to show what a protocol plans: one participant in each role, and every condition taken to hold. */
import type { PlanCase } from './case.ts'
import { assertFits } from './fits.ts'
import { parseDay, startOfDay } from './local-time.ts'
import type { Protocol } from './schema.ts'

export interface Group {
  cohort: string
  arm: string
}

/** Arms that cases of a cohort may be in. A cohort that the protocol does not have has none. */
export const armsOf = ({ arms, cohorts }: Pick<Protocol, 'arms' | 'cohorts'>, cohort: string): string[] =>
  Object.hasOwn(cohorts, cohort) ? (cohorts[cohort]?.arms ?? Object.keys(arms)) : []

/** Every pair of cohort and arm that can occur, in the order of the protocol. */
export const groupsOf = (protocol: Protocol): Group[] =>
  Object.keys(protocol.cohorts).flatMap((cohort) => armsOf(protocol, cohort).map((arm) => ({ cohort, arm })))

export interface Example extends Partial<Group> {
  /** Dates (`YYYY-MM-DD`) by anchor. */
  anchors: Record<string, string>
  /** The day on which the case comes in; before everything else unless given. */
  registered?: string | undefined
}

/**
 * The case. Without a cohort it is in the first that has the arm, without an arm in the first of its cohort. A participant's
 * id is the name of the role.
 *
 * Throws a RangeError when the protocol has no such arm, cohort or anchor, not together, or when a date is none.
 */
export function exampleCase(protocol: Protocol, { anchors, registered, ...asked }: Example): PlanCase {
  const [first = ''] = Object.keys(protocol.cohorts)
  const withArm = Object.keys(protocol.cohorts).find((cohort) => asked.arm === undefined || armsOf(protocol, cohort).includes(asked.arm))
  const cohort = asked.cohort ?? withArm ?? first
  const planCase: PlanCase = {
    arm: asked.arm ?? armsOf(protocol, cohort)[0] ?? (Object.keys(protocol.arms)[0] as string),
    cohort,
    registeredAt: registered === undefined ? '0000-01-01T00:00:00.000Z' : startOfDay(parseDay(registered), protocol.timeZone),
    anchors,
    participants: Object.keys(protocol.roles).map((role) => ({ id: role, role })),
    completed: [],
    hypothetical: true,
  }
  assertFits(protocol, planCase)
  return planCase
}

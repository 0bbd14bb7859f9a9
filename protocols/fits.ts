/** Whether a case belongs in a protocol at all. */
import type { PlanCase } from './case.ts'
import { parseDay } from './local-time.ts'
import type { Protocol } from './schema.ts'

/**
 * Throws a RangeError when a case has an arm, cohort, role or anchor that the protocol does not know, with those it
 * does know, or when the date of an anchor is none. Without this a misspelt arm would silently plan half a study.
 */
export function assertFits(protocol: Protocol, { arm, cohort, participants, anchors }: Omit<PlanCase, 'completed' | 'registeredAt'>): void {
  assertKnown(protocol, 'arm', arm, protocol.arms)
  assertKnown(protocol, 'cohort', cohort, protocol.cohorts)
  const allowed = protocol.cohorts[cohort]?.arms
  if (allowed && !allowed.includes(arm))
    throw new RangeError(`cases of the cohort "${cohort}" are in the arm ${allowed.join(' or ')}, not in "${arm}"`)
  for (const { role } of participants) assertKnown(protocol, 'role', role, protocol.roles)
  for (const [name, date] of Object.entries(anchors)) {
    assertKnown(protocol, 'anchor', name, protocol.anchors)
    assertDay(name, date)
  }
}

function assertKnown({ id, version }: Protocol, noun: string, name: string, known: Record<string, unknown>): void {
  if (Object.hasOwn(known, name)) return
  throw new RangeError(`${id}@${version} has no ${noun} "${name}"; it has: ${Object.keys(known).join(', ')}`)
}

function assertDay(anchor: string, date: string): void {
  try {
    parseDay(date)
  } catch (error) {
    throw new RangeError(`anchor ${anchor}: ${(error as Error).message}`)
  }
}

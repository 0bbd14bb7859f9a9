/** What staff may choose from when they change something about a case. Pure. */
import type { Protocol } from '../../protocols/schema.ts'

export function caseChoices(protocol: Protocol, languages: readonly string[], { arm, cohort }: { arm: string; cohort: string }) {
  const lots = Object.keys(protocol.allocation?.ratio ?? {})
  const reasonsOf = (of: 'assignment' | 'participant') =>
    Object.entries(protocol.nonResponse).flatMap(([id, reason]) => (reason.of === of ? [{ id, title: reason.title }] : []))
  return {
    arm,
    cohort,
    /** Arms into which it may be moved: none of those that are drawn by lot. */
    arms: lots.includes(arm) ? [] : titled(protocol.arms).filter(({ id }) => !lots.includes(id)),
    cohorts: titled(protocol.cohorts).map((one) => ({ ...one, arms: protocol.cohorts[one.id]?.arms ?? null })),
    anchors: titled(protocol.anchors),
    roles: Object.entries(protocol.roles).map(([id, { title, mail }]) => ({ id, title, mail })),
    languages,
    /** Coded reasons for which a list is called off, and for which somebody stops. */
    listReasons: reasonsOf('assignment'),
    stopReasons: reasonsOf('participant'),
    consents: protocol.consents.map(({ purpose, roles, required }) => ({ purpose, roles, required })),
    /** The cohort of cases that are compared with an index case, and by which criteria. */
    matching: protocol.matching
      ? {
          cohort: protocol.matching.cohort,
          criteria: Object.entries(protocol.matching.criteria).map(([id, { title }]) => ({ id, title })),
        }
      : null,
  }
}

const titled = <T extends { title: Record<string, string> }>(all: Record<string, T>) =>
  Object.entries(all).map(([id, { title }]) => ({ id, title }))

/**
 * The flow of families through a study: how many came in, who refused and withdrew, and of each instrument what became of it
 * in how many families. Every family has one outcome, so that the numbers of a line add up. Pure; docs/non-response.md has the
 * definitions.
 */
import { parseReference } from '../../instruments/definition.ts'
import { isFor } from '../../protocols/applies.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Assignment } from '../queries/assignments.ts'
import type { Case } from '../queries/cases.ts'
import type { Participant } from '../queries/participants.ts'
import { type Outcome, type Outcomes, outcomeOf, tally } from './outcomes.ts'

/** What the flow has to know of a family. */
export interface FlowCase extends Pick<Case, 'arm' | 'cohort'> {
  /** Whether it does not belong in the study. */
  mistaken: boolean
  participants: Pick<Participant, 'role' | 'state' | 'stateAt' | 'stateReason'>[]
  assignments: FlowAssignment[]
}

export type FlowAssignment = Pick<Assignment, 'instrumentId' | 'wave' | 'state' | 'reason' | 'endedAt'>

export interface FamilyFlow {
  /** The role that speaks for the family: the first of the protocol. */
  role: string
  /** Every cohort with each arm that its cases may be in. */
  groups: (Group & Participation)[]
  all: Participation
  /** In the order of the schedule. */
  instruments: InstrumentFlow[]
}

export interface Group {
  cohort: string
  arm: string
}

/**
 * Families by what those in the first role said; refused, withdrew, active and nobody add up to registered. `mistakes`: beside these,
 * those that were registered and do not belong in the study.
 */
export interface Participation {
  mistakes: number
  registered: number
  refused: number
  withdrew: number
  active: number
  /** In which nobody has that role: families of whom only a file is read. */
  nobody: number
  /** Why families refused or withdrew. */
  reasons: { state: 'refused' | 'withdrew'; reason: string | null; families: number }[]
}

export interface InstrumentFlow {
  instrument: string
  /** Families by the best that came of it in any wave. */
  families: Outcomes
  groups: (Group & { families: Outcomes })[]
  waves: { wave: string; families: Outcomes; assignments: Outcomes }[]
}

/** `protocols`: those that the study runs or ran, the latest last; at least one. */
export function familyFlow(protocols: readonly Protocol[], all: readonly FlowCase[]): FamilyFlow {
  const cases = all.filter(({ mistaken }) => !mistaken)
  const latest = protocols.at(-1) as Protocol
  const [role = ''] = Object.keys(latest.roles)
  const groups = groupsOf(latest)
  return {
    role,
    groups: groups.map((group) => ({ ...group, ...participation(latest, all.filter(isIn(group)), role) })),
    all: participation(latest, all, role),
    instruments: instrumentsOf(protocols, cases).map((instrument) => instrumentFlow(instrument, protocols, groups, cases)),
  }
}

const groupsOf = ({ cohorts, arms }: Protocol): Group[] =>
  Object.entries(cohorts).flatMap(([cohort, { arms: allowed }]) => (allowed ?? Object.keys(arms)).map((arm) => ({ cohort, arm })))

const isIn =
  ({ cohort, arm }: Group) =>
  (one: FlowCase): boolean =>
    one.cohort === cohort && one.arm === arm

function instrumentsOf(protocols: readonly Protocol[], cases: readonly FlowCase[]): string[] {
  const scheduled = protocols.toReversed().flatMap(({ schedule }) => schedule.map(({ instrument }) => parseReference(instrument).id))
  const recorded = cases.flatMap(({ assignments }) => assignments.map(({ instrumentId }) => instrumentId))
  return [...new Set([...scheduled, ...recorded.toSorted()])]
}

function participation({ nonResponse }: Protocol, all: readonly FlowCase[], role: string): Participation {
  const cases = all.filter(({ mistaken }) => !mistaken)
  const said = cases.map((one) => saidBy(one, role))
  const count = (state: Said['state']): number => said.filter((one) => one.state === state).length
  const known = [...new Set([...Object.keys(nonResponse), ...said.flatMap((one) => one.reason ?? []).toSorted()]), null]
  const reasons = known.flatMap((reason) =>
    (['refused', 'withdrew'] as const).map((state) => ({
      state,
      reason,
      families: said.filter((one) => one.state === state && one.reason === reason).length,
    })),
  )
  return {
    mistakes: all.length - cases.length,
    registered: cases.length,
    refused: count('refused'),
    withdrew: count('withdrew'),
    active: count('active'),
    nobody: count('nobody'),
    reasons: reasons.filter(({ families }) => families > 0),
  }
}

export interface Said {
  state: 'refused' | 'withdrew' | 'active' | 'nobody'
  reason: string | null
}

/**
 * A family takes part as long as one of those in the role does. When all have stopped it refused if all of them declined, and
 * withdrew otherwise; the reason is that of the one who stopped last. Whoever handed over is spoken for by their successor.
 */
export function saidBy({ participants }: Pick<FlowCase, 'participants'>, role: string): Said {
  const inRole = participants.filter((one) => one.role === role && one.state !== 'handed over')
  const last = inRole.toSorted((a, b) => (a.stateAt < b.stateAt ? -1 : Number(a.stateAt > b.stateAt))).at(-1)
  if (!last) return { state: 'nobody', reason: null }
  if (inRole.some(({ state }) => state === 'active')) return { state: 'active', reason: null }
  return { state: inRole.every(({ state }) => state === 'declined') ? 'refused' : 'withdrew', reason: last.stateReason }
}

function instrumentFlow(
  instrument: string,
  protocols: readonly Protocol[],
  groups: readonly Group[],
  cases: readonly FlowCase[],
): InstrumentFlow {
  const rows = protocols.flatMap(({ schedule }) => schedule.filter((row) => parseReference(row.instrument).id === instrument))
  const own = ({ assignments }: FlowCase, wave?: string) =>
    assignments.filter((one) => one.instrumentId === instrument && (wave === undefined || one.wave === wave))
  const outcome = (one: FlowCase, wave?: string): Outcome => {
    const isAsked = rows.some((row) => isFor(row, one.arm, one.cohort) && (wave === undefined || row.waves.includes(wave)))
    return outcomeOf(own(one, wave), isAsked)
  }
  const { waves } = protocols.at(-1) as Protocol
  const known = [...new Set([...waves.map(({ id }) => id), ...cases.flatMap((one) => own(one).map(({ wave }) => wave)).toSorted()])]
  return {
    instrument,
    families: tally(cases.map((one) => outcome(one))),
    groups: groups.map((group) => ({ ...group, families: tally(cases.filter(isIn(group)).map((one) => outcome(one))) })),
    waves: known
      .filter((wave) => rows.some((row) => row.waves.includes(wave)) || cases.some((one) => own(one, wave).length > 0))
      .map((wave) => ({
        wave,
        families: tally(cases.map((one) => outcome(one, wave))),
        assignments: tally(cases.flatMap((one) => own(one, wave).map((assignment) => outcomeOf([assignment], true)))),
      })),
  }
}

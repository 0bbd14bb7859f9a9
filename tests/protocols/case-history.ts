/** A case as it would be recorded: changes are applied to it, and a ticker that is never late opens, expires and sends. */
import type { PlanCase, Recorded } from '../../protocols/case.ts'
import { type Changes, changes } from '../../protocols/changes.ts'
import { later } from '../../protocols/local-time.ts'
import { plan } from '../../protocols/plan.ts'
import { smallProtocol } from './small-protocol.ts'

export const nothingRecorded: Recorded = { assignments: [], messages: [] }
export const noChanges: Changes = {
  add: { assignments: [], messages: [] },
  move: { assignments: [], messages: [] },
  cancel: { assignments: [], messages: [] },
}

/** What is recorded after changes are applied. Ids are speaking: `p T0 veo` (and about whom, if about one), `p T0 invitation`. */
export function apply({ assignments, messages }: Recorded, { add, move, cancel }: Changes): Recorded {
  const changed = <Row extends { id: string }>(rows: Row[], moves: { id: string; to: object }[], cancelled: { id: string }[]): Row[] =>
    rows.map((row) => {
      const to = moves.find(({ id }) => id === row.id)?.to
      return cancelled.some(({ id }) => id === row.id) ? { ...row, state: 'cancelled' } : { ...row, ...to }
    })
  const messageMoves = move.messages.map(({ id, to }) => ({ id, to: { state: to.state, dueAt: to.at } }))
  return {
    assignments: [
      ...changed(assignments, move.assignments, cancel.assignments),
      ...add.assignments.map(({ participant, wave, instrument, about, target, opensAt, closesAt }) => ({
        id: [participant, wave, instrument.id, about ?? []].flat().join(' '),
        participant,
        about,
        wave,
        instrumentId: instrument.id,
        instrumentVersion: instrument.version,
        state: 'scheduled' as const,
        target,
        opensAt,
        closesAt,
      })),
    ],
    messages: [
      ...changed(messages, messageMoves, cancel.messages),
      ...add.messages.map(({ participant, wave, kind, at }) => {
        return { id: `${participant} ${wave} ${kind}`, participant, wave, kind, state: 'planned' as const, dueAt: at }
      }),
    ],
  }
}

/** What is recorded at `to` when everything that fell due since `from` was done at its moment. */
export function tick({ assignments, messages }: Recorded, from: string, to: string): Recorded {
  return {
    assignments: assignments.map((one) => {
      if (one.state !== 'scheduled' && one.state !== 'open' && one.state !== 'in progress') return one
      if (one.closesAt <= to) return { ...one, state: 'expired' }
      return one.state === 'scheduled' && one.opensAt <= to ? { ...one, state: 'open' } : one
    }),
    messages: messages.map((one) =>
      one.state === 'planned' && one.dueAt <= to ? { ...one, state: 'sent', settledAt: later(one.dueAt, from) } : one,
    ),
  }
}

export const changesOf = (planCase: PlanCase, recorded: Recorded, now: string, protocol = smallProtocol): Changes =>
  changes(plan(protocol, planCase), recorded, now)

/** Plans a case and applies what has to change. */
export const replan = (planCase: PlanCase, recorded: Recorded, now: string): Recorded => apply(recorded, changesOf(planCase, recorded, now))

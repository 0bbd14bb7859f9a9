/** Assignments that will not come, for a reason that the protocol codes: non-response is data. */
import type { Changes } from '../../protocols/changes.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { type Assignment, assignmentsOfCase, setAssignmentState } from '../queries/assignments.ts'
import { recordEvent } from '../queries/events.ts'
import { participantsOfCase } from '../queries/participants.ts'
import { listInEvent } from './about-whom.ts'
import type { CaseKey } from './add-participant.ts'
import { needCase } from './need-case.ts'
import { type AssignmentsKey, pickAssignments, type Recorded, whose } from './pick-assignments.ts'
import { replanCase } from './replan-case.ts'
import type { Told } from './told.ts'

export interface CalledOff {
  instrument: string
  /** Whose assignments they are: `file-researcher 1`, `interviewer 1 about parent 2`. */
  of: string
  /** Waves that were called off, or for which that was taken back. */
  waves: string[]
  /** Waves that were left as they are, with their state. */
  left: { wave: string; state: Assignment['state'] }[]
  /** What follows for the plan: mail that is not needed any more, or is again. */
  changes: Changes
}

/**
 * Calls off what has not come of these assignments; one that expired gets its reason afterwards. Without a wave those that
 * are completed are left as they are. What somebody had typed in one is kept.
 *
 * Throws a Failure, and changes nothing, for an unknown case, assignment or reason, and when there is nothing to call off.
 */
export async function callOff(context: Context, key: CaseKey, which: AssignmentsKey, reason: string, told?: Told): Promise<CalledOff> {
  return await change(context, key, which, async (tx, { protocol, recorded, meant, now }) => {
    needReason(protocol, reason)
    const [toEnd, left] = partition(meant, ({ state }) => state !== 'completed' && state !== 'cancelled')
    if (toEnd.length === 0)
      throw new Failure(`${left.map((one) => whyNot(recorded, one)).join('\n')}\nNothing was changed.`, 'nothing-to-call-off')
    for (const { id } of toEnd) await setAssignmentState(tx, id, { state: 'cancelled', reason, endedAt: now })
    return { changed: toEnd, left, kind: 'called off', detail: { reason, ...told } }
  })
}

/**
 * Takes calling off back: what the protocol still asks is asked again, in its window; the rest stays cancelled, without a
 * reason. Throws a Failure, and changes nothing, for an unknown case or assignment, and when none of them was called off.
 */
export async function undoCallOff(context: Context, key: CaseKey, which: AssignmentsKey, told?: Told): Promise<CalledOff> {
  return await change(context, key, which, async (tx, { recorded, meant }) => {
    const [calledOff, left] = partition(meant, ({ reason }) => reason !== null)
    if (calledOff.length === 0)
      throw new Failure(
        `${left.map((one) => `${nameOf(recorded, one)} is ${one.state}: it was not called off.`).join('\n')}\nNothing was changed.`,
        'not-called-off',
      )
    for (const { id } of calledOff) await setAssignmentState(tx, id, { state: 'cancelled', reason: null })
    return { changed: calledOff, left, kind: 'calling off undone', detail: { ...told } }
  })
}

interface Meant {
  protocol: Protocol
  recorded: Recorded
  meant: Assignment[]
  now: string
}

interface Changed {
  changed: Assignment[]
  left: Assignment[]
  /** Of the event of each. */
  kind: string
  detail: Record<string, unknown>
}

async function change(
  context: Context,
  { study: studyId, code }: CaseKey,
  which: AssignmentsKey,
  work: (tx: Db, meant: Meant) => Promise<Changed>,
): Promise<CalledOff> {
  const { found, study, protocol } = await needCase(context, studyId, code)
  return await context.stores.study.withTx(async (tx) => {
    const now = context.clock.now()
    const [participants, assignments] = [await participantsOfCase(tx, found.id), await assignmentsOfCase(tx, found.id)]
    const recorded = { code, participants, assignments }
    const meant = pickAssignments(recorded, which).toSorted(inOrderOf(protocol))
    const { changed, left, kind, detail } = await work(tx, { protocol, recorded, meant, now })
    for (const assignment of changed)
      await recordEvent(tx, {
        at: now,
        studyId: study.id,
        caseId: found.id,
        participantId: assignment.participantId,
        wave: assignment.wave,
        kind,
        detail: { ...listInEvent(assignment), ...detail },
      })
    return {
      instrument: which.instrument,
      of: whose(recorded, meant[0] as Assignment),
      waves: changed.map(({ wave }) => wave),
      left: left.map(({ wave, state }) => ({ wave, state })),
      changes: await replanCase(tx, context, found.id),
    }
  })
}

/** Throws a Failure when the protocol has no such reason for an assignment that will not come. */
export function needReason({ nonResponse }: Protocol, reason: string): void {
  const known = Object.entries(nonResponse).flatMap(([id, { of, title }]) => (of === 'assignment' ? [{ id, title: title.en ?? id }] : []))
  if (known.some(({ id }) => id === reason)) return
  const list = known.map(({ id, title }) => `  ${id}: ${title}`).join('\n')
  throw new Failure(
    `"${reason}" is not a reason for which an assignment is called off; the protocol has ${known.length > 0 ? `these:\n${list}` : 'none.'}\nNothing was changed.`,
    'no-reason',
  )
}

function whyNot(recorded: Recorded, assignment: Assignment): string {
  const called = nameOf(recorded, assignment)
  if (assignment.state === 'completed') return `${called} is completed: what was answered is never called off.`
  if (assignment.reason) return `${called} was called off already (${assignment.reason}); --undo takes that back.`
  return `${called} is not asked any more: the case or the participant has changed, and why is recorded there.`
}

const nameOf = (recorded: Recorded, assignment: Assignment): string =>
  `${assignment.instrumentId} at ${assignment.wave} of ${whose(recorded, assignment)}`

const inOrderOf =
  ({ waves }: Protocol) =>
  (a: Assignment, b: Assignment): number =>
    waves.findIndex(({ id }) => id === a.wave) - waves.findIndex(({ id }) => id === b.wave)

function partition<T>(all: T[], holds: (one: T) => boolean): [yes: T[], no: T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))]
}

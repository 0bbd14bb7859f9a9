/** Makes what is recorded of a case equal to what its protocol plans, and leaves alone what has happened. */
import { formatReference } from '../../instruments/definition.ts'
import { type Changes, changes } from '../../protocols/changes.ts'
import { untilClosing } from '../../protocols/closing.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { type Period, planOver } from '../../protocols/versions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { periodsOfStudy, protocolOf } from '../definitions/protocol-of-study.ts'
import { isConfirmation } from '../mail/confirmations.ts'
import { isRepeat } from '../mail/repeats.ts'
import { assignmentsOfCase, insertAssignments, moveAssignment, setAssignmentState } from '../queries/assignments.ts'
import { type Case, findCase } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { cancelMessage, insertMessages, messagesOfCase, moveMessage } from '../queries/messages.ts'
import { findStudy } from '../queries/studies.ts'
import { planCaseOf } from './plan-case.ts'
import { plannedRows } from './planned-rows.ts'

/** What may be tried out: other dates for some anchors, another arm, other versions. */
export interface WhatIf {
  anchors?: Record<string, string>
  place?: Partial<Pick<Case, 'arm' | 'cohort'>>
}

/** What would change in the plan of a case at `now`, also if something were otherwise; nothing is written. */
export async function changesOfCase(db: Db, periods: readonly Period[], found: Case, now: string, whatIf: WhatIf = {}): Promise<Changes> {
  const [planCase, assignments, messages] = await Promise.all([
    planCaseOf(db, periods, { ...found, ...whatIf.place }, now),
    assignmentsOfCase(db, found.id),
    messagesOfCase(db, found.id),
  ])
  const everything = planOver(periods, { ...planCase, anchors: { ...planCase.anchors, ...whatIf.anchors } })
  // Of a family that does not belong in the study nothing is asked.
  const planned = found.mistakenAt === null ? everything : { ...everything, assignments: [], messages: [] }
  const wanted = untilClosing(planned, (await findStudy(db, found.studyId))?.closedAt ?? null)
  const recorded = {
    assignments: assignments.map(({ participantId, aboutId, ...assignment }) => ({
      ...assignment,
      participant: participantId,
      about: aboutId,
    })),
    messages: messages
      .filter(({ kind }) => !isConfirmation(kind) && !isRepeat(kind))
      .map(({ participantId, ...message }) => ({ ...message, participant: participantId })),
  }
  return changes(wanted, recorded, now)
}

/**
 * Applies the plan of a case within a transaction, and says what it changed. What the study adopted is read here, so that nobody
 * plans by what it was a moment ago.
 */
export async function replanCase(tx: Db, context: Pick<Context, 'clock' | 'baseUrl' | 'definitions'>, caseId: string): Promise<Changes> {
  const found = await findCase(tx, caseId)
  const study = found && (await findStudy(tx, found.studyId))
  if (!study) throw new RangeError(`there is no case ${caseId}`)
  const now = context.clock.now()
  const todo = await changesOfCase(tx, periodsOfStudy(context.definitions, study), found, now)
  const { studyId } = found

  const rows = plannedRows(todo.add, { studyId, caseId, domain: new URL(context.baseUrl).hostname })
  await insertAssignments(tx, rows.assignments)
  await insertMessages(tx, rows.messages)
  for (const { id, to } of todo.move.assignments) await moveAssignment(tx, id, to)
  for (const { id, to } of todo.move.messages) await moveMessage(tx, id, to.at)
  for (const { id } of todo.cancel.assignments) await setAssignmentState(tx, id, { state: 'cancelled', endedAt: now })
  for (const { id, reason } of todo.cancel.messages) await cancelMessage(tx, id, reason, now)
  if (changed(todo)) {
    const detail = whatChanged(todo, protocolOf(context.definitions, study, now))
    await recordEvent(tx, { at: now, studyId, caseId, kind: 'planned', detail })
  }
  return todo
}

const counts = ({ assignments, messages }: { assignments: unknown[]; messages: unknown[] }) => ({
  assignments: assignments.length,
  messages: messages.length,
})

/** As the event `planned` has it. */
export const whatChanged = ({ add, move, cancel }: Changes, protocol: Protocol) => ({
  protocol: formatReference(protocol),
  added: counts(add),
  moved: counts(move),
  cancelled: counts(cancel),
})

const changed = ({ add, move, cancel }: Changes): boolean =>
  [add, move, cancel].some(({ assignments, messages }) => assignments.length + messages.length > 0)

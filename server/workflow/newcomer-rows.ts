/** All rows of a case that comes in, worked out before anything is written: whoever answers meanwhile need not wait for that. */
import { type Changes, changes } from '../../protocols/changes.ts'
import { untilClosing } from '../../protocols/closing.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { type Period, planOver } from '../../protocols/versions.ts'
import type { Db } from '../db/tx.ts'
import { newId } from '../new-id.ts'
import { insertAssignments } from '../queries/assignments.ts'
import { type Case, insertCase, insertChild, setAnchor } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { insertMessages } from '../queries/messages.ts'
import { insertParticipant, type Participant } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import { type Lot, recordLot } from './allocate.ts'
import type { CaseEntry, ParticipantEntry } from './check-case.ts'
import type { Newcomer } from './contact-data.ts'
import { type PlannedRows, plannedRows } from './planned-rows.ts'
import { whatChanged } from './replan-case.ts'

/** A case that is about to be registered, with the ids that it and its people will have. */
export interface NewCase {
  entry: CaseEntry
  id: string
  people: Newcomer[]
}

export const withIds = (entries: readonly CaseEntry[]): NewCase[] =>
  entries.map((entry) => ({
    entry,
    id: newId(),
    people: entry.participants.map((participant) => ({ participant, id: newId() })),
  }))

export interface Surroundings {
  study: Study
  protocol: Protocol
  periods: readonly Period[]
  now: string
  /** Of the Message-IDs. */
  domain: string
  mailboxKey(participant: ParticipantEntry): string | null
}

export interface NewRows extends PlannedRows {
  case: Case
  children: string[]
  anchors: Record<string, string>
  participants: Participant[]
  lot: Lot | undefined
  /** What the event says that was planned; null where nothing was. */
  planned: ReturnType<typeof whatChanged> | null
}

/** Nobody has consented, answered or been drawn into a sample yet: the plan follows from what was entered. Pure, but for the ids. */
export function newcomerRows({ entry, id, people }: NewCase, lot: Lot | undefined, around: Surroundings): NewRows {
  const { study, protocol, now, domain, mailboxKey } = around
  const found: Case = {
    id,
    studyId: study.id,
    code: entry.code,
    arm: lot?.arm ?? entry.arm,
    cohort: entry.cohort,
    region: entry.region ?? null,
    indexCaseId: null,
    mistakenAt: null,
    mistakeReason: null,
    sameAsId: null,
    registeredAt: now,
  }
  const participants = people.map(({ participant, id: participantId }, index) => ({
    ...comesIn,
    id: participantId,
    caseId: id,
    role: participant.role,
    number: people.slice(0, index + 1).filter((other) => other.participant.role === participant.role).length,
    language: participant.language,
    sex: participant.sex ?? null,
    stateAt: now,
    withoutMailAt: participant.withoutMail ? now : null,
    mailboxKey: mailboxKey(participant),
  }))
  const add = planOfNewcomer(found, participants, entry.anchors, around)
  const isPlanned = add.add.assignments.length + add.add.messages.length > 0
  return {
    case: found,
    children: entry.childBirthMonth === undefined ? [] : [entry.childBirthMonth, ...(entry.otherChildBirthMonths ?? [])],
    anchors: entry.anchors,
    participants,
    lot,
    ...plannedRows(add.add, { studyId: study.id, caseId: id, domain }),
    planned: isPlanned ? whatChanged(add, protocol) : null,
  }
}

const comesIn = {
  state: 'active',
  stateReason: null,
  joinedAt: null,
  succeedsId: null,
  addressRefusedAt: null,
  remindersStoppedAt: null,
  answersErasedAt: null,
  contactRemovedAt: null,
} as const

function planOfNewcomer(
  { arm, cohort, registeredAt }: Case,
  participants: Participant[],
  anchors: Record<string, string>,
  { study, periods, now }: Surroundings,
): Changes {
  // In the order in which the plan of a case that is recorded has them.
  const people = participants
    .toSorted((a, b) => (a.role < b.role ? -1 : Number(a.role > b.role)) || a.number - b.number)
    .map(({ id, role, withoutMailAt }) => ({ id, role, ...(withoutMailAt !== null && { withoutMail: true as const }) }))
  const planned = planOver(periods, { arm, cohort, registeredAt, anchors, participants: people, completed: [] })
  return changes(untilClosing(planned, study.closedAt), { assignments: [], messages: [] }, now)
}

export async function insertNewcomer(tx: Db, rows: NewRows): Promise<void> {
  const { case: found, lot, planned } = rows
  const { id: caseId, studyId, registeredAt: at } = found
  await insertCase(tx, found)
  for (const [index, birthMonth] of rows.children.entries()) await insertChild(tx, { caseId, number: index + 1, birthMonth })
  for (const [name, date] of Object.entries(rows.anchors)) await setAnchor(tx, caseId, name, date, at)
  for (const participant of rows.participants) await insertParticipant(tx, participant)
  const detail = { anchors: rows.anchors, participants: rows.participants.length }
  await recordEvent(tx, { at, studyId, caseId, kind: 'registered', detail })
  if (lot) await recordLot(tx, studyId, caseId, lot, at)
  await insertAssignments(tx, rows.assignments)
  await insertMessages(tx, rows.messages)
  if (planned) await recordEvent(tx, { at, studyId, caseId, kind: 'planned', detail: planned })
}

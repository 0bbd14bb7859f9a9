/** A case with all that it is connected to: its people, children, dates, assignments, and the cases it is compared with. No contact data. */
import { formatReference } from '../../instruments/definition.ts'
import { compare } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { type Assignment, assignmentsOfCase } from '../queries/assignments.ts'
import { anchorsOf, childrenOf, findCase } from '../queries/cases.ts'
import { consentsOfCase } from '../queries/desk.ts'
import { type Participant, participantsOfCase } from '../queries/participants.ts'
import { samplesOfCase } from '../queries/samples.ts'
import { describePeople } from './case-people.ts'
import { comparisonsOf } from './comparisons.ts'
import { needCase } from './need-case.ts'
import { nameOf } from './pick-participant.ts'
import { roleOrder, scheduleOrder } from './schedule-order.ts'

/** Throws a Failure when there is no such study or case. */
export async function caseGraph(context: Context, studyId: string, code: string) {
  const { found, study, protocol } = await needCase(context, studyId, code, { evenMistaken: true })
  const db = context.stores.study.read
  const [anchors, children, participants, consents, assignments, samples, comparisons] = await Promise.all([
    anchorsOf(db, found.id),
    childrenOf(db, found.id),
    participantsOfCase(db, found.id),
    consentsOfCase(db, found.id),
    assignmentsOfCase(db, found.id),
    samplesOfCase(db, found.id),
    comparisonsOf(db, protocol, found),
  ])
  const sameAs = found.sameAsId === null ? null : ((await findCase(db, found.sameAsId))?.code ?? null)
  const names = new Map(participants.map((one) => [one.id, nameOf(one)]))
  const called = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id))
  return {
    study: study.id,
    timeZone: protocol.timeZone,
    code: found.code,
    arm: found.arm,
    cohort: found.cohort,
    region: found.region,
    registeredAt: found.registeredAt,
    mistake: found.mistakenAt === null ? null : { at: found.mistakenAt, reason: found.mistakeReason, sameAs },
    children: children.map((birthMonth, place) => ({ number: place + 1, birthMonth })),
    anchors: Object.entries(anchors)
      .map(([name, date]) => ({ name, date }))
      .sort((a, b) => compare(a.date, b.date)),
    people: describePeople(protocol, participants, consents).map(({ id, place: _, succeeds, succeededBy, ...person }) => ({
      name: nameOf(person),
      pseudonym: id,
      ...person,
      succeeds: called(succeeds),
      succeededBy: called(succeededBy),
    })),
    assignments: inOrder(protocol, participants, assignments).map(({ participantId, aboutId, ...row }) => ({
      wave: row.wave,
      who: called(participantId),
      about: called(aboutId),
      instrument: formatReference({ id: row.instrumentId, version: row.instrumentVersion }),
      state: row.state,
      reason: row.reason,
      target: row.target,
      opensAt: row.opensAt,
      closesAt: row.closesAt,
      endedAt: row.endedAt,
    })),
    samples,
    ...comparisons,
  }
}

export type CaseGraph = Awaited<ReturnType<typeof caseGraph>>

/** By wave, then by who answers, then as the schedule has them. */
function inOrder(protocol: Protocol, participants: Participant[], assignments: Assignment[]): Assignment[] {
  const waves = protocol.waves.map(({ id }) => id)
  const people = participants.toSorted((a, b) => roleOrder(protocol)(a, b) || a.number - b.number).map(({ id }) => id)
  const inSchedule = scheduleOrder(protocol)
  return assignments.toSorted(
    (a, b) =>
      waves.indexOf(a.wave) - waves.indexOf(b.wave) ||
      people.indexOf(a.participantId) - people.indexOf(b.participantId) ||
      inSchedule(a, b) ||
      people.indexOf(a.aboutId ?? '') - people.indexOf(b.aboutId ?? ''),
  )
}

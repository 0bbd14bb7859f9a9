/** Registers cases with their participants, and plans them. All of them, or none. */
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { newId } from '../new-id.ts'
import { insertCase, insertChild, setAnchor, takenCodes } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { insertParticipant } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import { lotsOf, recordLot } from './allocate.ts'
import { assertKey } from './assert-key.ts'
import { type CaseEntry, caseProblems, type EntryProblem, type ParticipantEntry } from './check-case.ts'
import { forgetContactData, type Newcomer, storeContactData } from './contact-data.ts'
import { mailboxKeyOf } from './mailbox-key.ts'
import { replanCase } from './replan-case.ts'
import { languagesOfStudy } from './study-languages.ts'

/** A problem of one of the entries, by its index. */
export type RegistrationProblem = EntryProblem & { case: number }

export interface Registration {
  /** Ids by case code; empty when there are problems. */
  cases: Map<string, string>
  /** Arms that were drawn by lot, by case code. */
  arms: Map<string, string>
  problems: RegistrationProblem[]
}

/**
 * Registers `entries` in one transaction, or none of them when there are problems.
 *
 * Contact data are on disk first: a case without them could not be written to, while contact data without a case are
 * removed right here, or at the next start.
 *
 * `onProgress` is told how many cases are written, and may stop it by throwing: then nothing is registered. Nobody else writes
 * meanwhile.
 */
export async function registerCases(
  context: Context,
  study: Study,
  entries: CaseEntry[],
  onProgress?: (done: number) => Promise<void>,
): Promise<Registration> {
  await assertKey(context)
  const protocol = protocolOf(context.definitions, study, context.clock.now())
  const problems = await registrationProblems(context, study, protocol, entries)
  if (problems.length > 0) return refused(problems)

  const prepared = entries.map((entry) => ({
    entry,
    id: newId(),
    people: entry.participants.map((participant) => ({ participant, id: newId() })),
  }))
  const people = prepared.flatMap((row) => row.people)
  const drawLot = await lotsOf(context, study, protocol)
  const now = context.clock.now()
  await storeContactData(context, people, now)
  try {
    const registration = await context.stores.study.withTx(async (tx) => {
      const taken = await codesTaken(tx, study, entries)
      if (taken.length > 0) return refused(taken)
      const arms = new Map<string, string>()
      for (const [done, row] of prepared.entries()) {
        await onProgress?.(done)
        const lot = await drawLot(tx, row.entry)
        await insertRows(tx, study, row, {
          arm: lot?.arm ?? row.entry.arm,
          now,
          mailboxKey: (one) => mailboxKeyOf(context, protocol, study.id, one),
        })
        if (lot) await recordLot(tx, study.id, row.id, lot, now)
        if (lot) arms.set(row.entry.code, lot.arm)
        await replanCase(tx, context, row.id)
      }
      return { cases: new Map(prepared.map(({ entry, id }) => [entry.code, id])), arms, problems: [] }
    })
    if (registration.problems.length > 0) await forgetContactData(context, people)
    return registration
  } catch (reason) {
    // Where not even this can be written, the next start removes them; the reason that counts is the first one.
    await forgetContactData(context, people).catch(() => {})
    throw reason
  }
}

/** What is wrong with these entries; nothing is written. */
export async function registrationProblems(
  context: Context,
  study: Study,
  protocol: Protocol,
  entries: CaseEntry[],
): Promise<RegistrationProblem[]> {
  const languages = languagesOfStudy(context.definitions, study, protocol)
  return [
    ...entries.flatMap((entry, index) => caseProblems(protocol, languages, entry).map((problem) => ({ ...problem, case: index }))),
    ...repeatedCodes(entries),
    ...(await codesTaken(context.stores.study.read, study, entries)),
  ]
}

const refused = (problems: RegistrationProblem[]): Registration => ({ cases: new Map(), arms: new Map(), problems })

type Prepared = { entry: CaseEntry; id: string; people: Newcomer[] }

interface Given {
  arm: string
  now: string
  mailboxKey(participant: ParticipantEntry): string | null
}

async function insertRows(tx: Db, study: Study, { entry, id, people }: Prepared, { arm, now, mailboxKey }: Given): Promise<void> {
  await insertCase(tx, {
    id,
    studyId: study.id,
    code: entry.code,
    arm,
    cohort: entry.cohort,
    region: entry.region ?? null,
    indexCaseId: null,
    registeredAt: now,
  })
  for (const [index, birthMonth] of childrenOfEntry(entry).entries()) await insertChild(tx, { caseId: id, number: index + 1, birthMonth })
  for (const [name, date] of Object.entries(entry.anchors)) await setAnchor(tx, id, name, date, now)
  for (const [index, { participant, id: participantId }] of people.entries())
    await insertParticipant(tx, {
      id: participantId,
      caseId: id,
      role: participant.role,
      number: people.slice(0, index + 1).filter((other) => other.participant.role === participant.role).length,
      language: participant.language,
      sex: participant.sex ?? null,
      state: 'active',
      stateAt: now,
      stateReason: null,
      joinedAt: null,
      succeedsId: null,
      addressRefusedAt: null,
      remindersStoppedAt: null,
      answersErasedAt: null,
      contactRemovedAt: null,
      mailboxKey: mailboxKey(participant),
    })
  await recordEvent(tx, {
    at: now,
    studyId: study.id,
    caseId: id,
    kind: 'registered',
    detail: { anchors: entry.anchors, participants: people.length },
  })
}

const childrenOfEntry = ({ childBirthMonth, otherChildBirthMonths = [] }: CaseEntry): string[] =>
  childBirthMonth === undefined ? [] : [childBirthMonth, ...otherChildBirthMonths]

const taken = (index: number, code: string, fault: 'taken' | 'repeated', reason: string): RegistrationProblem => ({
  case: index,
  field: 'code',
  fault,
  reason: `${code} ${reason}`,
})

function repeatedCodes(entries: CaseEntry[]): RegistrationProblem[] {
  const first = new Set<string>()
  return entries.flatMap(({ code }, index) => {
    const repeated = first.has(code)
    first.add(code)
    return repeated ? [taken(index, code, 'repeated', 'stands here a second time')] : []
  })
}

async function codesTaken(db: Db, study: Study, entries: CaseEntry[]): Promise<RegistrationProblem[]> {
  const known = new Set(
    await takenCodes(
      db,
      study.id,
      entries.map(({ code }) => code),
    ),
  )
  return entries.flatMap(({ code }, index) => (known.has(code) ? [taken(index, code, 'taken', `is already a case of ${study.id}`)] : []))
}

/** Registers cases with their participants, and plans them. All of them, or none. */
import { isDeepStrictEqual } from 'node:util'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { periodsOfStudy, protocolOf } from '../definitions/protocol-of-study.ts'
import { takenCodes } from '../queries/cases.ts'
import { findStudy, type Study } from '../queries/studies.ts'
import { lotsOf } from './allocate.ts'
import { assertKey } from './assert-key.ts'
import { type CaseEntry, caseProblems, type EntryProblem } from './check-case.ts'
import { arrived, storeContactData, takeBackContactData } from './contact-data.ts'
import { mailboxKeyOf } from './mailbox-key.ts'
import { insertNewcomer, type NewCase, type NewRows, newcomerRows, type Surroundings, withIds } from './newcomer-rows.ts'
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

export interface Watching {
  /** Is told of how many cases it is known what they become, and may stop it all by throwing: then nothing is registered. */
  onProgress?(done: number): Promise<void>
  /** Written in the transaction that registers the cases: it is there when they are, and not when they are not. */
  alongside?(tx: Db, registration: Registration): Promise<void>
}

/** Between so many cases that are written others may read, and it may be stopped. */
const stride = 100

/**
 * Registers `entries` in one transaction, or none of them when there are problems.
 *
 * What they become is worked out before: the transaction only writes, so that whoever answers does not wait for long. Where a lot
 * was drawn or another version adopted in between, it is worked out once more within.
 *
 * Contact data are on disk first: a case without them could not be written to, while contact data without a case are
 * removed right here, or at the next start.
 */
export async function registerCases(
  context: Context,
  study: Study,
  entries: CaseEntry[],
  { onProgress, alongside }: Watching = {},
): Promise<Registration> {
  await assertKey(context)
  const { study: store } = context.stores
  const now = context.clock.now()
  const protocol = protocolOf(context.definitions, study, now)
  const problems = await registrationProblems(context, study, protocol, entries)
  if (problems.length > 0) return refused(problems)

  const cases = withIds(entries)
  const people = cases.flatMap((row) => row.people)
  const worked = await workOut(store.read, context, study.id, cases, { now, onProgress })
  const arrival = await storeContactData(context, people, now)
  try {
    const registration = await store.withTx(async (tx) => {
      const taken = await codesTaken(tx, study, entries)
      if (taken.length > 0) return refused(taken)
      const { rows } = (await worked.holds(tx)) ? worked : await workOut(tx, context, study.id, cases, { now, onProgress })
      for (const [index, one] of rows.entries()) {
        if (index % stride === 0) await onProgress?.(rows.length)
        await insertNewcomer(tx, one)
      }
      const drawn = rows.flatMap(({ case: { code }, lot }) => (lot ? [[code, lot.arm] as const] : []))
      const done = { cases: new Map(rows.map(({ case: { code, id } }) => [code, id])), arms: new Map(drawn), problems: [] }
      await alongside?.(tx, done)
      await arrived(tx, arrival)
      return done
    })
    if (registration.problems.length > 0) await takeBackContactData(context, arrival)
    return registration
  } catch (reason) {
    // Where not even this can be written, the next start removes them; the reason that counts is the first one.
    await takeBackContactData(context, arrival).catch(() => {})
    throw reason
  }
}

/** The rows of all cases, as the study is now, and whether it still is so. */
async function workOut(
  db: Db,
  context: Context,
  studyId: string,
  cases: NewCase[],
  { now, onProgress }: Pick<Watching, 'onProgress'> & { now: string },
): Promise<{ rows: NewRows[]; holds(tx: Db): Promise<boolean> }> {
  const study = await findStudy(db, studyId)
  if (!study) throw new RangeError(`there is no study ${studyId}`)
  const protocol = protocolOf(context.definitions, study, now)
  const lots = await lotsOf(db, context, study, protocol)
  const around: Surroundings = {
    study,
    protocol,
    periods: periodsOfStudy(context.definitions, study),
    now,
    domain: new URL(context.baseUrl).hostname,
    mailboxKey: (one) => mailboxKeyOf(context, protocol, studyId, one),
  }
  const rows: NewRows[] = []
  for (const [done, one] of cases.entries()) {
    await onProgress?.(done)
    rows.push(newcomerRows(one, await lots.draw(one.entry), around))
  }
  return { rows, holds: async (tx) => isDeepStrictEqual(await findStudy(tx, studyId), study) && (await lots.hold(tx)) }
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

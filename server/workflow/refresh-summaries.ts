/** Makes summaries anew of cases to which something happened, and brings the sums into line with them. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { anyList } from '../db/study-schema/summaries.ts'
import type { Db } from '../db/tx.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { anchorsOf, findCase } from '../queries/cases.ts'
import { messagesOfCase } from '../queries/messages.ts'
import { participantsOfCase } from '../queries/participants.ts'
import { removeStale, someStale, takeStale } from '../queries/stale-cases.ts'
import { findStudy } from '../queries/studies.ts'
import {
  addCounts,
  type CaseList,
  type CaseSummary,
  caseListsOf,
  findSummary,
  type ListCount,
  lastEventAt,
  openingsOfCase,
  putCaseLists,
  putSummary,
  type WeekCount,
} from '../queries/summaries.ts'
import { summarise } from './summarise.ts'

/** So many cases at most in one transaction, and none after so many milliseconds, so that nobody who is answering waits long for theirs. */
const perTransaction = 50
const turnLength = 10

type Surroundings = Pick<Context, 'stores' | 'definitions' | 'clock'>

export interface Refreshing {
  /** So many cases at most: whoever looks must not wait for a whole import. */
  most?: number | undefined
  /** Milliseconds after which no further ones are begun. */
  within?: number | undefined
  /** Once it is aborted no further ones are begun. */
  signal?: AbortSignal | undefined
}

/** Of all that are stale, unless that is limited: those that are left stay stale, for the next who comes. */
export async function refreshSummaries(context: Surroundings, { most, within, signal }: Refreshing = {}): Promise<void> {
  const { stores } = context
  const until = performance.now() + (within ?? Number.POSITIVE_INFINITY)
  for (let left = most ?? Number.POSITIVE_INFINITY; left > 0 && performance.now() < until && !signal?.aborted; ) {
    const wanted = Math.min(perTransaction, left)
    if ((await someStale(stores.study.read, 1)).length === 0) return
    const done = await stores.study.withTx((tx) => refreshSome(tx, context, wanted))
    // What is left is being counted anew by another process.
    if (done === 0) return
    left -= done
    await turn()
  }
}

async function refreshSome(tx: Db, context: Surroundings, limit: number): Promise<number> {
  const began = performance.now()
  const protocolFor = protocols(context)
  const sums = counting()
  const done: string[] = []
  for (const caseId of await takeStale(tx, limit)) {
    if (done.length > 0 && performance.now() - began >= turnLength) break
    const { summary, lists } = summarise(...(await recordsOf(tx, caseId, protocolFor)))
    const before = await findSummary(tx, caseId)
    if (before) sums.add(before, await caseListsOf(tx, caseId), -1)
    sums.add(summary, lists, 1)
    await putSummary(tx, summary)
    await putCaseLists(tx, caseId, lists)
    done.push(caseId)
  }
  await addCounts(tx, sums.changed())
  await removeStale(tx, done)
  return done.length
}

type ProtocolFor = (tx: Db, studyId: string) => Promise<Protocol>

async function recordsOf(tx: Db, caseId: string, protocolFor: ProtocolFor): Promise<Parameters<typeof summarise>> {
  const found = await findCase(tx, caseId)
  if (!found) throw new RangeError(`there is no case ${caseId}`)
  const records = {
    found,
    anchors: await anchorsOf(tx, caseId),
    participants: await participantsOfCase(tx, caseId),
    assignments: await assignmentsOfCase(tx, caseId),
    messages: await messagesOfCase(tx, caseId),
    openings: await openingsOfCase(tx, caseId),
    lastAt: (await lastEventAt(tx, caseId)) ?? found.registeredAt,
  }
  return [await protocolFor(tx, found.studyId), records]
}

/** The protocol of each study, looked up once. */
function protocols({ definitions, clock }: Surroundings): ProtocolFor {
  const known = new Map<string, Protocol>()
  return async (tx, studyId) => {
    const study = known.has(studyId) ? undefined : await findStudy(tx, studyId)
    const protocol = known.get(studyId) ?? (study && protocolOf(definitions, study, clock.now()))
    if (!protocol) throw new RangeError(`there is no study ${studyId}`)
    known.set(studyId, protocol)
    return protocol
  }
}

/** What the sums change by. */
function counting() {
  const lists = new Map<string, ListCount>()
  const weeks = new Map<string, WeekCount>()
  const put = <Row extends { key: string; cases: number }>(sums: Map<string, Row>, row: Omit<Row, 'key' | 'cases'>, by: number): void => {
    const key = JSON.stringify(Object.values(row))
    sums.set(key, { ...row, key, cases: (sums.get(key)?.cases ?? 0) + by } as Row)
  }
  return {
    add({ studyId, arm, cohort, region }: CaseSummary, of: CaseList[], by: 1 | -1): void {
      for (const { wave, role, instrument, outcome, reason, asked, sent, opened, started, byHand, askedWeek, completedWeek } of of) {
        put(lists, { studyId, wave, role, instrument, arm, cohort, region, outcome, reason, asked, sent, opened, started, byHand }, by)
        if (instrument !== anyList) continue
        if (askedWeek) put(weeks, { studyId, wave, role, arm, region, week: askedWeek, what: 'asked' }, by)
        if (completedWeek) put(weeks, { studyId, wave, role, arm, region, week: completedWeek, what: 'completed' }, by)
      }
    },
    changed: () => ({
      lists: [...lists.values()].filter(({ cases }) => cases !== 0),
      weeks: [...weeks.values()].filter(({ cases }) => cases !== 0),
    }),
  }
}

/** The access log: added to, read, and checked. */
import { hash } from 'node:crypto'
import { and, asc, desc, eq, gt, isNull, lt } from 'drizzle-orm'
import { canonicalJson } from '../../instruments/canonical-json.ts'
import { accessLog } from '../db/study-schema/access-log.ts'
import { cases } from '../db/study-schema/cases.ts'
import { needTurn } from '../db/turns.ts'
import type { Db } from '../db/tx.ts'
import { highestNumber, noteNumber } from './numbers.ts'

export type AccessRow = typeof accessLog.$inferSelect
export type AccessEntry = Omit<AccessRow, 'id' | 'hash'>

/** What the first row builds on. */
const beginning = '0'.repeat(64)

/** The hash of a row: sha256 over the one before and the row as canonical JSON. */
export const chained = (previous: string, { at, staffId, via, action, outcome, studyId, caseId, reason, detail }: AccessEntry): string =>
  hash('sha256', `${previous}\n${canonicalJson({ at, staffId, via, action, outcome, studyId, caseId, reason, detail })}`)

/** Adds to the log. Whoever does has its turn, so that rows follow each other. */
export async function logAccess(tx: Db, entry: AccessEntry): Promise<void> {
  needTurn(tx, 'access log')
  const [last] = await tx.select({ hash: accessLog.hash }).from(accessLog).orderBy(desc(accessLog.id)).limit(1)
  const [added] = await tx
    .insert(accessLog)
    .values({ ...entry, hash: chained(last?.hash ?? beginning, entry) })
    .returning({ id: accessLog.id })
  await noteNumber(tx, 'access_log', added?.id ?? 0)
}

/** Which rows are asked for; what is not given is all. */
export interface AccessFilter {
  /** Null: what belongs to no study, such as signing in. */
  studyId: string | null
  caseId?: string | undefined
  staffId?: string | undefined
  action?: string | undefined
  outcome?: AccessRow['outcome'] | undefined
  /** Only rows older than this one. */
  before?: number | undefined
}

/** At most `limit` rows, latest first, with the code of the case where it is about one. */
export async function accessRows(
  db: Db,
  { studyId, caseId, staffId, action, outcome, before }: AccessFilter,
  limit: number,
): Promise<(AccessRow & { code: string | null })[]> {
  const rows = await db
    .select({ row: accessLog, code: cases.code })
    .from(accessLog)
    .leftJoin(cases, eq(cases.id, accessLog.caseId))
    .where(
      and(
        studyId === null ? isNull(accessLog.studyId) : eq(accessLog.studyId, studyId),
        caseId === undefined ? undefined : eq(accessLog.caseId, caseId),
        staffId === undefined ? undefined : eq(accessLog.staffId, staffId),
        action === undefined ? undefined : eq(accessLog.action, action),
        outcome === undefined ? undefined : eq(accessLog.outcome, outcome),
        before === undefined ? undefined : lt(accessLog.id, before),
      ),
    )
    .orderBy(desc(accessLog.id))
    .limit(limit)
  return rows.map(({ row, code }) => ({ ...row, code }))
}

export interface CheckedLog {
  rows: number
  /** The hash at the end of the chain. */
  last: string
  /** The first row that does not follow from the one before it; null when all do. */
  broken: number | null
  /** How many rows were taken away at the end: the database counts what it ever gave a number. */
  cut: number
  /** Whether `noted` is the hash of a row; true when none was asked for. */
  hasNoted: boolean
}

/** Follows the chain from its beginning. `noted`: the end of the chain as somebody wrote it down earlier. */
export async function checkAccessLog(db: Db, noted?: string): Promise<CheckedLog> {
  const highest = await highestNumber(db, 'access_log')
  let previous = beginning
  let id = 0
  let rows = 0
  let hasNoted = noted === undefined || noted === beginning
  for (;;) {
    const some = await db.select().from(accessLog).where(gt(accessLog.id, id)).orderBy(asc(accessLog.id)).limit(1000)
    if (some.length === 0) return { rows, last: previous, broken: null, cut: Math.max(0, highest - id), hasNoted }
    for (const row of some) {
      if (row.hash !== chained(previous, row)) return { rows, last: previous, broken: row.id, cut: 0, hasNoted }
      previous = row.hash
      id = row.id
      rows += 1
      hasNoted ||= previous === noted
    }
  }
}
